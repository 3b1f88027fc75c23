package dev.assay.verifier.search;

/** How finely the search keeps states apart. A program climbs only when the rung below did not prove it. */
public enum Rung {
  /** By kinds and null of what is live. */
  KINDS,
  /** Also by constants that are tested later. */
  CONSTANTS
}
