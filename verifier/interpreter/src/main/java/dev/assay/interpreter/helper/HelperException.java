package dev.assay.interpreter.helper;

/** A call that a function refuses. Carries no stack trace: it ends a run, not the host. */
public final class HelperException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /** A refusal with its reason, one sentence. */
  public HelperException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What was wrong, one sentence. */
  public String reason() {
    return reason;
  }
}
