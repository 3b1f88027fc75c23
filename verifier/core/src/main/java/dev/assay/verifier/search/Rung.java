package dev.assay.verifier.search;

/** How finely the search keeps states apart. A program climbs only when the rung below did not prove it. */
public enum Rung {
  /** By kinds and null of what is live. */
  KINDS,
  /** Also by constants that are tested later. */
  CONSTANTS,
  /** Also by all that is known of what the failed checks of the rung below depend on, but at loop heads not of what the loop changes. */
  FOLDED_PATHS,
  /** The same, with loops unrolled as long as there is room for their rounds. */
  PATHS;

  /** Whether the rung goes by what failed below it. */
  boolean byFailures() {
    return compareTo(FOLDED_PATHS) >= 0;
  }

  /** The number that users know it by: 0 to 2. */
  public int number() {
    return Math.min(ordinal(), FOLDED_PATHS.ordinal());
  }
}
