package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.numeric.Thresholds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Facts where states meet; StateLatticeTest has the random ones. */
class FactJoinTest {
  private static final Thresholds THRESHOLDS = Thresholds.of(0, 1L << 40);

  /** r1 to r3 are symbols with this range. */
  private static State state(Scalar range) {
    State state = new State(32, Relations.zones());
    for (int r = 1; r <= 3; r++) {
      state.setRegister(r, Value.ofSymbol(state.numbers().fresh(range)));
    }
    return state;
  }

  private static State moved(State state, int register, long shift) {
    Value value = state.register(register);
    State result = state.copy();
    result.setRegister(
        register, new Value(value.kind(), value.form(), value.symbol(), value.shift() + shift));
    return result;
  }

  private static State with(State state, Fact fact) {
    State result = state.copy();
    result.numbers().learn(fact);
    return result;
  }

  private static List<Fact> joined(State left, State right) {
    return StateJoin.join(left, right, false).numbers().facts().all();
  }

  @Test
  void aBoundMovesWithItsSymbols() {
    State left = with(state(Scalar.signed(0, 100)), new Fact.AtMost(1, 2, 3, 5));
    State right = with(state(Scalar.signed(0, 100)), new Fact.AtMost(1, 2, 3, 5));
    assertEquals(
        List.of(new Fact.AtMost(1, 2, 3, 12)), joined(moved(left, 1, 7), moved(right, 1, 7)));
    // 7 more on one side only: 12 is the bound of both.
    assertEquals(List.of(new Fact.AtMost(1, 2, 3, 12)), joined(left, moved(right, 1, 7)));
  }

  @Test
  void shiftsThatTogetherLeave64BitsMoveNoBound() {
    // x + y − total is about 2^63 on the left, and −2^63 on the right.
    State left = with(state(Scalar.signed(-8, 8)), new Fact.AtMost(1, 2, 3, 20));
    left = moved(moved(left, 1, 1L << 62), 3, -(1L << 62));
    State right = state(Scalar.signed(-8, 8));
    right.setRegister(1, Value.constant(-(1L << 62)));
    right.setRegister(2, Value.constant(0));
    right.setRegister(3, Value.constant(1L << 62));
    assertEquals(List.of(), joined(left, right));
  }

  @Test
  void theLargestBoundIsNotKnownOfAnything() {
    State left = with(state(Scalar.top()), new Fact.AtMost(1, 2, 3, Long.MAX_VALUE));
    assertEquals(List.of(), joined(left, state(Scalar.top())));
  }

  /** A bound that grows by one on each round is given up where loops are widened. */
  @Test
  void wideningEndsWhereABoundGrows() {
    State stored = with(state(Scalar.signed(0, 1L << 40)), new Fact.AtMost(1, 2, 3, 0));
    int rounds = 0;
    while (true) {
      State next = moved(stored, 1, 1);
      next.numbers().refine(next.register(1), Scalar.signed(0, 1L << 40));
      if (StateInclusion.includes(stored, next)) {
        break;
      }
      State joined = StateJoin.join(stored, next, true);
      stored = StateJoin.widen(stored, joined, THRESHOLDS);
      rounds++;
      assertTrue(rounds < 50, () -> "still growing");
    }
  }
}
