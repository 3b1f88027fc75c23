package dev.assay.numeric;

/**
 * Quotients, rounded toward zero; by zero they are zero. On a pair of sides, without the divisor 0, a quotient's
 * magnitude grows with the dividend's and shrinks with the divisor's, so the ends of the result come from opposite ends of
 * the divisor. Exact bounds for each pair of sides. Known bits are kept where the division is a shift.
 */
final class Quotients {
  private Quotients() {}

  static Range divideUnsigned(Range left, Range right) {
    Word word = left.word;
    Hull hull = new Hull(word);
    for (int j = right.firstSide(); j <= right.lastSide(); j++) {
      long least = word.unsigned(right.min(j));
      long greatest = word.unsigned(right.max(j));
      if (least == 0) {
        hull.arc(0, 0);
        if (greatest == 0) {
          continue;
        }
        least = 1;
      }
      for (int i = left.firstSide(); i <= left.lastSide(); i++) {
        hull.arc(
            Long.divideUnsigned(word.unsigned(left.min(i)), greatest),
            Long.divideUnsigned(word.unsigned(left.max(i)), least));
      }
    }
    return hull.range(
        isPowerOfTwo(right) ? left.bits().shiftRight(exponent(right)) : KnownBits.UNKNOWN);
  }

  /**
   * The least number by −1 is 2<sup>width−1</sup>, one more than there is: as the end of an arc it wraps to the least
   * number again, which is what the instruction gives.
   */
  static Range divideSigned(Range left, Range right) {
    Hull hull = new Hull(left.word);
    for (int j = right.firstSide(); j <= right.lastSide(); j++) {
      long least = right.min(j);
      long greatest = right.max(j);
      if (least == 0) {
        hull.arc(0, 0);
        if (greatest == 0) {
          continue;
        }
        least = 1;
      }
      for (int i = left.firstSide(); i <= left.lastSide(); i++) {
        long from = left.min(i);
        long to = left.max(i);
        if (least > 0) {
          hull.arc(from / (from < 0 ? least : greatest), to / (from < 0 ? greatest : least));
        } else {
          hull.arc(to / (from < 0 ? least : greatest), from / (from < 0 ? greatest : least));
        }
      }
    }
    return hull.range(isExactShift(left, right) ? shifted(left, right) : KnownBits.UNKNOWN);
  }

  /** Whether the signed quotient is a signed shift: the divisor a positive power of two, and nothing to round up. */
  private static boolean isExactShift(Range left, Range right) {
    return isPowerOfTwo(right)
        && right.signedMin() > 0
        && (left.signedMin() >= 0
            || Long.numberOfTrailingZeros(left.value | left.mask) >= exponent(right));
  }

  private static KnownBits shifted(Range left, Range right) {
    return left.bits().shiftRightSigned(left.word, exponent(right));
  }

  private static boolean isPowerOfTwo(Range r) {
    return r.mask == 0 && Long.bitCount(r.value) == 1;
  }

  private static int exponent(Range powerOfTwo) {
    return Long.numberOfTrailingZeros(powerOfTwo.value);
  }
}
