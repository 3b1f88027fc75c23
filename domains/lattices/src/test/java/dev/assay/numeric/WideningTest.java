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

  @Test
  void ofAnAlignmentToManyBytesWholeBytesSurvive() {
    Scalar page = Scalar.constant(0).widen(Scalar.constant(4096), Thresholds.none());
    assertEquals(0, page.bitsMask() & 0xff);
    assertEquals(0xf00, page.bitsMask() & 0xf00);
    Scalar octet = Scalar.constant(0).widen(Scalar.constant(256), Thresholds.none());
    assertEquals(0, octet.bitsMask() & 0xff);
  }

  @Test
  void bitsThatSayMoreThanTheEndsSurvive() {
    Scalar all = Scalar.knownBits(1, 0x70);
    assertEquals(all, all.meet(Scalar.unsigned(0, 0x61)).widen(all, Thresholds.none()));
  }

  @Test
  void bitsThatRepeatTheEndsDoNotHoldThemBack() {
    assertEquals(
        Scalar.unsigned(0, Long.MAX_VALUE),
        Scalar.unsigned(0, 6).widen(Scalar.unsigned(0, 7), Thresholds.none()));
  }

  @Test
  void aThresholdBeyondTheLowHalfIsItsExtreme() {
    Thresholds beyond = Thresholds.of(1L << 40);
    Scalar widened = lowAtMost(5).widen(lowAtMost(8), beyond);
    assertTrue(widened.contains(8));
    assertEquals(0x7fff_ffffL, widened.lowUnsignedMax());
    Scalar far = lowAtMost(0x8000_0000L).widen(lowAtMost(0x8000_0001L), beyond);
    assertTrue(far.contains(0x8000_0001L));
    assertEquals(0xffff_ffffL, far.lowUnsignedMax());
  }

  private static Scalar lowAtMost(long bound) {
    return Scalar.assume(Condition.LE, true, Scalar.top(), Scalar.constant(bound))
        .left();
  }

  @Test
  void narrowingTakesWhatTheBodyShows() {
    Scalar widened = Scalar.constant(0).widen(Scalar.unsigned(0, 1), Thresholds.none());
    assertEquals(Scalar.unsigned(0, 10), widened.narrow(Scalar.unsigned(0, 10)));
  }
}
