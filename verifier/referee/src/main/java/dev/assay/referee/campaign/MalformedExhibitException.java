package dev.assay.referee.campaign;

/** A text is no exhibit; the message says what is missing. */
public final class MalformedExhibitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message}: what is wrong, without the file's name. */
  public MalformedExhibitException(String message) {
    super(message);
  }
}
