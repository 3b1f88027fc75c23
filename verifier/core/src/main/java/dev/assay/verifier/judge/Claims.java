package dev.assay.verifier.judge;

import dev.assay.graph.FunctionGraph;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateInclusion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is claimed of a program.
 *
 * @param main the entry function
 * @param callees for each slot that calls functions of the program, claims for the states in which they are entered there. Other slots are other matters: what a
 *     caller still needs after the call differs
 */
public record Claims(FunctionClaim main, Map<Integer, List<FunctionClaim>> callees) {
  public Claims {
    callees = Map.copyOf(callees);
  }

  /** All claims of a function that is called. */
  public List<FunctionClaim> of(FunctionGraph function) {
    return callees.values().stream()
        .flatMap(List::stream)
        .filter(claim -> claim.function() == function)
        .toList();
  }

  /**
   * The claim for a function that the instruction at {@code slot} enters in {@code state}, if there is one whose entry includes it: of several one than
   * which none is tighter.
   */
  public Optional<FunctionClaim> of(int slot, FunctionGraph function, State state) {
    FunctionClaim best = null;
    for (FunctionClaim candidate : callees.getOrDefault(slot, List.of())) {
      if (candidate.function() == function
          && StateInclusion.includes(candidate.entry(), state)
          && (best == null || StateInclusion.includes(best.entry(), candidate.entry()))) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }
}
