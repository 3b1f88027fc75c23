package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the components tell each other, by cases that programs depend on. */
class ScalarTest {
  private static Scalar assume(Condition condition, boolean low, Scalar s, long constant) {
    return Scalar.assume(condition, low, s, Scalar.constant(constant)).left();
  }

  @Test
  void alignmentTightensBothEnds() {
    Scalar aligned = Scalar.knownBits(0, ~3L).meet(Scalar.unsigned(5, 15));
    assertEquals(8, aligned.unsignedMin());
    assertEquals(12, aligned.unsignedMax());
  }

  @Test
  void aCommonPrefixIsKnownBits() {
    Scalar s = Scalar.unsigned(0x1230, 0x123f);
    assertEquals(0x1230, s.bitsValue());
    assertEquals(0xf, s.bitsMask());
  }

  @Test
  void signedBoundsThatDoNotCrossZeroBoundTheUnsignedReading() {
    Scalar s = Scalar.signed(-8, -4);
    assertEquals(-8, s.unsignedMin());
    assertEquals(-4, s.unsignedMax());
    assertEquals(0xffff_fff8L, s.lowUnsignedMin());
  }

  @Test
  void anUnsignedBoundCutsASignedIntervalThatCrossesZero() {
    Scalar s = Scalar.signed(-8, 100).meet(Scalar.unsigned(0, 50));
    assertEquals(0, s.signedMin());
    assertEquals(50, s.signedMax());
  }

  @Test
  void aBoundOnTheWordBoundsItsLowHalfWhereItFits() {
    Scalar s = assume(Condition.LE, false, Scalar.top(), 1500);
    assertEquals(1500, s.lowUnsignedMax());
    assertEquals(0, s.lowSignedMin());
  }

  @Test
  void aBoundOnTheLowHalfBoundsAWordWithoutHighBits() {
    Scalar s = assume(Condition.LE, true, Scalar.top().zeroExtend(32), 1500);
    assertEquals(1500, s.unsignedMax());
    assertEquals(1500, s.signedMax());
  }

  @Test
  void aBoundOnTheLowHalfDoesNotBoundAWordWithHighBits() {
    Scalar s = assume(Condition.LE, true, Scalar.top(), 1500);
    assertEquals(1500, s.lowUnsignedMax());
    assertEquals(0xffff_ffff_0000_05dcL, s.unsignedMax());
  }

  @Test
  void anExcludedEndTightensEveryInterval() {
    Scalar s = assume(Condition.NE, false, Scalar.unsigned(0, 10), 0);
    assertEquals(Scalar.unsigned(1, 10), s);
    assertEquals(1, s.lowSignedMin());
    assertEquals(Scalar.unsigned(0, 9), assume(Condition.NE, true, Scalar.unsigned(0, 10), 10));
  }

  @Test
  void excludingZeroExcludesItForTheUnsignedReadingOnly() {
    Scalar s = assume(Condition.NE, false, Scalar.signed(-5, 5), 0);
    assertEquals(1, s.unsignedMin());
    assertEquals(-5, s.signedMin());
  }

  @Test
  void aSignExtensionByShiftsKeepsTheRange() {
    Scalar low = assume(Condition.SLE, true, assume(Condition.SGE, true, Scalar.top(), -7), 9);
    Scalar shift = Scalar.constant(32);
    assertEquals(Scalar.signed(-7, 9), low.shiftLeft(shift).shiftRightSigned(shift));
    assertEquals(low.signExtend(32), low.shiftLeft(shift).shiftRightSigned(shift));
  }

  @Test
  void aZeroExtensionByShiftsKeepsTheRange() {
    Scalar low = assume(Condition.LE, true, Scalar.top(), 9);
    Scalar shift = Scalar.constant(32);
    assertEquals(Scalar.unsigned(0, 9), low.shiftLeft(shift).shiftRight(shift));
  }

  @Test
  void aSumThatWrapsKeepsItsRange() {
    assertEquals(Scalar.signed(-3, 2), Scalar.unsigned(4, 9).add(Scalar.constant(-7)));
    assertEquals(Scalar.unsigned(4, 9), Scalar.signed(-3, 2).add(Scalar.constant(7)));
  }

  @Test
  void aMaskBoundsAnUnknownWord() {
    assertEquals(Scalar.knownBits(0, 0xf0), Scalar.top().and(Scalar.constant(0xf0)));
  }

  @Test
  void aRemainderByAConstantIsLess() {
    assertEquals(Scalar.unsigned(0, 6), Scalar.top().moduloUnsigned(Scalar.constant(7)));
    assertEquals(Scalar.signed(-6, 6), Scalar.top().moduloSigned(Scalar.constant(7)));
  }

  @Test
  void aTestOfOneBitKnowsItAfterwards() {
    assertEquals(4, assume(Condition.SET, false, Scalar.top(), 4).bitsValue());
    assertEquals(~4L, assume(Condition.NOT_SET, false, Scalar.top(), 4).bitsMask());
  }

  @Test
  void swappedBytesAreKnownWhereTheyWere() {
    assertEquals(Scalar.unsigned(0, 255), Scalar.knownBits(0, 0xff00).byteSwap(16));
    assertEquals(Scalar.constant(0x0800), Scalar.constant(8).byteSwap(16));
    assertThrows(IllegalArgumentException.class, () -> Scalar.top().byteSwap(12));
  }

  @Test
  void divisionFollowsTheRfcWhereItIsUndefinedElsewhere() {
    Scalar zero = Scalar.constant(0);
    assertEquals(zero, Scalar.top().divideUnsigned(zero));
    assertEquals(zero, Scalar.top().divideSigned(zero));
    assertEquals(Scalar.top(), Scalar.top().moduloUnsigned(zero));
    assertEquals(Scalar.unsigned(3, 4), Scalar.unsigned(3, 4).moduloSigned(zero));
    Scalar least = Scalar.constant(Long.MIN_VALUE);
    assertEquals(least, least.divideSigned(Scalar.constant(-1)));
    assertEquals(zero, least.moduloSigned(Scalar.constant(-1)));
  }

  @Test
  void aSignedQuotientByAPowerOfTwoKeepsBitsWhereItIsAShift() {
    Scalar sixteen = Scalar.constant(16);
    assertEquals(
        Scalar.knownBits(0, 2), Scalar.knownBits(0, 0x50).divideSigned(Scalar.constant(32)));
    assertEquals(
        Scalar.knownBits(Long.MIN_VALUE >> 4, 5),
        Scalar.knownBits(Long.MIN_VALUE, 0x50).divideSigned(sixteen));
  }

  @Test
  void shiftCountsAreMaskedToTheWidth() {
    Scalar one = Scalar.constant(1);
    assertEquals(Scalar.constant(2), one.shiftLeft(Scalar.constant(65)));
    assertEquals(Scalar.constant(2), one.apply(Operation.SHIFT_LEFT, true, Scalar.constant(33)));
  }

  @Test
  void decisionsSeeAllComponents() {
    Scalar odd = Scalar.knownBits(1, ~1L);
    assertEquals(Truth.NEVER, Scalar.decide(Condition.EQ, false, odd, Scalar.constant(6)));
    assertEquals(Truth.ALWAYS, Scalar.decide(Condition.SET, false, odd, Scalar.constant(3)));
    assertEquals(
        Truth.ALWAYS,
        Scalar.decide(Condition.SLT, false, Scalar.signed(-9, -1), Scalar.unsigned(0, 5)));
    assertEquals(
        Truth.NEVER,
        Scalar.decide(Condition.LT, false, Scalar.signed(-9, -1), Scalar.unsigned(0, 5)));
    assertEquals(Truth.MAYBE, Scalar.decide(Condition.EQ, false, odd, Scalar.constant(7)));
    Scalar four = Scalar.knownBits(0, 4);
    assertEquals(Truth.NEVER, Scalar.decide(Condition.SET, false, four, Scalar.constant(8)));
    assertEquals(Truth.MAYBE, Scalar.decide(Condition.SET, false, four, Scalar.constant(12)));
    assertEquals(Truth.ALWAYS, Scalar.decide(Condition.NOT_SET, false, four, Scalar.constant(8)));
  }

  @Test
  void anImpossibleConditionLeavesBottomOnBothSides() {
    Refined none = Scalar.assume(Condition.GT, false, Scalar.unsigned(0, 5), Scalar.unsigned(5, 9));
    assertTrue(none.isBottom());
    assertTrue(none.right().isBottom());
    assertFalse(Scalar.assume(Condition.GE, false, Scalar.unsigned(0, 5), Scalar.unsigned(5, 9))
        .isBottom());
  }

  @Test
  void nothingNewIsTheSameObject() {
    Scalar s = Scalar.unsigned(3, 90);
    assertSame(s, s.join(Scalar.unsigned(4, 5)));
    assertSame(s, s.meet(Scalar.unsigned(0, 100)));
    assertSame(s, assume(Condition.LE, false, s, 100));
    assertSame(s, s.widen(Scalar.constant(7), Thresholds.none()));
    assertSame(Scalar.constant(7), Scalar.constant(7));
  }

  @Test
  void onlyAConstantHasAConstantValue() {
    assertEquals(-1, Scalar.constant(-1).constantValue());
    assertFalse(Scalar.unsigned(0, 1).isConstant());
    assertFalse(Scalar.bottom().isConstant());
    assertThrows(IllegalStateException.class, () -> Scalar.top().constantValue());
  }

  @Test
  void aLowHalfAroundZeroIsNewsThoughTheWordIsUnknown() {
    Scalar low = assume(Condition.SLE, true, assume(Condition.SGE, true, Scalar.top(), -5), 5);
    assertTrue(Scalar.top().isTop());
    assertFalse(low.isTop());
    assertFalse(Scalar.unsigned(0, 5).isTop());
    assertFalse(Scalar.bottom().isTop());
    assertEquals(Long.MIN_VALUE, low.signedMin());
    Scalar doubled = low.shiftLeft(Scalar.constant(1));
    assertEquals(-10, doubled.lowSignedMin());
    assertEquals(10, doubled.lowSignedMax());
  }

  @Test
  void theTextSaysWhatIsKnown() {
    assertEquals("any", Scalar.top().toString());
    assertEquals("none", Scalar.bottom().toString());
    assertEquals("-7", Scalar.constant(-7).toString());
    assertEquals(
        "[0, 5] bits 0/7, low half [0, 5] bits 0/7", Scalar.unsigned(0, 5).toString());
    assertEquals(
        "[0, 5] or [-2, -1] bits 0/ffffffffffffffff",
        Scalar.signed(-2, 5).toString().split(",? low half")[0]);
  }
}
