package dev.assay.verifier.judge;

import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.state.State;
import java.util.List;

/**
 * What is claimed of a call that calls a subprogram back: before each round, and after the last one, the caller is in one of these states.
 *
 * @param slot the call
 * @param call what it hands to the subprogram
 * @param states the states between rounds, r0 to r5 unknown
 */
public record RoundsClaim(int slot, CallbackCall call, List<State> states) {
  public RoundsClaim {
    states = List.copyOf(states);
  }
}
