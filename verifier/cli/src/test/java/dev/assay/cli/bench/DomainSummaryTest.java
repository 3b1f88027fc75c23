package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.verifier.verdict.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DomainSummaryTest {
  private final List<DomainSummary> summaries = DomainSummary.of(Samples.ALL);

  @Test
  void eachDomainHasOneInOrderWithoutGeneratedPrograms() {
    assertEquals(
        List.of("zone", "interval"),
        summaries.stream().map(DomainSummary::domain).toList());
    assertEquals(
        List.of(2, 2), summaries.stream().map(s -> s.measurements().size()).toList());
  }

  @Test
  void verdictsAreCountedAndTimesAddedUp() {
    DomainSummary interval = summaries.get(1);
    assertEquals(1, interval.count(Decision.ACCEPTED));
    assertEquals(1, interval.count(Decision.UNDECIDED));
    assertEquals(0, interval.count(Decision.REJECTED));
    assertEquals(36.5, interval.medianMilliseconds());
    assertEquals(0.073, interval.totalSeconds(), 1e-9);
    assertEquals(0.0365, interval.cpuSeconds(), 1e-9);
  }

  @Test
  void memoryOutsideOfTheHeapCounts() {
    Measurement small = Samples.outside(Samples.ALL.get(0), 4 << 20);
    assertEquals((4 << 20) + 1000, small.memoryBytes());
    DomainSummary zone = new DomainSummary("zone", List.of(small, Samples.ALL.get(1)));
    assertEquals(Samples.SMALL, zone.largest().subject());
    assertEquals(Samples.LARGE, zone.slowest().subject());
  }

  @Test
  void aProgramThatSomeAcceptIsADisagreement() {
    assertEquals(
        List.of(
            new Disagreement(
                Samples.LARGE, Map.of("zone", Decision.ACCEPTED, "interval", Decision.UNDECIDED)),
            new Disagreement(
                DoubleComparison.LOOP.subject(4),
                Map.of("zone", Decision.ACCEPTED, "interval", Decision.REJECTED))),
        Disagreement.of(Samples.ALL));
  }
}
