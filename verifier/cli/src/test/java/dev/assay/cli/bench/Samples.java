package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.util.List;
import java.util.OptionalLong;

/** Measurements for tests. */
final class Samples {
  static final Subject SMALL = Subject.of("a.o", "xdp", "small");
  static final Subject LARGE = Subject.of("b, \"odd\".o", "tc", "large|");

  static final List<Measurement> ALL = List.of(
      of("zone", SMALL, 10, Decision.ACCEPTED, 1, 1000),
      of("zone", LARGE, 500, Decision.ACCEPTED, 30, 3 << 20),
      of("zone", DoubleComparison.LOOP.subject(4), 30, Decision.ACCEPTED, 2, 0),
      of("zone", DoubleComparison.LOOP.subject(8), 30, Decision.ACCEPTED, 2, 0),
      of("interval", SMALL, 10, Decision.ACCEPTED, 3, 0),
      of("interval", LARGE, 500, Decision.UNDECIDED, 70, 5000),
      of("interval", DoubleComparison.LOOP.subject(4), 30, Decision.REJECTED, 2, 0));

  private Samples() {}

  static Measurement of(
      String domain,
      Subject subject,
      int instructions,
      Decision decision,
      double milliseconds,
      long heap) {
    return new Measurement(
        domain,
        subject,
        instructions,
        decision,
        3,
        milliseconds,
        milliseconds / 2,
        10 * heap,
        heap,
        OptionalLong.empty());
  }

  /** The same, with memory outside of the heap. */
  static Measurement outside(Measurement measurement, long bytes) {
    return new Measurement(
        measurement.domain(),
        measurement.subject(),
        measurement.instructions(),
        measurement.decision(),
        measurement.runs(),
        measurement.wallMilliseconds(),
        measurement.cpuMilliseconds(),
        measurement.allocatedBytes(),
        measurement.heapBytes(),
        OptionalLong.of(bytes));
  }
}
