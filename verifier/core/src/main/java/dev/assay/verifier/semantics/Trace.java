package dev.assay.verifier.semantics;

import dev.assay.verifier.state.State;

/** Watches the states of an {@link Execution}, for whoever asks what is known at an instruction rather than at cut points alone. */
@FunctionalInterface
public interface Trace {
  /** Watches nothing. */
  Trace NONE = (state, slot) -> {};

  /**
   * A path arrives at the instruction at {@code slot} in this state.
   *
   * @param state the execution's own, which goes on to change it: to be copied if it is kept, and not to be changed
   */
  void before(State state, int slot);
}
