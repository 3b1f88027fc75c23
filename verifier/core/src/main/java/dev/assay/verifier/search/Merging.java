package dev.assay.verifier.search;

import dev.assay.numeric.Thresholds;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateInclusion;
import dev.assay.verifier.state.StateJoin;

/**
 * How a search makes one state of two that have the same key. No verdict rests on it, since the judge looks at the outcome; tests put faulty ones in its
 * place.
 */
interface Merging {
  /** By the lattice of states. */
  Merging OF_LATTICE = new Merging() {};

  /** Whether {@code arriving} says nothing that {@code kept} excludes, and need not be followed. */
  default boolean covers(State kept, State arriving) {
    return StateInclusion.includes(kept, arriving);
  }

  /** A state that covers both; {@code relating} asks for relations that hold in both without being written in either. */
  default State join(State kept, State arriving, boolean relating) {
    return StateJoin.join(kept, arriving, relating);
  }

  /** A state that covers {@code joined}, from a chain that ends. */
  default State widen(State kept, State joined, Thresholds thresholds) {
    return StateJoin.widen(kept, joined, thresholds);
  }
}
