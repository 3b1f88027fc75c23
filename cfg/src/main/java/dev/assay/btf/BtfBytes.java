package dev.assay.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The two parts of a BTF blob, records and strings, with their bounds checked.
 *
 * <p>The header (Linux, {@code include/uapi/linux/btf.h}):
 *
 * <pre>
 *   0      2        3      4              8            12            16              20
 *   magic  version  flags  header length  types: from  types: bytes  strings: from   strings: bytes
 * </pre>
 *
 * where "from" counts from the end of the header.
 */
final class BtfBytes {
  static final int MAGIC = 0xeb9f;
  private static final int HEADER = 24;
  private static final int LONGEST_STRING = 1024;
  private static final int SEED = new Random().nextInt();

  private final ByteBuffer types;
  private final ByteBuffer strings;

  private BtfBytes(ByteBuffer types, ByteBuffer strings) {
    this.types = types;
    this.strings = strings;
  }

  static BtfBytes of(ByteBuffer source) throws MalformedBtfException {
    ByteBuffer buffer = ordered(source, "BTF", HEADER);
    if (buffer.get(2) != 1) {
      throw new MalformedBtfException(
          "BTF version " + Byte.toUnsignedInt(buffer.get(2)) + " at offset 2 is not 1");
    }
    long header = Integer.toUnsignedLong(buffer.getInt(4));
    if (header < HEADER) {
      throw new MalformedBtfException(
          "BTF header length " + header + " at offset 4 is less than " + HEADER);
    }
    ByteBuffer types = part(buffer, header, 8, "types");
    ByteBuffer strings = part(buffer, header, 16, "strings");
    if (strings.limit() == 0 || strings.get(0) != 0 || strings.get(strings.limit() - 1) != 0) {
      throw new MalformedBtfException(
          "the BTF string section does not start and end with a zero byte");
    }
    return new BtfBytes(types, strings);
  }

  /** The bytes in the order in which their first two are the magic number. */
  static ByteBuffer ordered(ByteBuffer source, String what, int header)
      throws MalformedBtfException {
    ByteBuffer buffer = source.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.limit() < header) {
      throw new MalformedBtfException(
          what + " of " + buffer.limit() + " bytes is shorter than its header of " + header);
    }
    if (Short.toUnsignedInt(buffer.getShort(0)) != MAGIC) {
      buffer.order(ByteOrder.BIG_ENDIAN);
    }
    if (Short.toUnsignedInt(buffer.getShort(0)) != MAGIC) {
      throw new MalformedBtfException(what + " does not start with the magic number 0xeb9f");
    }
    return buffer;
  }

  /** The part whose offset from the header's end and whose length stand at {@code at}. */
  static ByteBuffer part(ByteBuffer buffer, long header, int at, String what)
      throws MalformedBtfException {
    long from = header + Integer.toUnsignedLong(buffer.getInt(at));
    long length = Integer.toUnsignedLong(buffer.getInt(at + 4));
    if (from + length > buffer.limit()) {
      throw new MalformedBtfException("BTF " + what + " at offset " + from + " with " + length
          + " bytes reach beyond the end at " + buffer.limit());
    }
    return buffer.slice((int) from, (int) length).order(buffer.order());
  }

  /** How many bytes all records take. */
  int size() {
    return types.limit();
  }

  /** The word at a byte offset of the records. */
  int word(int at) {
    return types.getInt(at);
  }

  /** The kind's number of the record at an offset. */
  int kindNumber(int record) {
    return word(record + 4) >>> 24 & 0x1f;
  }

  /** The kind of the record at an offset, which must be known. */
  BtfKind kind(int record) {
    return BtfKind.of(kindNumber(record));
  }

  /** How many elements the record at an offset has; for a function its linkage. */
  int length(int record) {
    return word(record + 4) & 0xffff;
  }

  /** The flag of the record at an offset: bitfields, signed values or a union, by kind. */
  boolean flag(int record) {
    return word(record + 4) < 0;
  }

  /** Whether a string may start at this offset. */
  boolean hasString(int offset) {
    return offset >= 0 && offset < strings.limit();
  }

  /**
   * The hash of the string at an offset without its flavour; what {@link #hash} gives for it as
   * {@link #string} has it.
   */
  int essentialHash(int offset) {
    int end = end(offset);
    for (int at = offset; at < end; at++) {
      if (strings.get(at) < ' ' || strings.get(at) == 0x7f) {
        // What is no plain ASCII may be other bytes once it is text.
        return hash(CoreNames.essential(string(offset)));
      }
    }
    int essential = end;
    // As CoreNames.essential, on bytes.
    for (int at = end - 5; at >= offset && essential == end; at--) {
      boolean three =
          strings.get(at + 1) == '_' && strings.get(at + 2) == '_' && strings.get(at + 3) == '_';
      if (three && strings.get(at) != '_' && strings.get(at + 4) != '_') {
        essential = at + 1;
      }
    }
    int hash = SEED;
    for (int at = offset; at < essential; at++) {
      hash = mix(hash, strings.get(at));
    }
    return hash;
  }

  /**
   * The hash of a name. Nobody can prepare many names of one hash, since it is another in each run.
   */
  static int hash(String name) {
    int hash = SEED;
    for (byte character : name.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash, character);
    }
    return hash;
  }

  private static int mix(int hash, byte next) {
    int mixed = (hash ^ next) * 0x9e3779b1;
    return mixed ^ mixed >>> 15;
  }

  /**
   * The string at an offset, cut after 1024 bytes, so that overlapping ones cannot exhaust memory;
   * empty outside.
   */
  String string(int offset) {
    if (offset <= 0 || offset >= strings.limit()) {
      return "";
    }
    byte[] copy = new byte[end(offset) - offset];
    strings.get(offset, copy);
    return FileText.decode(copy);
  }

  private int end(int offset) {
    int end = offset;
    int limit = (int) Math.min(strings.limit(), (long) offset + LONGEST_STRING);
    while (end < limit && strings.get(end) != 0) {
      end++;
    }
    return end;
  }
}
