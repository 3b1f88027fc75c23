package dev.assay.cli;

/** A file that cannot be read as an object: the message is one sentence, without the file's name. */
final class UnreadableObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  UnreadableObjectException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** The message. */
  String reason() {
    return reason;
  }
}
