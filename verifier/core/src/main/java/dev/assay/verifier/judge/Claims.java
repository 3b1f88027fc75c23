package dev.assay.verifier.judge;

import java.util.List;
import java.util.Map;

/**
 * What is claimed of a program.
 *
 * @param main the entry function
 * @param callees for each function, by number, claims for the states in which it is called
 */
public record Claims(FunctionClaim main, Map<Integer, List<FunctionClaim>> callees) {
  public Claims {
    callees = Map.copyOf(callees);
  }

  /** The claims for a callee. */
  public List<FunctionClaim> of(int function) {
    return callees.getOrDefault(function, List.of());
  }
}
