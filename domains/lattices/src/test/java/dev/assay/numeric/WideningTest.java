package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  @Test
  void narrowingTakesWhatTheBodyShows() {
    Scalar widened = Scalar.constant(0).widen(Scalar.unsigned(0, 1), Thresholds.none());
    assertEquals(Scalar.unsigned(0, 10), widened.narrow(Scalar.unsigned(0, 10)));
  }
}
