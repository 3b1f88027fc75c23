package dev.assay.numeric;

/**
 * Shifts: the join of the shifts by each count that the right operand may have, taken modulo the width (at 32 and 64
 * bits that is RFC 9669's mask). By a constant count, right shifts are monotone on a side, so its ends give the bounds;
 * a left shift multiplies by a power of two, so the result is an arc while fewer than 2<sup>width</sup> words are spanned.
 */
final class Shifts {
  private Shifts() {}

  static Range left(Range left, Range right) {
    Range counts = counts(right);
    Range result = Range.bottom(left.word);
    for (long k = counts.unsignedMin(); k <= counts.unsignedMax() && !result.isTop(); k++) {
      if (counts.contains(k)) {
        result = result.join(left(left, (int) k));
      }
    }
    return result;
  }

  static Range right(Range left, Range right) {
    Range counts = counts(right);
    Range result = Range.bottom(left.word);
    for (long k = counts.unsignedMin(); k <= counts.unsignedMax() && !result.isTop(); k++) {
      if (counts.contains(k)) {
        result = result.join(right(left, (int) k));
      }
    }
    return result;
  }

  static Range rightSigned(Range left, Range right) {
    Range counts = counts(right);
    Range result = Range.bottom(left.word);
    for (long k = counts.unsignedMin(); k <= counts.unsignedMax() && !result.isTop(); k++) {
      if (counts.contains(k)) {
        result = result.join(rightSigned(left, (int) k));
      }
    }
    return result;
  }

  /** The counts modulo the width; they are less than the width. */
  private static Range counts(Range right) {
    int bits = right.word.bits();
    return Long.compareUnsigned(right.unsignedMax(), bits) < 0
        ? right
        : Remainders.moduloUnsigned(right, Range.constant(right.word, bits));
  }

  /** Shifted by a constant less than the width. */
  static Range left(Range range, int count) {
    Word word = range.word;
    Hull hull = new Hull(word);
    for (int i = range.firstSide(); i <= range.lastSide(); i++) {
      if (Long.compareUnsigned(range.max(i) - range.min(i), word.mask() >>> count) <= 0) {
        hull.arc(range.min(i) << count, range.max(i) << count);
      } else {
        hull.all();
      }
    }
    return hull.range(range.bits().shiftLeft(count));
  }

  private static Range right(Range range, int count) {
    Word word = range.word;
    Hull hull = new Hull(word);
    for (int i = range.firstSide(); i <= range.lastSide(); i++) {
      hull.arc(word.unsigned(range.min(i)) >>> count, word.unsigned(range.max(i)) >>> count);
    }
    return hull.range(range.bits().shiftRight(count));
  }

  private static Range rightSigned(Range range, int count) {
    Hull hull = new Hull(range.word);
    for (int i = range.firstSide(); i <= range.lastSide(); i++) {
      hull.arc(range.min(i) >> count, range.max(i) >> count);
    }
    return hull.range(range.bits().shiftRightSigned(range.word, count));
  }
}
