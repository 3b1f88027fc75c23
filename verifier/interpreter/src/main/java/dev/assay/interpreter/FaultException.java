package dev.assay.interpreter;

/** Carries a fault to the end of the run. Has no stack trace. */
final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
