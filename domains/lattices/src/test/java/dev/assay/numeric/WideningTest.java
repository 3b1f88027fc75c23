package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WideningTest {
  private static final Thresholds THRESHOLDS =
      Thresholds.of(-1, 0, 63, 64, 65, 1500, 1 << 20, 0xffff_ffffL);

  @Test
  void aCounterStopsAtTheThresholdOfItsLoop() {
    Scalar zero = Scalar.constant(0);
    Scalar once = zero.widen(Scalar.unsigned(0, 1), THRESHOLDS);
    assertEquals(Scalar.unsigned(0, 63), once);
    assertEquals(Scalar.unsigned(0, 64), once.widen(Scalar.unsigned(0, 64), THRESHOLDS));
  }

  @Test
  void aCounterThatCountsDownStopsToo() {
    Scalar widened = Scalar.constant(64).widen(Scalar.unsigned(63, 64), THRESHOLDS);
    assertEquals(Scalar.unsigned(63, 64), widened);
    assertEquals(Scalar.unsigned(0, 64), widened.widen(Scalar.unsigned(62, 64), THRESHOLDS));
  }

  @Test
  void withoutThresholdsABoundGoesToTheExtremeOfItsSign() {
    Scalar widened = Scalar.constant(0).widen(Scalar.unsigned(0, 1), Thresholds.none());
    assertEquals(Scalar.unsigned(0, Long.MAX_VALUE), widened);
  }

  @Test
  void alignmentSurvives() {
    Scalar widened = Scalar.constant(0).widen(Scalar.constant(24), THRESHOLDS);
    assertEquals(0, widened.bitsMask() & 7);
    assertEquals(56, widened.unsignedMax());
  }

  /** Against the slowest growth that could be found: the nearest word outside, or a random one. */
  @Test
  void everyChainEndsSoon() {
    int longest = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      RandomWords random = new RandomWords(RandomWords.SEED + seed);
      Scalar s = random.including(random.word());
      int steps = 0;
      for (int tries = 0; tries < 200 && !s.isTop(); tries++) {
        long v =
            switch (random.below(7)) {
              case 0 -> s.unsignedMax() + 1;
              case 1 -> s.unsignedMin() - 1;
              case 2 -> s.signedMax() + 1;
              case 3 -> s.signedMin() - 1;
              case 4 -> (s.unsignedMax() & ~0xffff_ffffL) | (s.lowUnsignedMax() + 1 & 0xffff_ffffL);
              case 5 -> s.signedMax() + Long.lowestOneBit(s.bitsMask());
              default -> random.word();
            };
        Scalar next = s.join(Scalar.constant(v));
        if (!s.includes(next)) {
          s = s.widen(next, THRESHOLDS);
          steps++;
          assertTrue(s.includes(next));
        }
      }
      longest = Math.max(longest, steps);
    }
    assertTrue(longest <= 40, "steps: " + longest);
  }

  @Test
  void narrowingTakesWhatTheBodyShows() {
    Scalar widened = Scalar.constant(0).widen(Scalar.unsigned(0, 1), Thresholds.none());
    assertEquals(Scalar.unsigned(0, 10), widened.narrow(Scalar.unsigned(0, 10)));
  }
}
