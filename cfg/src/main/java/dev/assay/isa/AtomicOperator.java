package dev.assay.isa;

/** What an atomic instruction does to memory (RFC 9669, section 5.3). */
public enum AtomicOperator {
  ADD,
  OR,
  AND,
  XOR,
  XCHG,
  CMPXCHG;

  /** Whether the instruction also exists in a form that does not return the old value. */
  public boolean isSimple() {
    return this != XCHG && this != CMPXCHG;
  }
}
