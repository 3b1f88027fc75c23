package dev.assay.verifier.state;

import dev.assay.numeric.LatticeLaws;
import dev.assay.numeric.Thresholds;

/** States as a lattice, whatever they are samples of. */
abstract class StateLaws extends LatticeLaws<State, ConcreteState> {
  private final Thresholds thresholds;

  /** {@code thresholds}: where widening stops. */
  StateLaws(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  protected int tries() {
    return 1000;
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
    return StateJoin.widen(old, next, thresholds);
  }

  @Override
  public boolean isCanonical() {
    return false;
  }
}
