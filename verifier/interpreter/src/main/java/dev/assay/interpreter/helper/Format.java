package dev.assay.interpreter.helper;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formats of {@code bpf_trace_printk} and {@code bpf_snprintf}: a part of C's, with Linux's pointer forms. */
final class Format {
  /** The longest string that is taken from memory, as in Linux. */
  private static final int STRING_LIMIT = 512;

  private static final int WIDTH_LIMIT = 512;

  private static final Pattern CONVERSION = Pattern.compile("%(?:%|(?<flags>[-+"
      + " 0#]*)(?<width>\\d{0,3})(?:\\.(?<precision>\\d{0,3}))?(?<length>hh|h|ll|l|z)?"
      + "(?<type>p(?:[ku]s|[iI][46]|K|x|B|S|s)?|[diuxXcs]))");

  private Format() {}

  /**
   * The text of a format.
   *
   * @param arguments in order; what is missing counts as 0
   */
  static String text(AddressSpace memory, String format, long... arguments) {
    StringBuilder text = new StringBuilder();
    Matcher conversion = CONVERSION.matcher(format);
    int next = 0;
    while (conversion.find()) {
      String type = conversion.group("type");
      if (type == null) {
        conversion.appendReplacement(text, "%");
        continue;
      }
      long argument = next < arguments.length ? arguments[next] : 0;
      next++;
      conversion.appendReplacement(
          text,
          Matcher.quoteReplacement(
              padded(conversion, converted(memory, conversion, type, argument))));
    }
    return conversion.appendTail(text).toString();
  }

  private static String converted(
      AddressSpace memory, Matcher conversion, String type, long argument) {
    return switch (type) {
      case "d", "i" -> Long.toString(signed(conversion.group("length"), argument));
      case "u" -> Long.toUnsignedString(unsigned(conversion.group("length"), argument));
      case "x" ->
        prefix(conversion) + Long.toHexString(unsigned(conversion.group("length"), argument));
      case "X" ->
        prefix(conversion)
            + Long.toHexString(unsigned(conversion.group("length"), argument))
                .toUpperCase(Locale.ROOT);
      case "c" -> Character.toString((char) (argument & 0xff));
      case "s", "pks", "pus" -> string(memory, argument, precision(conversion));
      case "pi4", "pI4" -> internetAddress(memory, argument, 4);
      case "pi6", "pI6" -> internetAddress(memory, argument, 16);
      default -> "%016x".formatted(argument);
    };
  }

  private static String prefix(Matcher conversion) {
    return conversion.group("flags").contains("#") ? "0x" : "";
  }

  private static int precision(Matcher conversion) {
    String precision = conversion.group("precision");
    return precision == null || precision.isEmpty()
        ? STRING_LIMIT
        : Math.min(STRING_LIMIT, Integer.parseInt(precision));
  }

  private static long signed(@Nullable String length, long argument) {
    return switch (length) {
      case "hh" -> (byte) argument;
      case "h" -> (short) argument;
      case null -> (int) argument;
      default -> argument;
    };
  }

  private static long unsigned(@Nullable String length, long argument) {
    return switch (length) {
      case "hh" -> argument & 0xff;
      case "h" -> argument & 0xffff;
      case null -> argument & 0xffff_ffffL;
      default -> argument;
    };
  }

  private static String padded(Matcher conversion, String text) {
    String width = conversion.group("width");
    int missing =
        (width.isEmpty() ? 0 : Math.min(WIDTH_LIMIT, Integer.parseInt(width))) - text.length();
    if (missing <= 0) {
      return text;
    }
    if (conversion.group("flags").contains("-")) {
      return text + " ".repeat(missing);
    }
    if (conversion.group("flags").contains("0")) {
      int sign = text.startsWith("-") ? 1 : 0;
      return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
    return " ".repeat(missing) + text;
  }

  /** The bytes from an address to the first 0, or to {@code limit}. */
  static String string(AddressSpace memory, long address, int limit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int index = 0; index < limit; index++) {
        int next = (int) memory.load(address + index, 1);
        if (next == 0) {
          break;
        }
        bytes.write(next);
      }
    } catch (MemoryException e) {
      // As in Linux, what cannot be read ends the string.
      return bytes.size() == 0 ? "(fault)" : bytes.toString(StandardCharsets.ISO_8859_1);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String internetAddress(AddressSpace memory, long address, int size) {
    byte[] bytes;
    try {
      bytes = memory.read(address, size);
    } catch (MemoryException e) {
      return "(fault)";
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < size; index += size == 4 ? 1 : 2) {
      if (index > 0) {
        text.append(size == 4 ? '.' : ':');
      }
      text.append(
          size == 4
              ? Integer.toString(bytes[index] & 0xff)
              : "%02x%02x".formatted(bytes[index], bytes[index + 1]));
    }
    return text.toString();
  }
}
