package dev.assay.isa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A table of tab-separated cells: a header first, comments after {@code #}. Errors name table, line and column. */
final class ResourceTable {
  private static final String NOTHING = "-";

  private ResourceTable() {}

  /**
   * One row.
   *
   * @param table what errors call the table
   * @param line the row's line in the file, from 1
   */
  record Row(String table, int line, List<String> columns, List<String> cells) {
    String text(String column) {
      return cells.get(columns.indexOf(column));
    }

    /** What a column lists, separated by commas, in this order; nothing for {@code -}. */
    List<String> list(String column) {
      return text(column).equals(NOTHING) ? List.of() : List.of(text(column).split(",", -1));
    }

    /** The constant that a column names in lower case. */
    <E extends Enum<E>> E constant(String column, Class<E> type) {
      return Arrays.stream(type.getEnumConstants())
          .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text(column)))
          .findFirst()
          .orElseThrow(() -> notOneOf(
              column,
              text(column),
              Arrays.stream(type.getEnumConstants())
                  .map(value -> value.name().toLowerCase(Locale.ROOT))
                  .toList()));
    }

    /** Whether a column says the first of two words. */
    boolean isFirst(String column, String first, String second) {
      if (!text(column).equals(first) && !text(column).equals(second)) {
        throw notOneOf(column, text(column), List.of(first, second));
      }
      return text(column).equals(first);
    }

    /**
     * What a column says, as {@code parser} reads it.
     *
     * @param expected what the parser takes, for the error where it throws something
     */
    <T> T parsed(String column, String expected, Function<String, T> parser) {
      try {
        return parser.apply(text(column));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw error(column, "\"" + text(column) + "\" is not " + expected);
      }
    }

    MalformedRegistryException notOneOf(String column, String word, Iterable<String> known) {
      return error(column, "\"" + word + "\" is none of " + String.join(", ", known));
    }

    MalformedRegistryException error(String column, String message) {
      return new MalformedRegistryException(
          "%s, line %d, %s: %s".formatted(table, line, column, message));
    }
  }

  /**
   * The rows of a resource of this package.
   *
   * @param columns the columns that the header must name, separated by spaces
   * @throws MalformedRegistryException if a line is no row
   */
  static List<Row> read(String resource, String columns) {
    return parse(resource, text(resource), columns);
  }

  /**
   * The rows of a text.
   *
   * @param name what errors call it
   * @param columns the columns that the header must name, separated by spaces
   * @throws MalformedRegistryException if a line is no row
   */
  static List<Row> parse(String name, String text, String columns) {
    List<String> names = List.of(columns.split(" ", -1));
    List<Row> rows = new ArrayList<>();
    boolean headed = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = List.of(line.split("\t", -1));
      if (!headed) {
        if (!cells.equals(names)) {
          throw malformed(name, number, "the columns are " + cells + ", not " + names);
        }
        headed = true;
        continue;
      }
      if (cells.size() != names.size()) {
        throw malformed(
            name,
            number,
            "%d cells, separated by tabs, instead of %d (%s); the last is \"%s\""
                .formatted(cells.size(), names.size(), String.join(", ", names), cells.getLast()));
      }
      Row row = new Row(name, number, names, cells);
      for (String column : names) {
        if (row.text(column).isBlank()) {
          throw row.error(column, "is empty; write \"-\" for nothing");
        }
      }
      rows.add(row);
    }
    if (!headed) {
      throw new MalformedRegistryException(name + ": no line names the columns");
    }
    return rows;
  }

  private static MalformedRegistryException malformed(String name, int line, String message) {
    return new MalformedRegistryException("%s, line %d: %s".formatted(name, line, message));
  }

  private static String text(String resource) {
    try (InputStream stream = ResourceTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new MalformedRegistryException(resource + ": there is no such table");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
