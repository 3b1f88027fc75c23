package dev.assay.verifier.search;

import java.util.BitSet;

/**
 * How a search goes about it.
 *
 * @param rung how finely states are kept apart
 * @param failed the slots of the checks that failed on the rung below; finer rungs keep apart what these depend on
 * @param descendingPasses how often what widening lost is sought again
 * @param budget the most abstract steps
 */
public record Effort(Rung rung, BitSet failed, int descendingPasses, long budget) {
  public Effort {
    failed = (BitSet) failed.clone();
  }

  /** A search that goes by no earlier one. */
  public static Effort of(Rung rung, int descendingPasses, long budget) {
    return new Effort(rung, new BitSet(), descendingPasses, budget);
  }
}
