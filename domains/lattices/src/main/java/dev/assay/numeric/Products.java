package dev.assay.numeric;

/**
 * Products. Over the integers the product of two sides, read as signed, lies between two of the four products of their
 * ends, which the signs tell. If these differ by less than 2<sup>width</sup>, the words between them are an arc, else
 * nothing is known but the bits.
 */
final class Products {
  private Products() {}

  static Range mul(Range left, Range right) {
    return mul(left, right, left.bits().mul(right.bits()));
  }

  /** The product whose bits are known already. */
  static Range mul(Range left, Range right, KnownBits bits) {
    Hull hull = new Hull(left.word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        boolean leftNegative = left.min(i) < 0;
        boolean rightNegative = right.min(j) < 0;
        between(
            hull,
            left.word,
            rightNegative ? left.max(i) : left.min(i),
            leftNegative ? right.max(j) : right.min(j),
            rightNegative ? left.min(i) : left.max(i),
            leftNegative ? right.min(j) : right.max(j));
      }
    }
    return hull.range(bits);
  }

  /** Adds the words from a × b to c × d, computed without overflow. */
  private static void between(Hull hull, Word word, long a, long b, long c, long d) {
    long low = c * d - a * b;
    long borrow = Long.compareUnsigned(c * d, a * b) < 0 ? 1 : 0;
    long high = Math.multiplyHigh(c, d) - Math.multiplyHigh(a, b) - borrow;
    if (high == 0 && (low & ~word.mask()) == 0) {
      hull.arc(a * b, c * d);
    } else {
      hull.all();
    }
  }
}
