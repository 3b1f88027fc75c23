package dev.assay.btf;

/** Bytes that are not BTF: the message says where and why. */
public final class MalformedBtfException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  /** With one sentence that names the place. */
  public MalformedBtfException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
