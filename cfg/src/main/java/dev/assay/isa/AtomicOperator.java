package dev.assay.isa;

/** What an atomic instruction does to memory (RFC 9669, section 5.3). */
public enum AtomicOperator {
  ADD,
  OR,
  AND,
  XOR,
  XCHG,
  CMPXCHG
}
