package dev.assay.cli.bench;

/** A file does not hold measurements; the message says where, without the file's name. */
public final class MalformedMeasurementsException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMeasurementsException(String message) {
    super(message);
  }
}
