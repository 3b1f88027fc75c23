package dev.assay.cli;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.RegistryRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which instructions tests cover, and in what part: the table {@code coverage.tsv} beside this class, which a test writes
 * and keeps true.
 */
final class Coverage {
  /** What there is to know of an instruction. */
  enum Part {
    DECODED("decoded"),
    ENCODED("encoded"),
    PRINTED("printed"),
    PROVED("verifier"),
    EXECUTED("interpreter");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** What a test showed of a part. */
  enum Result {
    /** It does what the registry says. */
    COVERED,
    /** It is refused with a message that says so, wherever it occurs. */
    REFUSED,
    /** Nothing. */
    MISSING
  }

  private static final String TABLE = "coverage.tsv";

  private final Map<String, Map<Part, Result>> rows;

  private Coverage(Map<String, Map<Part, Result>> rows) {
    this.rows = rows;
  }

  /** The table in this build. */
  static Coverage read() {
    return of(Resource.lines(TABLE));
  }

  /** The table with these lines, each as {@link #line} writes it. */
  static Coverage of(List<String> lines) {
    Map<String, Map<Part, Result>> rows = new HashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      Map<Part, Result> results = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        results.put(part, Result.valueOf(cells[1 + part.ordinal()].toUpperCase(Locale.ROOT)));
      }
      rows.put(cells[0], results);
    }
    return new Coverage(rows);
  }

  /** What the table calls a row: its opcode and the fields that tell it from others with this opcode. */
  static String key(RegistryRow row) {
    return "0x%02x src=%s offset=%s imm=%s"
        .formatted(row.opcode(), row.source(), row.offset(), row.immediate());
  }

  /** A line of the table, as {@link #of} reads it. */
  static String line(RegistryRow row, Map<Part, Result> results) {
    StringBuilder line = new StringBuilder(key(row));
    for (Part part : Part.values()) {
      Result result = results.getOrDefault(part, Result.MISSING);
      line.append('\t').append(result.name().toLowerCase(Locale.ROOT));
    }
    return line.toString();
  }

  /** What is known of a part of a row. */
  Result result(RegistryRow row, Part part) {
    return rows.getOrDefault(key(row), Map.of()).getOrDefault(part, Result.MISSING);
  }

  /** The rows of a group, without those of the groups that it includes. */
  static List<RegistryRow> rows(ConformanceGroup group) {
    return InstructionRegistry.standard().rows().stream()
        .filter(row -> row.groups().contains(group.name()))
        .toList();
  }

  /** How many rows a group has, and of how many each part is tested: where some are refused, as {@code 5, 1 refused}. */
  List<String> cells(ConformanceGroup group) {
    List<RegistryRow> own = rows(group);
    List<String> cells = new ArrayList<>(List.of(group.name(), Integer.toString(own.size())));
    for (Part part : Part.values()) {
      long covered =
          own.stream().filter(row -> result(row, part) == Result.COVERED).count();
      long refused =
          own.stream().filter(row -> result(row, part) == Result.REFUSED).count();
      cells.add(refused == 0 ? Long.toString(covered) : covered + ", " + refused + " refused");
    }
    return cells;
  }

  static List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("group", "instructions"));
    for (Part part : Part.values()) {
      headings.add(part.title());
    }
    return headings;
  }

  /** A line a group. */
  Table table(List<ConformanceGroup> groups) {
    return new Table(headings(), groups.stream().map(this::cells).toList());
  }
}
