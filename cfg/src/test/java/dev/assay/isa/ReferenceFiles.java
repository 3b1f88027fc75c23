package dev.assay.isa;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reference material that lies beside the repository, in a folder {@code shared}, where somebody has put it. */
final class ReferenceFiles {
  private ReferenceFiles() {}

  /** A file there; it need not exist. */
  static Path resolve(String file) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path shared = folder.resolve("shared");
      if (Files.isDirectory(shared)) {
        return shared.resolve(file);
      }
    }
    return Path.of("shared", file);
  }
}
