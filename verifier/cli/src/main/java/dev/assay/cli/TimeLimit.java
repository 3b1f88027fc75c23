package dev.assay.cli;

import java.time.Duration;

/** A limit of time as users give it. */
final class TimeLimit {
  private static final double NANOSECONDS = 1e9;
  /** A year: whoever wants no limit leaves it out. */
  private static final double MAXIMUM_SECONDS = 365 * 86_400;

  private TimeLimit() {}

  /**
   * So many seconds, or parts of one.
   *
   * @param option whose value it is, for messages
   * @throws UsageException if it is not between a nanosecond and a year
   */
  static Duration ofSeconds(String option, double seconds) throws UsageException {
    double nanoseconds = seconds * NANOSECONDS;
    if (!(nanoseconds >= 1 && seconds <= MAXIMUM_SECONDS)) {
      throw UsageException.of(
          option, "has to be more than 0 seconds and at most a year, such as 10 or 0.5");
    }
    return Duration.ofNanos((long) nanoseconds);
  }
}
