package dev.assay.interpreter;

import dev.assay.isa.Register;

/** Watches a run, instruction by instruction. */
@FunctionalInterface
public interface Observer {

  /**
   * Called before each instruction.
   *
   * @param function the entry function of the program that runs: another than the first after a tail call
   * @param slot of the instruction
   * @param depth how many local calls and callbacks are active
   * @param registers the {@link Register#COUNT} registers; a view that is valid during the call only, not to be changed
   */
  void before(String function, int slot, int depth, Registers registers);

  /** The register file at one moment. */
  interface Registers {
    /** The value of {@code register}, all 64 bits. */
    long get(Register register);
  }
}
