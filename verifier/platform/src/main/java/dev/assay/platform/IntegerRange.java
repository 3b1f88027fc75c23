package dev.assay.platform;

/** Signed 64-bit integers from {@code min} to {@code max}, both included. */
public record IntegerRange(long min, long max) {
  /** Every 64-bit integer. */
  public static final IntegerRange ANY = new IntegerRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public IntegerRange {
    if (min > max) {
      throw new IllegalArgumentException("empty range: " + min + " to " + max);
    }
  }
}
