package dev.assay.referee.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Some programs of each sort that the two differ over, made small, as files for people to look at. */
final class Examples {
  private static final int EACH = 12;

  private final KernelVerifier kernel;
  private final Optional<Path> folder;
  private final Map<String, Integer> kept = new HashMap<>();

  /** Keeps them in a folder; without one it keeps none. */
  Examples(KernelVerifier kernel, Optional<Path> folder) {
    this.kernel = kernel;
    this.folder = folder;
  }

  void add(long seed, Opinion opinion) throws IOException {
    if (folder.isEmpty() || !opinion.differs()) {
      return;
    }
    String sort = opinion.onlyLinuxRejects()
        ? "linux " + opinion.linux().reason()
        : "assay " + opinion.finding();
    if (kept.merge(sort, 1, Integer::sum) <= EACH) {
      String name = sort.replaceAll("[^A-Za-z0-9#]+", "-");
      Files.createDirectories(folder.get());
      Files.writeString(
          folder.get().resolve(name + "." + seed), opinion.minimised(kernel).text(kernel));
    }
  }
}
