package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import org.junit.jupiter.api.Test;

/** Words of which relations cannot speak, because a sum may wrap around, are related to nothing, and not to each other either. */
class UnrelatedWordsTest {
  /** r1 = s + shift and r2 = t + shift, of which nothing is known. */
  private static State state(long shift) {
    State state = new State(512, Relations.zones());
    for (int r = 1; r <= 2; r++) {
      int symbol = state.numbers().fresh(Scalar.top());
      state.setRegister(r, new Value(Kind.Basic.NUMBER, Form.FULL, symbol, shift));
    }
    return state;
  }

  @Test
  void aRelationDoesNotIncludeWordsThatMayWrap() {
    State ordered = state(0);
    assertTrue(ordered.numbers().assumeDifference(ordered.register(1), ordered.register(2), 0));
    assertFalse(StateInclusion.includes(ordered, state(1)));
    assertTrue(StateInclusion.includes(state(0), state(1)));
  }

  @Test
  void theJoinOfWordsThatMayWrapRelatesNothing() {
    State joined = StateJoin.join(state(1), state(2), true);
    assertEquals(
        Relations.UNBOUNDED,
        joined.numbers().maxDifference(joined.register(1), joined.register(2)));
  }
}
