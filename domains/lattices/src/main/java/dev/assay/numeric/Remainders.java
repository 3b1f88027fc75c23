package dev.assay.numeric;

/**
 * Remainders of the quotients of {@link Quotients}: of dividend x and divisor m ≠ 0 it is x − q × m, with the sign of x
 * and a magnitude less than that of m; of the divisor 0 it is x.
 */
final class Remainders {
  private Remainders() {}

  static Range moduloUnsigned(Range left, Range right) {
    Word word = left.word;
    Hull hull = new Hull(word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        add(
            hull,
            word.unsigned(left.min(i)),
            word.unsigned(left.max(i)),
            word.unsigned(right.min(j)),
            word.unsigned(right.max(j)),
            false);
      }
    }
    return hull.range(bits(left, right));
  }

  /** Signed remainders are unsigned ones of the magnitudes, with the dividend's sign. */
  static Range moduloSigned(Range left, Range right) {
    Hull hull = new Hull(left.word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      boolean negative = left.min(i) < 0;
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        boolean divisorNegative = right.min(j) < 0;
        add(
            hull,
            negative ? -left.max(i) : left.min(i),
            negative ? -left.min(i) : left.max(i),
            divisorNegative ? -right.max(j) : right.min(j),
            divisorNegative ? -right.min(j) : right.max(j),
            negative);
      }
    }
    return hull.range(bits(left, right));
  }

  /**
   * Adds the remainders of x in [from, to] by m in [least, greatest], unsigned, all negated if {@code negative}. If the
   * quotient q is the same for all pairs, a remainder is x − q × m. Otherwise it is less than m and at most x.
   */
  private static void add(
      Hull hull, long from, long to, long least, long greatest, boolean negative) {
    if (least == 0) {
      arc(hull, from, to, negative);
      if (greatest == 0) {
        return;
      }
      least = 1;
    }
    long quotient = Long.divideUnsigned(from, greatest);
    if (quotient == Long.divideUnsigned(to, least)) {
      arc(hull, from - quotient * greatest, to - quotient * least, negative);
    } else {
      arc(hull, 0, Long.compareUnsigned(to, greatest) < 0 ? to : greatest - 1, negative);
    }
  }

  private static void arc(Hull hull, long from, long to, boolean negative) {
    hull.arc(negative ? -to : from, negative ? -from : to);
  }

  /**
   * If the low k bits of all divisors are 0, those of q × m are too, so the remainder has the dividend's. (This includes
   * the divisor 0, which leaves the dividend.)
   */
  private static KnownBits bits(Range left, Range right) {
    int zeros = Long.numberOfTrailingZeros(right.value | right.mask);
    long same = zeros == 64 ? -1 : (1L << zeros) - 1;
    return new KnownBits(left.value & same, left.mask | ~same);
  }
}
