package dev.assay.object;

/** One program cannot be linked; the rest of the object is not affected. */
final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  LinkException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
