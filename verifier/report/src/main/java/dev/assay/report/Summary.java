package dev.assay.report;

import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many verdicts there are of each decision, what the judge refused on the way, and how long they took.
 *
 * @param counts how many there are; a decision without verdicts has no entry
 * @param refusals how many claims of searches the judge refused
 * @param milliseconds the times of the verifications added up: on several cores more than has passed on the clock
 */
public record Summary(Map<Decision, Integer> counts, int refusals, double milliseconds) {
  /** The summary of no verdicts. */
  public static final Summary NONE = new Summary(Map.of(), 0, 0);

  public Summary {
    counts = Map.copyOf(counts);
  }

  /** This summary with one more verdict. */
  public Summary plus(Verdict verdict) {
    Map<Decision, Integer> sum = new EnumMap<>(Decision.class);
    sum.putAll(counts);
    sum.merge(verdict.decision(), 1, Integer::sum);
    return new Summary(sum, refusals + verdict.refusals(), milliseconds + verdict.milliseconds());
  }

  /** How many verdicts have this decision. */
  public int count(Decision decision) {
    return counts.getOrDefault(decision, 0);
  }

  /** How many verdicts there are. */
  public int programs() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
