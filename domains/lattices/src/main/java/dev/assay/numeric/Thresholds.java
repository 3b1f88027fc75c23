package dev.assay.numeric;

import java.util.Arrays;

/**
 * The numbers at which widening stops before it gives up a bound: a sorted set of 64-bit words. The order of the set is
 * the signed one; unsigned lookups see the same words by their unsigned reading.
 */
public final class Thresholds {
  private static final Thresholds NONE = new Thresholds(new long[0]);

  private final long[] sorted;

  private Thresholds(long[] sorted) {
    this.sorted = sorted;
  }

  /** No thresholds: an unstable bound goes straight to the extreme of its type. */
  public static Thresholds none() {
    return NONE;
  }

  /** The set of {@code values}, in any order, with or without repetitions. */
  public static Thresholds of(long... values) {
    return values.length == 0
        ? NONE
        : new Thresholds(Arrays.stream(values).sorted().distinct().toArray());
  }

  /**
   * The thresholds t − s for each threshold t and each of {@code shifts}: those of x, where x + s is compared with t. Differences that
   * overflow are left out.
   */
  public Thresholds shifted(long... shifts) {
    return of(Arrays.stream(shifts)
        .flatMap(shift -> Arrays.stream(sorted)
            .filter(t -> ((t ^ shift) & (t ^ (t - shift))) >= 0)
            .map(t -> t - shift))
        .toArray());
  }

  /** How many different thresholds there are. */
  public int size() {
    return sorted.length;
  }

  /** The least threshold ≥ {@code v} by the signed order, or {@code otherwise} if there is none. */
  public long ceiling(long v, long otherwise) {
    int at = first(v);
    return at < sorted.length ? sorted[at] : otherwise;
  }

  /** The greatest threshold ≤ {@code v} by the signed order, or {@code otherwise} if there is none. */
  public long floor(long v, long otherwise) {
    int at = last(v);
    return at >= 0 ? sorted[at] : otherwise;
  }

  /** The least threshold ≥ {@code v} by the unsigned order, or {@code otherwise} if there is none. */
  public long unsignedCeiling(long v, long otherwise) {
    int at = first(v);
    if (v < 0) {
      return at < sorted.length && sorted[at] < 0 ? sorted[at] : otherwise;
    }
    if (at < sorted.length) {
      return sorted[at];
    }
    return sorted.length > 0 && sorted[0] < 0 ? sorted[0] : otherwise;
  }

  /** The greatest threshold ≤ {@code v} by the unsigned order, or {@code otherwise} if there is none. */
  public long unsignedFloor(long v, long otherwise) {
    int at = last(v);
    if (v >= 0) {
      return at >= 0 && sorted[at] >= 0 ? sorted[at] : otherwise;
    }
    if (at >= 0) {
      return sorted[at];
    }
    return sorted.length > 0 && sorted[sorted.length - 1] >= 0
        ? sorted[sorted.length - 1]
        : otherwise;
  }

  /** The index of the first element ≥ v. */
  private int first(long v) {
    int at = Arrays.binarySearch(sorted, v);
    return at >= 0 ? at : -at - 1;
  }

  /** The index of the last element ≤ v. */
  private int last(long v) {
    int at = Arrays.binarySearch(sorted, v);
    return at >= 0 ? at : -at - 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thresholds that && Arrays.equals(sorted, that.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
