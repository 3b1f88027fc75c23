package dev.assay.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Facts in rows: cells separated by tabs, below a line that names the columns. Empty lines and lines that start with {@code #} are
 * not rows. A cell is never empty; what a fact leaves open is {@code -}.
 */
final class Table {
  private static final String NOTHING = "-";

  private final String name;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  private Table(String name, List<String> columns) {
    this.name = name;
    this.columns = columns;
  }

  /**
   * Reads the table of this name from the resources.
   *
   * @throws MalformedTableException if a line is not a row of the table
   */
  static Table read(String name) {
    try (InputStream in = Table.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new MalformedTableException(name + ": there is no such table");
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * Parses a table.
   *
   * @param name what errors call it
   * @throws MalformedTableException if a line is not a row of the table
   */
  static Table parse(String name, String text) {
    Table table = null;
    int number = 0;
    for (String line : split(text, '\n')) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = split(line, '\t');
      if (table == null) {
        table = new Table(name, cells);
      } else {
        table.add(number, cells);
      }
    }
    if (table == null) {
      throw new MalformedTableException(name + ": no line names the columns");
    }
    return table;
  }

  /** The parts of a text between separators, empty ones included. Tables are read at every start, so this has to be fast when cold. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }

  private void add(int line, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw error(
          line,
          cells.size() + " cells instead of " + columns.size() + " (" + String.join(", ", columns)
              + ")");
    }
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isBlank()) {
        throw error(line, columns.get(i) + " is empty; write \"-\" for nothing");
      }
    }
    rows.add(new Row(line, cells));
  }

  private MalformedTableException error(int line, String message) {
    return new MalformedTableException(name + ", line " + line + ": " + message);
  }

  List<Row> rows() {
    return rows;
  }

  /** One fact. */
  final class Row {
    private final int line;
    private final List<String> cells;

    private Row(int line, List<String> cells) {
      this.line = line;
      this.cells = cells;
    }

    /** What a column says. */
    String text(String column) {
      int index = columns.indexOf(column);
      if (index < 0) {
        throw new MalformedTableException(name + ": there is no column " + column);
      }
      return cells.get(index);
    }

    boolean has(String column) {
      return columns.contains(column);
    }

    /** Whether a column says nothing, which is to say {@code -}. */
    boolean isOpen(String column) {
      return text(column).equals(NOTHING);
    }

    /** What a column lists, separated by commas. */
    List<String> list(String column) {
      return isOpen(column) ? List.of() : split(text(column), ',');
    }

    /** What a column lists, separated by blanks. */
    List<String> words(String column) {
      return isOpen(column) ? List.of() : split(text(column), ' ');
    }

    int number(String column) {
      return number(column, text(column));
    }

    /** A decimal number that is a part of what a column says. */
    int number(String column, String digits) {
      try {
        return Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw error(column, "\"" + digits + "\" is not a number");
      }
    }

    boolean yes(String column) {
      return switch (text(column)) {
        case "yes" -> true;
        case "no" -> false;
        default -> throw error(column, "\"" + text(column) + "\" is neither yes nor no");
      };
    }

    /** The constant of an enum that a word of a column names, in lower case and with hyphens. */
    <E extends Enum<E>> E constant(String column, String word, Class<E> type) {
      for (E constant : type.getEnumConstants()) {
        if (names(constant, word)) {
          return constant;
        }
      }
      throw unknown(column, word);
    }

    private static boolean names(Enum<?> constant, String word) {
      return word.equals(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A range of integers that a word of a column says, as {@code -1..1}. */
    IntegerRange range(String column, String word) {
      int dots = word.indexOf("..");
      if (dots < 0) {
        throw unknown(column, word);
      }
      try {
        return new IntegerRange(
            Long.parseLong(word, 0, dots, 10), Long.parseLong(word, dots + 2, word.length(), 10));
      } catch (IllegalArgumentException e) {
        throw error(column, "\"" + word + "\" is not a range of integers");
      }
    }

    /** A range of integers in a column, or empty where it says {@code any}. */
    Optional<IntegerRange> rangeOrAny(String column) {
      String word = text(column);
      return word.equals("any") ? Optional.empty() : Optional.of(range(column, word));
    }

    MalformedTableException unknown(String column, String word) {
      return error(column, "\"" + word + "\" is not known");
    }

    /** The error that this row is wrong. */
    MalformedTableException error(String column, String message) {
      return new MalformedTableException(name + ", line " + line + ", " + column + ": " + message);
    }
  }
}
