package dev.assay.isa;

import java.nio.ByteOrder;

/**
 * The fields of an encoded instruction (RFC 9669, section 3).
 *
 * <pre>
 * byte  0        1        2        4                 8                          12               16
 *       +--------+--------+--------+-----------------+--------------------------+-----------------+
 *       | opcode |  regs  | offset |       imm       |       reserved: 0        |    next_imm     |
 *       +--------+--------+--------+-----------------+--------------------------+-----------------+
 *                 7..4 3..0                           only where imm has 64 bits
 * little endian:  src  dst
 * big endian:     dst  src
 * </pre>
 *
 * @param opcode 0 to 255
 * @param destination the field {@code dst_reg}, 0 to 15
 * @param source the field {@code src_reg}, 0 to 15
 * @param offset signed 16 bits
 * @param immediate signed 32 bits
 * @param nextImmediate signed 32 bits; 0 where there is no second slot
 */
record EncodedInstruction(
    int opcode, int destination, int source, int offset, int immediate, int nextImmediate) {

  /** The bytes in a slot. */
  static final int SLOT_BYTES = 8;

  /** Reads the slot at {@code at}, whose 8 bytes must exist; next_imm is 0. */
  static EncodedInstruction read(byte[] bytes, int at, ByteOrder order) {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    int high = (bytes[at + 1] >> 4) & 0xf;
    int low = bytes[at + 1] & 0xf;
    return new EncodedInstruction(
        bytes[at] & 0xff,
        little ? low : high,
        little ? high : low,
        (short) (little ? pair(bytes[at + 3], bytes[at + 2]) : pair(bytes[at + 2], bytes[at + 3])),
        readInt(bytes, at + 4, little),
        0);
  }

  /** The same with {@code next_imm}. */
  EncodedInstruction withNextImmediate(int value) {
    return new EncodedInstruction(opcode, destination, source, offset, immediate, value);
  }

  /** Writes the first slot at {@code at}. */
  void write(byte[] bytes, int at, ByteOrder order) {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    bytes[at] = (byte) opcode;
    bytes[at + 1] = (byte) (little ? (source << 4) | destination : (destination << 4) | source);
    bytes[at + 2] = (byte) (little ? offset : offset >> 8);
    bytes[at + 3] = (byte) (little ? offset >> 8 : offset);
    writeInt(bytes, at + 4, immediate, little);
  }

  /** Writes the second slot of a 64-bit immediate at {@code at}. */
  void writeNext(byte[] bytes, int at, ByteOrder order) {
    new EncodedInstruction(0, 0, 0, 0, nextImmediate, 0).write(bytes, at, order);
  }

  private static int pair(byte high, byte low) {
    return (high << 8) | (low & 0xff);
  }

  private static int readInt(byte[] bytes, int at, boolean little) {
    int first = pair(bytes[at], bytes[at + 1]);
    int second = pair(bytes[at + 2], bytes[at + 3]);
    int big = (first << 16) | (second & 0xffff);
    return little ? Integer.reverseBytes(big) : big;
  }

  private static void writeInt(byte[] bytes, int at, int value, boolean little) {
    int big = little ? Integer.reverseBytes(value) : value;
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (big >> (24 - 8 * i));
    }
  }
}
