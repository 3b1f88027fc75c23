package dev.assay.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that once showed a bug, made small: a folder a target below {@code src/test/fuzz}. */
final class Findings {
  private static final String FOLDER = "verifier/cli/src/test/fuzz";

  private Findings() {}

  /** The findings of a target by their file's name, which says what was wrong. */
  static Map<String, byte[]> of(Target target) {
    Path folder = Seeds.repository().resolve(FOLDER).resolve(target.lowerCase());
    Map<String, byte[]> findings = new TreeMap<>();
    for (Path file : files(folder)) {
      try {
        findings.put(file.getFileName().toString(), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return findings;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
