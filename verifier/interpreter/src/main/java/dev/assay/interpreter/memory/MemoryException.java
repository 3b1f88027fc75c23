package dev.assay.interpreter.memory;

import java.util.Optional;

/**
 * An access that the address space refuses, or memory that it does not have. Carries no stack trace: it ends a
 * run, not the host.
 */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Access> access;
  private final String reason;

  private MemoryException(Optional<Access> access, String reason) {
    super(reason, null, false, false);
    this.access = access;
    this.reason = reason;
  }

  /** What was wrong, one sentence. */
  public String reason() {
    return reason;
  }

  /** An access that was refused. */
  static MemoryException refused(Access access, String why) {
    return new MemoryException(Optional.of(access), access + " " + why);
  }

  /** Memory for {@code what} that is over the address space's limit. */
  static MemoryException exhausted(String what, long bytes, long limit) {
    return new MemoryException(
        Optional.empty(),
        "no memory for %s (%d bytes): a run may use %d bytes in all".formatted(what, bytes, limit));
  }

  /** The refused access; empty if memory ran out. */
  public Optional<Access> access() {
    return access;
  }
}
