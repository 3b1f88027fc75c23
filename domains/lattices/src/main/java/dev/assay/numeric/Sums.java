package dev.assay.numeric;

/**
 * Sums and differences. The sums of two intervals are all numbers between the sum of the lower and that of the upper
 * ends; modulo 2<sup>width</sup> that is an arc, however it wraps, because two sides together span fewer than
 * 2<sup>width</sup> words. Exact for each pair of sides; the known bits are exact too ({@link KnownBits#add}).
 */
final class Sums {
  private Sums() {}

  static Range add(Range left, Range right) {
    Hull hull = new Hull(left.word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        hull.arc(left.min(i) + right.min(j), left.max(i) + right.max(j));
      }
    }
    return hull.range(left.bits().add(right.bits()));
  }

  static Range sub(Range left, Range right) {
    Hull hull = new Hull(left.word);
    for (int i = left.firstSide(); i <= left.lastSide(); i++) {
      for (int j = right.firstSide(); j <= right.lastSide(); j++) {
        hull.arc(left.min(i) - right.max(j), left.max(i) - right.min(j));
      }
    }
    return hull.range(left.bits().sub(right.bits()));
  }
}
