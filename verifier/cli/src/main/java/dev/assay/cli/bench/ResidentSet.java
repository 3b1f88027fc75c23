package dev.assay.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much physical memory this process has, by Linux's accounts. Its growth during some work tells what the work took outside of the Java heap, if the
 * heap has all of its memory from the start ({@code -Xms} as {@code -Xmx}, {@code -XX:+AlwaysPreTouch}). Memory that a library freed and kept
 * for itself is taken again without growth, so what is seen is a lower bound; what the compiler of the JVM takes meanwhile is seen, too.
 */
final class ResidentSet {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";

  private final OptionalLong before;

  private ResidentSet(OptionalLong before) {
    this.before = before;
  }

  /** Begins to watch: the peak is what is there now. */
  static ResidentSet watched() {
    try {
      Files.writeString(CLEAR, RESET_PEAK);
      return new ResidentSet(OptionalLong.of(bytes("VmRSS:")));
    } catch (IOException e) {
      return new ResidentSet(OptionalLong.empty());
    }
  }

  /** By how many bytes the process was larger at its largest than when the watch began; empty where the system does not say. */
  OptionalLong growth() {
    try {
      return before.isPresent()
          ? OptionalLong.of(Math.max(0, bytes("VmHWM:") - before.getAsLong()))
          : before;
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static long bytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + field);
  }
}
