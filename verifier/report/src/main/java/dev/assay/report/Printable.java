package dev.assay.report;

/** Text out of an object file, made safe for a terminal: names in hostile files may hold escape sequences. */
public final class Printable {
  private Printable() {}

  /** The text with tabs as spaces, and every other control or format character as <code>&#92;x</code> and its code. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isUnprintable)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.codePoints().forEach(character -> {
      if (character == '\t') {
        printable.append(' ');
      } else if (isUnprintable(character)) {
        printable.append("\\x%02x".formatted(character));
      } else {
        printable.appendCodePoint(character);
      }
    });
    return printable.toString();
  }

  private static boolean isUnprintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
