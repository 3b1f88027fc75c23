package dev.assay.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Small damage to an input: what a fuzzer does first, without its knowledge of what it led to. */
final class Mutation {
  private static final int MOST_CHANGES = 6;
  private static final int LONGEST_MOVE = 32;

  /** Lengths, counts and offsets that are seldom tested. */
  private static final long[] CORNERS = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Mutation() {}

  /** A damaged copy. */
  static byte[] of(byte[] input, RandomGenerator random) {
    byte[] bytes = input.clone();
    for (int change = random.nextInt(MOST_CHANGES); change >= 0 && bytes.length > 0; change--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(LONGEST_MOVE));
    return switch (random.nextInt(8)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 2, 3 -> withWord(bytes, at, CORNERS[random.nextInt(CORNERS.length)], random);
      case 4 -> withWord(bytes, at, random.nextInt(2 * bytes.length), random);
      case 5 -> {
        int from = random.nextInt(bytes.length - length + 1);
        System.arraycopy(bytes, from, bytes, at, length);
        yield bytes;
      }
      case 6 -> spliced(bytes, at + length, at);
      default ->
        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : spliced(bytes, at, at + length);
    };
  }

  /** The same bytes with a number of 1, 2, 4 or 8 bytes in either order, where it would be aligned. */
  private static byte[] withWord(byte[] bytes, int near, long value, RandomGenerator random) {
    int size = 1 << random.nextInt(4);
    int at = near / size * size;
    ByteBuffer word = ByteBuffer.allocate(8)
        .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
        .putLong(0, value);
    int from = word.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - size;
    word.get(from, bytes, at, Math.min(size, bytes.length - at));
    return bytes;
  }

  /** What is before {@code end} and what is from {@code start} on: less than before if start is larger, else more. */
  private static byte[] spliced(byte[] bytes, int end, int start) {
    byte[] result = Arrays.copyOf(bytes, end + bytes.length - start);
    System.arraycopy(bytes, start, result, end, bytes.length - start);
    return result;
  }
}
