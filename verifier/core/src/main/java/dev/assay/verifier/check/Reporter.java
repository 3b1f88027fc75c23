package dev.assay.verifier.check;

import dev.assay.verifier.state.State;

/** Takes the checks that fail, how memory is accessed, and the facts from outside that a proof uses. */
public interface Reporter {

  /**
   * A check is not proved.
   *
   * @param state what is known just before the instruction
   * @param message one sentence: what is wrong
   * @param required what would have to hold
   * @param registers the registers that matter, bit n for register n
   */
  void report(int slot, State state, Check check, String message, String required, int registers);

  /**
   * The instruction at {@code slot} loads or stores through a pointer of this class. That it is one class on all paths cannot be seen in one
   * state: {@link Check#POINTER_CLASS} is for whoever is told of all of them.
   *
   * @param state what is known just before the instruction
   * @param registers the registers that matter, bit n for register n
   */
  default void accessed(int slot, State state, AccessClass accessClass, int registers) {}

  /** The proof uses a fact from outside: one sentence. */
  void assume(String fact);

  /** Takes nothing. */
  Reporter NONE = new Reporter() {
    @Override
    public void report(
        int slot, State state, Check check, String message, String required, int registers) {}

    @Override
    public void assume(String fact) {}
  };
}
