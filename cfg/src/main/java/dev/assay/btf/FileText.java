package dev.assay.btf;

import java.nio.charset.StandardCharsets;

/** Text that a file contains, made fit for messages. */
public final class FileText {
  private static final char REPLACEMENT = '\uFFFD';

  private FileText() {}

  /**
   * UTF-8 to text; control characters other than tabs are replaced, since a name may end up on a
   * terminal.
   */
  public static String decode(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.chars().noneMatch(FileText::control)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (control(clean.charAt(i))) {
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean.toString();
  }

  private static boolean control(int character) {
    return Character.isISOControl(character) && character != '\t';
  }
}
