package dev.assay.isa;

/** The standing of an instruction or a conformance group in its registry (RFC 9669, section 7). */
public enum Status {
  /** Standardised, and meant to stay. */
  PERMANENT,
  /** In use, not standardised. */
  PROVISIONAL,
  /** Given up: read where it is met, not to be written. */
  HISTORICAL
}
