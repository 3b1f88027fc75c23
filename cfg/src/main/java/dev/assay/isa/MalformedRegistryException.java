package dev.assay.isa;

import java.io.Serial;

/** A table of instructions or groups breaks its own rules; the message names table, line, column and what is expected. */
public final class MalformedRegistryException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1;

  MalformedRegistryException(String message) {
    super(message);
  }
}
