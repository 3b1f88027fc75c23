package dev.assay.referee;

/**
 * What must not be: how a run of an accepted program contradicts the verdict.
 *
 * @param sort what was contradicted
 * @param message one sentence or more: what happened where
 */
public record Violation(Subject subject, Input input, Sort sort, String message) {

  /** What was contradicted. */
  public enum Sort {
    /** "The program is safe": the run faulted. */
    FAULT,
    /** "A run executes at most so many instructions". */
    WORST_CASE,
    /** "The program returns only what its kind may return". */
    RESULT,
    /** "The state at this point is one of these". */
    MEMBERSHIP,
    /** "The verifier answers": it threw. */
    CRASH
  }

  /** The violation with the code, for people. */
  @Override
  public String toString() {
    return sort + ": " + message + "\nas " + subject.kind() + ", " + input + "\n" + subject.code();
  }
}
