package dev.assay.verifier.semantics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment until which a search may go on. Once it has passed it stays passed, and the clock is not read any more. One thread uses a deadline.
 */
public final class Deadline {
  private final LongSupplier clock;
  private final long start;
  private final long limit;
  private boolean past;

  private Deadline(LongSupplier clock, long limit) {
    this.clock = clock;
    this.start = clock.getAsLong();
    this.limit = limit;
  }

  /** No deadline at all. */
  public static Deadline never() {
    return new Deadline(() -> 0, Long.MAX_VALUE);
  }

  /**
   * A deadline from now on.
   *
   * @param limit how far away it is; beyond 292 years it is never
   * @param clock nanoseconds from any origin, such as {@link System#nanoTime}
   */
  public static Deadline after(Duration limit, LongSupplier clock) {
    try {
      return new Deadline(clock, limit.toNanos());
    } catch (ArithmeticException tooLong) {
      return never();
    }
  }

  /** Whether it has passed. */
  public boolean isPast() {
    if (!past) {
      past = clock.getAsLong() - start >= limit;
    }
    return past;
  }
}
