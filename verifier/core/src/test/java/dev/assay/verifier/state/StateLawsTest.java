package dev.assay.verifier.state;

import dev.assay.numeric.Thresholds;
import java.util.List;

/**
 * Whole states as a lattice. Their words stay away from the ends of the 64-bit range, because differences beyond 2^62 are not stored, however they were found.
 */
class StateLawsTest extends StateLaws {
  StateLawsTest() {
    super(Thresholds.of(-1, 0, 1, 10, 0xff, 0x7fffffffL, 0xffffffffL));
  }

  @Override
  public Sample<State, ConcreteState> sample(long family, long seed) {
    RandomStates.Sample sample = RandomStates.tame(family, seed, 0.1);
    return new Sample<>(StateJoin.canonical(sample.state()), List.of(sample.concrete()));
  }

  @Override
  public State arriving(State e, long family, long seed) {
    return RandomStates.tame(family, seed, 0.3).state();
  }

  /** Each step loses a kind, a cell, an equality, a relation, or moves a bound to the next threshold. */
  @Override
  public int longestChain() {
    return 40;
  }

  @Override
  public int missesPerThousand() {
    return 3;
  }
}
