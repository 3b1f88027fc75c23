package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that one domain accepts and another one does not.
 *
 * @param decisions the verdicts, by domains
 */
public record Disagreement(Subject subject, Map<String, Decision> decisions) {
  public Disagreement {
    decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
  }

  /** The disagreements, in the order of the programs. */
  public static List<Disagreement> of(List<Measurement> measurements) {
    Map<Subject, Map<String, Decision>> bySubject = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      bySubject
          .computeIfAbsent(measurement.subject(), subject -> new LinkedHashMap<>())
          .put(measurement.domain(), measurement.decision());
    }
    List<Disagreement> disagreements = new ArrayList<>();
    bySubject.forEach((subject, decisions) -> {
      long accepting =
          decisions.values().stream().filter(Decision.ACCEPTED::equals).count();
      if (accepting > 0 && accepting < decisions.size()) {
        disagreements.add(new Disagreement(subject, decisions));
      }
    });
    return disagreements;
  }
}
