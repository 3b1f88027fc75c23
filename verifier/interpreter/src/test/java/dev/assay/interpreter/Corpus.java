package dev.assay.interpreter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what other projects' test material lies beside the repository, which is not part of it. */
public final class Corpus {
  private Corpus() {}

  /** A folder of {@code ../shared/corpus}, if it is there. */
  public static Optional<Path> folder(String name) {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      Path folder = directory.resolveSibling("shared").resolve("corpus").resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
