package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is too large for a bound is none; what is too small is the least bound, which is sound. */
class DifferenceBoundsTest {
  private static final long LIMIT = DifferenceBounds.LIMIT;
  private static final long NONE = Relations.UNBOUNDED;

  @Test
  void aDifferenceThatOverflowsIsNoBoundOrTheLeast() {
    assertEquals(NONE, DifferenceBounds.difference(0, Long.MIN_VALUE));
    assertEquals(NONE, DifferenceBounds.difference(Long.MAX_VALUE, -1));
    assertEquals(-LIMIT, DifferenceBounds.difference(Long.MIN_VALUE, 1));
    assertEquals(-LIMIT, DifferenceBounds.difference(-2, Long.MAX_VALUE));
  }

  @Test
  void aDifferenceIsABoundUpToTheLimit() {
    assertEquals(LIMIT, DifferenceBounds.difference(LIMIT, 0));
    assertEquals(NONE, DifferenceBounds.difference(LIMIT, -1));
    assertEquals(-LIMIT, DifferenceBounds.difference(0, LIMIT));
    assertEquals(-LIMIT, DifferenceBounds.difference(-1, LIMIT));
    assertEquals(-5, DifferenceBounds.difference(2, 7));
  }

  @Test
  void sumsAndShiftsAreDroppedBeyondTheLimit() {
    assertEquals(LIMIT, DifferenceBounds.sum(LIMIT - 1, 1));
    assertEquals(NONE, DifferenceBounds.sum(LIMIT, 1));
    assertEquals(NONE, DifferenceBounds.sum(-LIMIT, -1));
    assertEquals(NONE, DifferenceBounds.sum(NONE, -1));
    assertEquals(NONE, DifferenceBounds.sum(-1, NONE));
    assertEquals(7, DifferenceBounds.shifted(4, 5, 2));
    assertEquals(NONE, DifferenceBounds.shifted(NONE, 5, 2));
    assertEquals(NONE, DifferenceBounds.shifted(1, Long.MAX_VALUE, Long.MIN_VALUE));
  }
}
