package dev.assay.apron;

/** A call of Apron failed; the message names the call, what kind of failure it was, and what Apron says of it. */
public final class ApronException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ApronException(String call, String kind, String detail) {
    super(call + ": " + kind + (detail.isEmpty() ? "" : ": " + detail));
  }
}
