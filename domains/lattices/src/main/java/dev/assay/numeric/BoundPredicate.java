package dev.assay.numeric;

/** A question about a bound x − y ≤ bound. */
@FunctionalInterface
interface BoundPredicate {
  boolean test(int x, int y, long bound);
}
