package dev.assay.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the BTF target reads, as one array of bytes. Lengths that are too long mean what is there.
 *
 * <pre>
 *   0                  4                   8
 *   length of .BTF     length of .BTF.ext  .BTF ... .BTF.ext ... types of the target ...
 * </pre>
 *
 * @param types a section .BTF
 * @param extension a section .BTF.ext; none if it has no bytes
 * @param target the types of the kernel that CO-RE relocations are resolved against; none if it has no bytes
 */
record BtfInput(byte[] types, byte[] extension, byte[] target) {
  private static final int HEADER = 8;

  /** Takes an array apart. */
  static BtfInput of(byte[] bytes) {
    ByteBuffer header =
        ByteBuffer.wrap(Arrays.copyOf(bytes, HEADER)).order(ByteOrder.LITTLE_ENDIAN);
    int from = Math.min(HEADER, bytes.length);
    int middle = from + atMost(bytes.length - from, header.getInt(0));
    int end = middle + atMost(bytes.length - middle, header.getInt(4));
    return new BtfInput(
        Arrays.copyOfRange(bytes, from, middle),
        Arrays.copyOfRange(bytes, middle, end),
        Arrays.copyOfRange(bytes, end, bytes.length));
  }

  /** The array that {@link #of} takes apart into this. */
  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + types.length + extension.length + target.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(types.length)
        .putInt(extension.length)
        .put(types)
        .put(extension)
        .put(target)
        .array();
  }

  private static int atMost(int limit, int length) {
    return (int) Math.min(limit, Integer.toUnsignedLong(length));
  }
}
