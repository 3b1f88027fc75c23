package dev.assay.verifier.search;

import dev.assay.graph.Liveness;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** Forgets what is dead, so that it keeps no states apart. */
final class ForgettingDead implements Forgetting {
  private final Liveness liveness;
  private final long[] words;

  ForgettingDead(Liveness liveness) {
    this.liveness = liveness;
    this.words = new long[liveness.stackWords()];
  }

  @Override
  public void before(State state, int slot) {
    int live = liveness.registersBefore(slot);
    for (int r = 0; r < 10; r++) {
      if ((live >>> r & 1) == 0) {
        state.setRegister(r, Value.UNINITIALISED);
      }
    }
    forgetStack(state, state.depth() - 1, slot);
  }

  @Override
  public void inCaller(State state, int slot) {
    int caller = state.depth() - 2;
    Frame frame = state.frame(caller);
    int live = liveness.registersBefore(slot + 1);
    Value[] saved = frame.saved().clone();
    for (int r = 6; r < 10; r++) {
      if ((live >>> r & 1) == 0) {
        saved[r - 6] = Value.UNINITIALISED;
      }
    }
    state.setFrame(caller, frame.withSaved(saved));
    forgetStack(state, caller, slot);
  }

  private void forgetStack(State state, int f, int slot) {
    Frame frame = state.frame(f);
    if (frame.stack().size() != liveness.frameSize()) {
      return;
    }
    liveness.stackBefore(slot, words);
    state.setFrame(f, frame.withStack(frame.stack().retain(words)));
  }
}
