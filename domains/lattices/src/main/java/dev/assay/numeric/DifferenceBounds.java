package dev.assay.numeric;

/**
 * Arithmetic on bounds of differences. A stored bound has a magnitude of at most {@link #LIMIT}, so a sum of two cannot
 * overflow; what is greater is {@link Relations#UNBOUNDED}, which is sound for an upper bound, however small the true one.
 */
final class DifferenceBounds {
  /** The greatest magnitude of a stored bound. */
  static final long LIMIT = (1L << 62) - 1;

  private DifferenceBounds() {}

  /** The bound itself, or none if it is too large or too small to be stored. */
  static long stored(long bound) {
    return bound > LIMIT || bound < -LIMIT ? Relations.UNBOUNDED : bound;
  }

  /** The sum of two bounds, each stored or unbounded. */
  static long sum(long a, long b) {
    return a == Relations.UNBOUNDED || b == Relations.UNBOUNDED
        ? Relations.UNBOUNDED
        : stored(a + b);
  }

  /**
   * {@code a} − {@code b} of any two words as an upper bound: none if it is too large to be stored, the least that is stored if
   * it is smaller.
   */
  static long difference(long a, long b) {
    long d = a - b;
    boolean overflows = ((a ^ b) & (a ^ d)) < 0;
    if (overflows) {
      return a < 0 ? -LIMIT : Relations.UNBOUNDED;
    }
    return d < -LIMIT ? -LIMIT : stored(d);
  }

  /** A stored bound, or none, shifted by {@code a} − {@code b}. */
  static long shifted(long bound, long a, long b) {
    return bound == Relations.UNBOUNDED ? bound : sum(bound, difference(a, b));
  }
}
