package dev.assay.cli;

import dev.assay.object.BpfObject;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object on disk. It is read when it is needed and kept only while there is room, so that a run over any number of
 * objects needs no more memory than its largest ones. Safe for use by several threads.
 */
final class ObjectFile {
  private static final int MAXIMUM_BYTES = 64 << 20;

  private final String name;
  private final ReadOptions options;
  private SoftReference<@Nullable BpfObject> kept = new SoftReference<>(null);

  /**
   * The file at a path.
   *
   * @param name the path as the user gave it
   */
  ObjectFile(String name, ReadOptions options) {
    this.name = name;
    this.options = options;
  }

  /** The path as the user gave it. */
  String name() {
    return name;
  }

  /** The same file, to be read on its own: what this one has read, or will read, is not held by the other. */
  ObjectFile again() {
    return new ObjectFile(name, options);
  }

  /** Where it is. */
  Path path() {
    return Path.of(name);
  }

  /**
   * The object.
   *
   * @throws UnreadableObjectException if there is no such file, or it is no BPF object
   */
  synchronized BpfObject read() throws UnreadableObjectException {
    BpfObject known = kept.get();
    if (known != null) {
      return known;
    }
    try {
      BpfObject object = ObjectReader.read(bytes(), options);
      kept = new SoftReference<>(object);
      return object;
    } catch (MalformedObjectException e) {
      throw new UnreadableObjectException(
          Objects.requireNonNullElse(e.getMessage(), "is malformed"));
    }
  }

  private byte[] bytes() throws UnreadableObjectException {
    if (Files.isDirectory(path())) {
      throw new UnreadableObjectException("is a directory; name the object files in it");
    }
    try (InputStream in = Files.newInputStream(path())) {
      byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
      if (bytes.length > MAXIMUM_BYTES) {
        throw new UnreadableObjectException("is larger than 64 MiB, which no BPF object is");
      }
      if (bytes.length == 0) {
        throw new UnreadableObjectException("is empty; compile it again");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new UnreadableObjectException("there is no such file");
    } catch (AccessDeniedException e) {
      throw new UnreadableObjectException("may not be read by this user");
    } catch (IOException e) {
      throw new UnreadableObjectException("cannot be read: " + e.getMessage());
    }
  }
}
