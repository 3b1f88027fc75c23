package dev.assay.verifier.search;

import dev.assay.verifier.state.State;

/** What a search forgets where it keeps states. */
interface Forgetting {
  /** Forgets nothing. */
  Forgetting NOTHING = new Forgetting() {
    @Override
    public void before(State state, int slot) {}

    @Override
    public void inCaller(State state, int slot) {}
  };

  /** Forgets registers and stack bytes of the innermost function that are of no use just before the instruction at {@code slot}. */
  void before(State state, int slot);

  /** Forgets what the caller, whose call at {@code slot} the state has just entered, will not look at after it. */
  void inCaller(State state, int slot);
}
