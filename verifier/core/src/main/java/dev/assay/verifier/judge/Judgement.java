package dev.assay.verifier.judge;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.verdict.Finding;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * What the judge says of claims.
 *
 * @param findings checks that do not hold in the claimed states, by slot
 * @param assumptions facts from outside that the claims rest on
 * @param inductive whether the claims are invariants; if not, nothing is proved
 * @param result the numbers that r0 may hold when the program exits; none if it does not
 * @param worstCase an upper bound of the instructions that one run executes, if there is one
 */
public record Judgement(
    List<Finding> findings,
    SortedSet<String> assumptions,
    boolean inductive,
    Scalar result,
    OptionalLong worstCase) {
  public Judgement {
    findings = List.copyOf(findings);
  }

  /** Whether the program is proved safe. */
  public boolean accepts() {
    return inductive && findings.isEmpty();
  }
}
