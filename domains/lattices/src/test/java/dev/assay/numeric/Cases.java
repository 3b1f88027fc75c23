package dev.assay.numeric;

/**
 * How many of their cases the tests of this package try: all of them, or each n-th with {@code -Dassay.every=n}. A run that mutates the domains repeats
 * the tests a thousand times, and few cases show most mutants.
 */
final class Cases {
  /** Every how many-th case is tried. */
  static final int EVERY = Integer.getInteger("assay.every", 1);

  private Cases() {}

  /** So many of {@code all} random cases. */
  static int of(int all) {
    return Math.max(1, all / EVERY);
  }

  /** The first of a row of cases; the others follow at distances of {@link #EVERY}. Rows begin at different places. */
  static int first(int row) {
    return row % EVERY;
  }
}
