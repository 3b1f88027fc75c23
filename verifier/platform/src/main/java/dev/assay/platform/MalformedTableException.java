package dev.assay.platform;

import java.io.Serial;

/** A platform's table breaks its own rules; the message names table, line and column. */
public final class MalformedTableException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1;

  MalformedTableException(String message) {
    super(message);
  }
}
