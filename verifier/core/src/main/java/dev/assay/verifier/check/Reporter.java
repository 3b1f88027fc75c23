package dev.assay.verifier.check;

import dev.assay.verifier.state.State;

/** Takes the checks that fail, and the facts from outside that a proof uses. */
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
