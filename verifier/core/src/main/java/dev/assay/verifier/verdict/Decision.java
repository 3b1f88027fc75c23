package dev.assay.verifier.verdict;

/** What is decided of a program. Only an accepted program may run. */
public enum Decision {
  /** Every check is proved, perhaps under the assumptions that the verdict lists. */
  ACCEPTED,
  /** At least one check is not proved. */
  REJECTED,
  /** The search ended before it could say. */
  UNDECIDED,
  /** The program could not be analysed at all: malformed code, or a host feature that is unknown. */
  ERROR
}
