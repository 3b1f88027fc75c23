package dev.assay.verifier.state;

import dev.assay.numeric.LatticeLaws;
import dev.assay.numeric.Thresholds;
import java.util.List;

/**
 * Whole states as a lattice. Their words stay away from the ends of the 64-bit range, because differences beyond 2^62 are not stored, however they were found.
 */
class StateLawsTest extends LatticeLaws<State, ConcreteState> {
  private static final Thresholds THRESHOLDS =
      Thresholds.of(-1, 0, 1, 10, 0xff, 0x7fffffffL, 0xffffffffL);

  @Override
  protected int tries() {
    return 1000;
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

  @Override
  public boolean contains(State element, ConcreteState concrete) {
    return concrete.isDescribedBy(element);
  }

  @Override
  public boolean includes(State large, State small) {
    return StateInclusion.includes(large, small);
  }

  @Override
  public State join(State a, State b) {
    return StateJoin.join(a, b, true);
  }

  @Override
  public State widen(State old, State next) {
    return StateJoin.widen(old, next, THRESHOLDS);
  }

  /** Each step loses a kind, a cell, an equality, a relation, or moves a bound to the next threshold. */
  @Override
  public int longestChain() {
    return 40;
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  @Override
  public int missesPerThousand() {
    return 3;
  }
}
