package dev.assay.isa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table among the package's resources: rows of tab-separated cells, a header first, comments after {@code #}. */
final class ResourceTable {
  private ResourceTable() {}

  /**
   * The rows below the header.
   *
   * @param columns the columns that the header must name, separated by spaces
   */
  static List<List<String>> read(String resource, String columns) {
    List<List<String>> rows = text(resource)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
    List<String> names = List.of(columns.split(" ", -1));
    if (!rows.getFirst().equals(names)) {
      throw new IllegalStateException(
          resource + ": the header is " + rows.getFirst() + ", not " + names);
    }
    for (List<String> row : rows) {
      if (row.size() != names.size()) {
        throw new IllegalStateException(resource + ": " + row.size() + " cells in the row " + row);
      }
    }
    return rows.subList(1, rows.size());
  }

  private static String text(String resource) {
    try (InputStream stream = ResourceTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
