package dev.assay.numeric;

/** What is known of a condition over all pairs of values that two abstract operands stand for. */
public enum Truth {
  /** It holds for every pair. */
  ALWAYS,
  /** It holds for no pair; also the answer where an operand is bottom. */
  NEVER,
  /** Neither is proved. */
  MAYBE
}
