package dev.assay.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/**
 * The objects under {@code src/test/resources/objects}, and where the corpus beside the repository
 * lies.
 */
public final class TestObjects {
  private TestObjects() {}

  /** The bytes of an object of our own, for example {@code links.o}. */
  public static byte[] bytes(String name) {
    try (InputStream in = TestObjects.class.getResourceAsStream("/objects/" + name)) {
      if (in == null) {
        throw new NoSuchElementException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object of our own, read against its own types. */
  public static BpfObject read(String name) throws MalformedObjectException {
    return ObjectReader.read(bytes(name), ReadOptions.DEFAULT);
  }

  static BpfProgram program(BpfObject object, String function) {
    return object.programs().stream()
        .filter(program -> program.function().equals(function))
        .findFirst()
        .orElseThrow();
  }

  static MapDefinition map(BpfObject object, String name) {
    return object.maps().stream()
        .filter(map -> map.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A file of the folder {@code shared} beside the repository; it need not exist. */
  public static Path shared(String file) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared"))) {
        return folder.resolve("shared").resolve(file);
      }
    }
    return Path.of("shared", file);
  }
}
