package dev.assay.verifier.judge;

import dev.assay.graph.FunctionGraph;
import dev.assay.verifier.state.State;
import java.util.List;

/**
 * What is claimed of one function entered in one state: the states at each of its cut points, and those in which it is left. Whatever path is
 * taken from the entry, the state at a cut point is described by one of the claimed ones.
 *
 * @param entry the state on entry, counters begun
 * @param states for each block the claimed states; empty for blocks that are no cut points or are not reached
 * @param rounds claims for the calls that call subprograms back; where several fit, the first counts
 * @param exits the states after the function: for a callee those of its caller after the call
 */
public record FunctionClaim(
    FunctionGraph function,
    State entry,
    List<List<State>> states,
    List<RoundsClaim> rounds,
    List<State> exits) {
  public FunctionClaim {
    states = states.stream().map(List::copyOf).toList();
    rounds = List.copyOf(rounds);
    exits = List.copyOf(exits);
  }
}
