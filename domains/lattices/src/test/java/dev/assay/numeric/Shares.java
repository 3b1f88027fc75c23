package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.LongAdder;

/** How many cases were tried, and of how many the result was the best possible. May be used by several threads. */
final class Shares {
  private final LongAdder tried = new LongAdder();
  private final LongAdder best = new LongAdder();

  void add(boolean isBest) {
    tried.increment();
    if (isBest) {
      best.increment();
    }
  }

  /** Holds the share, in percent, to what was measured and rounded down. Of a sample of the cases it may be a little more or less, unless it is all. */
  void assertIs(int expected) {
    double percent = 100.0 * best.sum() / tried.sum();
    int tolerance = Cases.EVERY == 1 || expected == 100 ? 0 : tried.sum() < 1000 ? 15 : 5;
    assertTrue(percent >= expected - tolerance, () -> "best possible in " + percent + " %");
    assertTrue(percent < expected + 2 + tolerance, () -> "the guard can be raised to " + percent);
  }
}
