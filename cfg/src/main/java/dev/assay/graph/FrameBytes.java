package dev.assay.graph;

import java.util.Arrays;

/**
 * Sets of bytes of a stack frame as bits in words: bit i (counted through the words, lowest bit first) is the byte at
 * offset i − {@code frameSize} from r10. Ranges are cut to the frame.
 */
final class FrameBytes {
  private FrameBytes() {}

  /** How many words a set has. */
  static int words(int frameSize) {
    return (frameSize + 63) / 64;
  }

  /** The set of all bytes. */
  static long[] all(int frameSize) {
    long[] words = new long[words(frameSize)];
    add(words, frameSize, -frameSize, frameSize);
    return words;
  }

  /** Adds the bytes from {@code offset} (from r10) to {@code offset + size} exclusive. */
  static void add(long[] words, int frameSize, int offset, int size) {
    int from = from(frameSize, offset);
    int to = to(frameSize, offset, size);
    for (int bit = from; bit < to; bit = nextWord(bit)) {
      words[bit >>> 6] |= mask(bit, to);
    }
  }

  /**
   * Adds the bytes that an access of {@code size} bytes at {@code base + offset} may touch; {@code base} is a {@link
   * FrameValue}.
   */
  static void addTouched(long[] words, int frameSize, long base, int offset, int size) {
    if (FrameValue.mayBeFrame(base)) {
      int lowest = FrameValue.lowest(base);
      add(words, frameSize, lowest + offset, FrameValue.highest(base) - lowest + size);
    }
  }

  /** Removes the bytes from {@code offset} (from r10) to {@code offset + size} exclusive. */
  static void remove(long[] words, int frameSize, int offset, int size) {
    int from = from(frameSize, offset);
    int to = to(frameSize, offset, size);
    for (int bit = from; bit < to; bit = nextWord(bit)) {
      words[bit >>> 6] &= ~mask(bit, to);
    }
  }

  /**
   * Whether the set whose first word is {@code words[start]} has a byte from {@code offset} to {@code offset + size}
   * exclusive.
   */
  static boolean containsAny(long[] words, int start, int frameSize, int offset, int size) {
    int to = to(frameSize, offset, size);
    for (int bit = from(frameSize, offset); bit < to; bit = nextWord(bit)) {
      if ((words[start + (bit >>> 6)] & mask(bit, to)) != 0) {
        return true;
      }
    }
    return false;
  }

  static void addAll(long[] words, long[] others) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= others[i];
    }
  }

  static void removeAll(long[] words, long[] others) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~others[i];
    }
  }

  static boolean isEmpty(long[] words) {
    return Arrays.stream(words).allMatch(word -> word == 0);
  }

  private static int from(int frameSize, int offset) {
    return Math.clamp((long) offset + frameSize, 0, frameSize);
  }

  private static int to(int frameSize, int offset, int size) {
    return Math.clamp((long) offset + frameSize + size, 0, frameSize);
  }

  private static int nextWord(int bit) {
    return (bit | 63) + 1;
  }

  /** The bits of the word of {@code bit} from there on and before {@code to}. */
  private static long mask(int bit, int to) {
    long upTo = nextWord(bit) <= to ? -1L : (1L << to) - 1;
    return upTo & -1L << bit;
  }
}
