package dev.assay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The names of return values, from the table {@code return-values.tsv} beside this class. */
final class ReturnNames {
  private ReturnNames() {}

  /**
   * The C name of what a program of this kind returned.
   *
   * @param kind a program kind's name; what follows a slash does not matter
   * @param value the low 32 bits of r0, signed
   */
  static Optional<String> of(String kind, int value) {
    String row = kind.replaceFirst("/.*", "") + "\t" + value + "\t";
    try (InputStream table = ReturnNames.class.getResourceAsStream("return-values.tsv")) {
      if (table == null) {
        throw new IllegalStateException(
            "return-values.tsv is missing beside " + ReturnNames.class.getName());
      }
      return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> line.startsWith(row))
          .map(line -> line.substring(row.length()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
