package dev.assay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that the user wants something written to.
 *
 * @param option that names it, for messages
 */
record OutputFile(String option, Path path) {

  /** What is written. */
  @FunctionalInterface
  interface Contents<T> {
    /** Writes it, and may have something to tell afterwards. */
    T write(PrintWriter out) throws IOException, UsageException, InterruptedException;
  }

  /**
   * Writes the file, in place of what was there.
   *
   * @throws UsageException if it cannot be written, or not to its end
   */
  <T> T write(Contents<T> contents) throws IOException, UsageException, InterruptedException {
    try (PrintWriter out = open()) {
      T result = contents.write(out);
      if (out.checkError()) {
        throw new UsageException("%s: %s could not be written to its end".formatted(option, path));
      }
      return result;
    }
  }

  private PrintWriter open() throws UsageException {
    try {
      return new PrintWriter(Files.newBufferedWriter(path));
    } catch (IOException e) {
      throw new UsageException("%s: %s cannot be written".formatted(option, path));
    }
  }
}
