package dev.assay.numeric;

/**
 * Bitwise operations. On a pair of sides the sign bits are known, so the result lies on one side, between the least and
 * the greatest result for two unsigned intervals. These are computed exactly, bit by bit from the top, after Warren,
 * "Hacker's Delight", section 4-3 ("Propagating Bounds through Logical Operations").
 */
final class BitwiseOperations {
  private BitwiseOperations() {}

  static Range or(Range left, Range right) {
    Word word = left.word;
    Hull hull = new Hull(word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      long a = word.unsigned(left.min(i));
      long b = word.unsigned(left.max(i));
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        long c = word.unsigned(right.min(j));
        long d = word.unsigned(right.max(j));
        hull.arc(leastOr(a, b, c, d), greatestOr(a, b, c, d));
      }
    }
    return hull.range(left.bits().or(right.bits()));
  }

  /** By De Morgan: x and y = not (not x or not y), and complement reverses the order. */
  static Range and(Range left, Range right) {
    Word word = left.word;
    Hull hull = new Hull(word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      long a = ~word.unsigned(left.max(i));
      long b = ~word.unsigned(left.min(i));
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        long c = ~word.unsigned(right.max(j));
        long d = ~word.unsigned(right.min(j));
        hull.arc(~greatestOr(a, b, c, d), ~leastOr(a, b, c, d));
      }
    }
    return hull.range(left.bits().and(right.bits()));
  }

  static Range xor(Range left, Range right) {
    Word word = left.word;
    Hull hull = new Hull(word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      long a = word.unsigned(left.min(i));
      long b = word.unsigned(left.max(i));
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        long c = word.unsigned(right.min(j));
        long d = word.unsigned(right.max(j));
        hull.arc(leastXor(a, b, c, d), greatestXor(a, b, c, d));
      }
    }
    return hull.range(left.bits().xor(right.bits()));
  }

  /**
   * The least x | y for a ≤ x ≤ b, c ≤ y ≤ d, unsigned. Starting from a | c: where only one of them has a bit, the other
   * may as well be raised to have it, which frees its lower bits to be 0, if that keeps it in its interval, as it does for
   * every movable bit; the highest such bit decides.
   */
  private static long leastOr(long a, long b, long c, long d) {
    long bit = Long.highestOneBit((c & ~a & movable(a, b)) | (a & ~c & movable(c, d)));
    if (bit == 0) {
      return a | c;
    }
    return (c & bit) != 0 ? raised(a, bit) | c : a | raised(c, bit);
  }

  /** The least number from {@code v} on that has a bit which {@code v} has not. */
  private static long raised(long v, long bit) {
    return (v | bit) & -bit;
  }

  /**
   * The greatest x | y for a ≤ x ≤ b, c ≤ y ≤ d, unsigned. Starting from b | d: where both have a bit, one of them may
   * give it up, which frees all its lower bits to be 1, if that keeps it in its interval, as it does for every movable
   * bit; the highest such bit decides. Which of them gives it up makes no difference.
   */
  private static long greatestOr(long a, long b, long c, long d) {
    long bit = Long.highestOneBit(b & d & (movable(a, b) | movable(c, d)));
    return bit == 0 ? b | d : b | d | (bit - 1);
  }

  /** The greatest number below {@code v} that does not have a bit which {@code v} has. */
  private static long lowered(long v, long bit) {
    return (v - bit) | (bit - 1);
  }

  /** The least x ^ y: as {@link #leastOr}, but every bit that can be made equal is, down to the last. */
  private static long leastXor(long a, long b, long c, long d) {
    long left = movable(a, b);
    long right = movable(c, d);
    for (long rest = (c & ~a & left) | (a & ~c & right); rest != 0; ) {
      long bit = Long.highestOneBit(rest);
      if ((c & bit) != 0) {
        long raised = raised(a, bit);
        if (Long.compareUnsigned(raised, b) <= 0) {
          a = raised;
        }
      } else {
        long raised = raised(c, bit);
        if (Long.compareUnsigned(raised, d) <= 0) {
          c = raised;
        }
      }
      rest = ((c & ~a & left) | (a & ~c & right)) & (bit - 1);
    }
    return a ^ c;
  }

  /** The greatest x ^ y: as {@link #greatestOr}, but at every bit that both have, down to the last. */
  private static long greatestXor(long a, long b, long c, long d) {
    long either = movable(a, b) | movable(c, d);
    for (long rest = b & d & either; rest != 0; ) {
      long bit = Long.highestOneBit(rest);
      long lowered = lowered(b, bit);
      if (Long.compareUnsigned(lowered, a) >= 0) {
        b = lowered;
      } else {
        lowered = lowered(d, bit);
        if (Long.compareUnsigned(lowered, c) >= 0) {
          d = lowered;
        }
      }
      rest = b & d & either & (bit - 1);
    }
    return b ^ d;
  }

  /** The bits that are not the same in all numbers from {@code least} to {@code greatest}; no other can be changed. */
  private static long movable(long least, long greatest) {
    return least == greatest ? 0 : -1L >>> Long.numberOfLeadingZeros(least ^ greatest);
  }
}
