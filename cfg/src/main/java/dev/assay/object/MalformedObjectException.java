package dev.assay.object;

/**
 * A file that is not a BPF object, or a broken one: the message is one sentence that names the
 * place in the file.
 */
public final class MalformedObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  /** With one sentence that names the offset or the section. */
  public MalformedObjectException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
