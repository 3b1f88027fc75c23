package dev.assay.cli;

import dev.assay.report.Printable;
import java.io.PrintWriter;
import java.util.List;

/** Rows of text in columns as wide as their widest cell. */
record Table(List<String> headings, List<List<String>> rows) {
  private static final String INDENT = "  ";

  Table {
    headings = List.copyOf(headings);
    rows = rows.stream().map(row -> row.stream().map(Printable::of).toList()).toList();
  }

  void print(PrintWriter out) {
    print(out, headings);
    for (List<String> row : rows) {
      print(out, row);
    }
  }

  private void print(PrintWriter out, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(INDENT).append(row.get(column));
      if (column < row.size() - 1) {
        line.append(" ".repeat(width(column) - row.get(column).length()));
      }
    }
    out.println(line);
  }

  private int width(int column) {
    int widest = headings.get(column).length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}
