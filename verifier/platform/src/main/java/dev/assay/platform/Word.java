package dev.assay.platform;

import java.util.List;

/**
 * A word of a table's cell: {@code head:part:part?}.
 *
 * @param parts what follows the head, separated by colons
 * @param nullable whether a question mark ends the word
 */
record Word(String head, List<String> parts, boolean nullable) {

  static Word of(String text) {
    boolean nullable = text.endsWith("?");
    List<String> all = Table.split(nullable ? text.substring(0, text.length() - 1) : text, ':');
    return new Word(all.getFirst(), all.subList(1, all.size()), nullable);
  }

  /** The part at {@code index}, from 0; an error of the row if there is none. */
  String part(Table.Row row, String column, int index) {
    if (index >= parts.size()) {
      throw row.error(
          column, "\"" + head + "\" needs " + (index + 1) + " parts, as in " + head + ":…");
    }
    return parts.get(index);
  }
}
