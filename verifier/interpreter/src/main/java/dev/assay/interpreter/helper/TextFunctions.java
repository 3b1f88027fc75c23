package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.Errno;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text: formatting, comparing, reading numbers. */
final class TextFunctions {
  private static final Pattern NUMBER = Pattern.compile(
      "\\s*(?<sign>-?)(?:(?<hex>0[xX])|(?<octal>0(?=[0-7])))?(?<digits>[0-9a-fA-F]+)");

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("snprintf", TextFunctions::print),
      entry("strncmp", TextFunctions::compare),
      entry("strtol", call -> number(call, true)),
      entry("strtoul", call -> number(call, false)));

  private TextFunctions() {}

  /** r1: buffer, r2: its size, r3: format, r4: array of 64-bit arguments, r5: its size in bytes. */
  private static long print(Call call) {
    byte[] data = call.bytes(4, 5);
    if (data.length % Long.BYTES != 0) {
      return Errno.EINVAL;
    }
    long[] arguments = new long[data.length / Long.BYTES];
    ByteBuffer.wrap(data).order(call.memory().order()).asLongBuffer().get(arguments);
    String format = Format.string(call.memory(), call.r3(), Integer.MAX_VALUE);
    byte[] text =
        Format.text(call.memory(), format, arguments).getBytes(StandardCharsets.ISO_8859_1);
    long size = Integer.toUnsignedLong((int) call.r2());
    if (size > 0) {
      int kept = (int) Math.min(text.length, size - 1);
      call.memory().write(call.r1(), Arrays.copyOf(Arrays.copyOf(text, kept), kept + 1));
    }
    return text.length + 1L;
  }

  /** r1: string, r2: its size, r3: string that is ended by 0. */
  private static long compare(Call call) {
    byte[] left = call.bytes(1, 2);
    for (int index = 0; index < left.length; index++) {
      int difference = (left[index] & 0xff) - (int) call.memory().load(call.r3() + index, 1);
      if (difference != 0 || left[index] == 0) {
        return difference;
      }
    }
    return 0;
  }

  /**
   * r1: text, r2: its size, r3: flags, which say the base, r4: where the number goes; the result is how much was
   * read.
   */
  private static long number(Call call, boolean signed) {
    String text = new String(call.bytes(1, 2), StandardCharsets.ISO_8859_1);
    int base = (int) call.r3();
    if (call.r3() != base || (base != 0 && base != 8 && base != 10 && base != 16)) {
      return Errno.EINVAL;
    }
    Matcher number = NUMBER.matcher(text);
    if (!number.lookingAt() || (!signed && !number.group("sign").isEmpty())) {
      return Errno.EINVAL;
    }
    int radix = base != 0
        ? base
        : number.group("hex") != null ? 16 : number.group("octal") != null ? 8 : 10;
    String digits = leadingDigits(number.group("digits"), radix);
    if (digits.isEmpty()) {
      return Errno.EINVAL;
    }
    BigInteger value = new BigInteger(number.group("sign") + digits, radix);
    if (signed ? value.bitLength() > 63 : value.bitLength() > 64) {
      return Errno.ERANGE;
    }
    call.memory().store(call.r4(), Long.BYTES, value.longValue());
    return (long) number.start("digits") + digits.length();
  }

  private static String leadingDigits(String digits, int radix) {
    int length = 0;
    while (length < digits.length() && Character.digit(digits.charAt(length), radix) >= 0) {
      length++;
    }
    return digits.substring(0, length);
  }
}
