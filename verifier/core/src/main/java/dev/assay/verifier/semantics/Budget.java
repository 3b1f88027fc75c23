package dev.assay.verifier.semantics;

/**
 * What a search may spend.
 *
 * @param steps the most abstract steps
 * @param deadline when it ends in any case
 */
public record Budget(long steps, Deadline deadline) {
  /** As many abstract steps, however long they take. */
  public static Budget ofSteps(long steps) {
    return new Budget(steps, Deadline.never());
  }

  /** The same deadline, with a budget of steps of its own. */
  public Budget withSteps(long value) {
    return new Budget(value, deadline);
  }
}
