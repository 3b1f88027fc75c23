package dev.assay.graph;

/** Text from files, made fit to print. */
final class Text {
  private Text() {}

  /** {@code text} with a question mark for each control character. */
  static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
