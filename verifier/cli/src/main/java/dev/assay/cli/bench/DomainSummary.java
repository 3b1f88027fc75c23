package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one domain made of all programs, those that are generated apart.
 *
 * @param measurements those of this domain, at least one
 */
public record DomainSummary(String domain, List<Measurement> measurements) {
  public DomainSummary {
    measurements = List.copyOf(measurements);
  }

  /** A summary for each domain, in the order in which they come, of what is not generated. */
  public static List<DomainSummary> of(List<Measurement> measurements) {
    Map<String, List<Measurement>> byDomain = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      if (!measurement.subject().isGenerated()) {
        byDomain
            .computeIfAbsent(measurement.domain(), domain -> new ArrayList<>())
            .add(measurement);
      }
    }
    return byDomain.entrySet().stream()
        .map(entry -> new DomainSummary(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** How many programs have this verdict. */
  public long count(Decision decision) {
    return measurements.stream()
        .filter(measurement -> measurement.decision() == decision)
        .count();
  }

  /** The median of the programs' times on the clock, in milliseconds. */
  public double medianMilliseconds() {
    return Median.of(measurements.stream().mapToDouble(Measurement::wallMilliseconds));
  }

  /** The programs' times on the clock added up, in seconds. */
  public double totalSeconds() {
    return measurements.stream().mapToDouble(Measurement::wallMilliseconds).sum() / 1000;
  }

  /** The programs' times on a processor added up, in seconds. */
  public double cpuSeconds() {
    return measurements.stream().mapToDouble(Measurement::cpuMilliseconds).sum() / 1000;
  }

  /** The program that took longest. */
  public Measurement slowest() {
    return measurements.stream()
        .max(Comparator.comparingDouble(Measurement::wallMilliseconds))
        .orElseThrow();
  }

  /** The program that needed most memory. */
  public Measurement largest() {
    return measurements.stream()
        .max(Comparator.comparingLong(Measurement::memoryBytes))
        .orElseThrow();
  }
}
