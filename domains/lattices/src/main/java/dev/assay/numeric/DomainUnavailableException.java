package dev.assay.numeric;

/** A domain that is known but needs something that this machine lacks; the message says what, and how to get it. */
public final class DomainUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * What is missing.
   *
   * @param message what is missing and how to get it, for users
   */
  public DomainUnavailableException(String message) {
    super(message);
  }

  /**
   * What is missing, and how that was noticed.
   *
   * @param message what is missing and how to get it, for users
   */
  public DomainUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
