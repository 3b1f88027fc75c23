package dev.assay.verifier.search;

import dev.assay.verifier.semantics.Budget;
import java.util.BitSet;

/**
 * How a search goes about it.
 *
 * @param rung how finely states are kept apart
 * @param failed the slots of the checks that failed on the rung below; finer rungs keep apart what these depend on
 * @param descendingPasses how often what widening lost is sought again
 * @param budget what it may spend
 */
public record Effort(Rung rung, BitSet failed, int descendingPasses, Budget budget) {
  public Effort {
    failed = (BitSet) failed.clone();
  }

  /**
   * A search that goes by no earlier one.
   *
   * @param steps the most abstract steps
   */
  public static Effort of(Rung rung, int descendingPasses, long steps) {
    return new Effort(rung, new BitSet(), descendingPasses, Budget.ofSteps(steps));
  }
}
