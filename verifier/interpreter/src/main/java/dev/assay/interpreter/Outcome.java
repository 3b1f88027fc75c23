package dev.assay.interpreter;

/** How a run ended. */
public sealed interface Outcome {

  /** How many instructions were executed, the last one included; a callee's count as the program's own. */
  long instructions();

  /**
   * The program exited.
   *
   * @param value r0, all 64 bits
   */
  record Returned(long value, long instructions) implements Outcome {}

  /** The program did what it must not do, and was stopped before it took effect. */
  record Faulted(Fault fault, long instructions) implements Outcome {}
}
