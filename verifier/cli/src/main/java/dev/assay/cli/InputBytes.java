package dev.assay.cli;

import dev.assay.report.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes that the user gives: as hexadecimal digits, with blanks, colons, dashes and underscores between them, or as a file. */
final class InputBytes {
  private static final Pattern HEXADECIMAL = Pattern.compile("(0x)?[0-9a-fA-F\\s:_-]*");
  private static final Pattern SEPARATORS = Pattern.compile("^0x|[\\s:_-]");

  private InputBytes() {}

  /**
   * The bytes that hexadecimal digits stand for.
   *
   * @param option whose value it is, for messages
   * @throws UsageException if it is something else
   */
  static byte[] ofDigits(String option, String text) throws UsageException {
    if (!HEXADECIMAL.matcher(text).matches()) {
      int at = firstOther(text);
      throw new UsageException("%s: \"%s\", character %d, is not hexadecimal, such as 0a000001"
          .formatted(option, Printable.of(Character.toString(text.codePointAt(at))), at + 1));
    }
    String digits = SEPARATORS.matcher(text).replaceAll("");
    if (digits.length() % 2 != 0) {
      throw new UsageException(
          "%s: has an odd number of digits, %d; a byte has two".formatted(option, digits.length()));
    }
    return HexFormat.of().parseHex(digits);
  }

  /** Where the first character stands that is neither a digit nor a separator. */
  private static int firstOther(String text) {
    int at = text.startsWith("0x") ? 2 : 0;
    while (HEXADECIMAL.matcher(text.substring(at, at + 1)).matches()) {
      at++;
    }
    return at;
  }

  /**
   * The bytes that hexadecimal digits stand for, or else the contents of a file.
   *
   * @param maximum how many bytes there may be
   * @throws UsageException if it is neither, or too much
   */
  static byte[] ofDigitsOrFile(String option, String text, int maximum) throws UsageException {
    byte[] bytes = HEXADECIMAL.matcher(text).matches()
        ? ofDigits(option, text)
        : ofFile(option, text, maximum);
    if (bytes.length > maximum) {
      throw new UsageException("%s: has more than %d bytes".formatted(option, maximum));
    }
    return bytes;
  }

  private static byte[] ofFile(String option, String name, int maximum) throws UsageException {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return in.readNBytes(maximum + 1);
    } catch (IOException e) {
      throw new UsageException(
          "%s: \"%s\" is neither hexadecimal nor a file that can be read".formatted(option, name));
    }
  }
}
