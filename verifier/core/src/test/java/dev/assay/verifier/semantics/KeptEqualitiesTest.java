package dev.assay.verifier.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Width;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which results are over the symbol of an operand, so that what is learnt of either is known of both; and how sums are related to their operands. */
class KeptEqualitiesTest {
  private static final long LOW = 0xffffffffL;

  private static final long FAR = 0x500000000L;

  private final State state = new State(32, Relations.zones());

  private Value number(long least, long most) {
    return state.numbers().freshNumber(Scalar.signed(least, most));
  }

  private final Value anything = state.numbers().freshNumber(Scalar.top());

  private Value apply(ArithmeticOperator operator, Width width, Value left, Value right) {
    return NumberArithmetic.apply(state, operator, width, left, right);
  }

  private Value full(ArithmeticOperator operator, Value left, long right) {
    return apply(operator, Width.W64, left, Value.constant(right));
  }

  private Value low(ArithmeticOperator operator, Value left, long right) {
    return apply(operator, Width.W32, left, Value.constant(right));
  }

  private static Value moved(Value value, long distance) {
    return of(value, Form.FULL, distance);
  }

  private static Value of(Value value, Form form, long distance) {
    return new Value(Kind.Basic.NUMBER, form, value.symbol(), value.shift() + distance);
  }

  @Test
  void aNumberPlusAConstantIsThatNumberMoved() {
    assertEquals(moved(anything, 5), full(ArithmeticOperator.ADD, anything, 5));
    assertEquals(
        moved(anything, 5), apply(ArithmeticOperator.ADD, Width.W64, Value.constant(5), anything));
    assertEquals(moved(anything, -5), full(ArithmeticOperator.SUB, anything, 5));
    assertEquals(moved(anything, 8), full(ArithmeticOperator.ADD, moved(anything, 5), 3));
    assertNotEquals(
        anything.symbol(),
        apply(ArithmeticOperator.SUB, Width.W64, Value.constant(5), anything).symbol());
  }

  @Test
  void theDifferenceOfTwoCopiesThatWereMovedIsAConstant() {
    assertEquals(
        Value.constant(-3),
        apply(ArithmeticOperator.SUB, Width.W64, moved(anything, 5), moved(anything, 8)));
    assertNotEquals(
        Value.constant(0), apply(ArithmeticOperator.SUB, Width.W64, anything, number(0, 8)));
  }

  @Test
  void aHalfThatIsShiftedUpAndDownIsExtended() {
    Value up = full(ArithmeticOperator.LSH, moved(anything, 3), 32);
    assertEquals(of(anything, Form.SHIFTED, 3), up);
    assertEquals(of(anything, Form.ZERO_EXTENDED, 3), full(ArithmeticOperator.RSH, up, 32));
    assertEquals(of(anything, Form.SIGN_EXTENDED, 3), full(ArithmeticOperator.ARSH, up, 32));
    // Of the distance only six bits count.
    assertEquals(up, full(ArithmeticOperator.LSH, moved(anything, 3), 96));
    assertEquals(of(anything, Form.ZERO_EXTENDED, 3), full(ArithmeticOperator.RSH, up, 96));
    assertEquals(of(anything, Form.SIGN_EXTENDED, 3), full(ArithmeticOperator.ARSH, up, -32));
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.LSH, anything, 31).symbol());
    assertNotEquals(anything.symbol(), full(ArithmeticOperator.RSH, up, 31).symbol());
    assertNotEquals(anything.symbol(), full(ArithmeticOperator.ARSH, up, 33).symbol());
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.RSH, anything, 32).symbol());
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.ARSH, anything, 32).symbol());
  }

  @Test
  void aMaskThatClearsNothingChangesNothing() {
    Value small = number(0, 7);
    assertEquals(small, full(ArithmeticOperator.AND, small, 7));
    assertEquals(small, full(ArithmeticOperator.AND, small, 15));
    assertEquals(anything, full(ArithmeticOperator.AND, anything, -1));
    assertNotEquals(small.symbol(), full(ArithmeticOperator.AND, small, 6).symbol());
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.AND, anything, 0xffff).symbol());
    assertEquals(of(anything, Form.ZERO_EXTENDED, 0), full(ArithmeticOperator.AND, anything, LOW));
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.AND, anything, 0x1ffffffffL).symbol());
  }

  @Test
  void aMaskThatClearsNothingInAHalfLeavesTheHalf() {
    Value small = number(0, 7);
    assertEquals(small, low(ArithmeticOperator.AND, small, 7));
    assertEquals(small, low(ArithmeticOperator.AND, small, -1));
    assertNotEquals(small.symbol(), low(ArithmeticOperator.AND, small, 6).symbol());
    assertEquals(of(anything, Form.ZERO_EXTENDED, 0), low(ArithmeticOperator.AND, anything, -1));
    assertNotEquals(
        anything.symbol(), low(ArithmeticOperator.AND, anything, 0xffff).symbol());
    // The high half may be set, the low half is at most 7.
    Value wide = state.numbers().freshNumber(Scalar.knownBits(0, 0x700000007L));
    assertEquals(of(wide, Form.ZERO_EXTENDED, 0), low(ArithmeticOperator.AND, wide, 7));
    assertNotEquals(wide.symbol(), low(ArithmeticOperator.AND, wide, 3).symbol());
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "SUB", "OR", "XOR", "LSH", "RSH", "ARSH", "MUL", "DIV", "SDIV"})
  void theNeutralNumberChangesNothing(ArithmeticOperator operator) {
    boolean factor =
        switch (operator) {
          case MUL, DIV, SDIV -> true;
          default -> false;
        };
    int neutral = factor ? 1 : 0;
    assertEquals(anything, full(operator, anything, neutral));
    // The host looks at the low half of the constant.
    assertEquals(
        of(anything, Form.ZERO_EXTENDED, 0), low(operator, anything, 0x500000000L + neutral));
    Value half = number(0, LOW);
    assertEquals(half, low(operator, half, neutral));
    if (operator != ArithmeticOperator.ADD && operator != ArithmeticOperator.SUB) {
      assertNotEquals(anything.symbol(), full(operator, anything, neutral + 1).symbol());
      assertNotEquals(anything.symbol(), low(operator, anything, neutral + 1).symbol());
      assertNotEquals(anything.symbol(), full(operator, anything, neutral + 2).symbol());
    }
  }

  @Test
  void aShiftByTheWidthIsAShiftByNothing() {
    assertEquals(anything, full(ArithmeticOperator.LSH, anything, 64));
    assertEquals(of(anything, Form.ZERO_EXTENDED, 0), low(ArithmeticOperator.RSH, anything, 32));
    assertNotEquals(
        anything.symbol(), full(ArithmeticOperator.RSH, anything, 63).symbol());
  }

  @Test
  void noNumberIsNeutralToARemainder() {
    for (long constant : new long[] {1, 2, -1}) {
      assertNotEquals(
          anything.symbol(), full(ArithmeticOperator.MOD, anything, constant).symbol());
      assertNotEquals(
          anything.symbol(), full(ArithmeticOperator.SMOD, anything, constant).symbol());
    }
  }

  /** (u32) (x + c) is x + c where neither leaves the low half; else only its low half is known. */
  @ParameterizedTest
  @CsvSource({
    "0, 0xfffffffa, 5, FULL",
    "0, 0xfffffffb, 5, ZERO_EXTENDED",
    "5, 9, -5, FULL",
    "4, 9, -5, ZERO_EXTENDED",
    "-1, 9, 5, ZERO_EXTENDED"
  })
  void aHalfIsMovedAsAWholeWhereItStaysOne(long least, String most, int constant, Form form) {
    // A number that is a half, over a symbol that is none.
    Value half = moved(number(least - FAR, Long.decode(most) - FAR), FAR);
    for (Value sum : new Value[] {
      low(ArithmeticOperator.ADD, half, constant),
      apply(ArithmeticOperator.ADD, Width.W32, Value.constant(constant), half),
      low(ArithmeticOperator.SUB, half, -constant)
    }) {
      assertEquals(form, sum.form());
      assertEquals(half.symbol(), sum.symbol());
      assertEquals((int) (half.shift() + constant), (int) sum.shift());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 0, 255", "8, 0, 256", "16, 0, 65535", "16, 0, 65536", "16, -1, 7"})
  void truncationKeepsWhatFits(int bits, long least, long most) {
    Value value = number(least, most);
    boolean fits = least >= 0 && most < 1L << bits;
    assertEquals(fits, NumberArithmetic.truncated(state, value, bits).equals(value));
  }

  private void relatedBy(long least, long most, Value left, Value right) {
    Relations relations = state.numbers().relations();
    assertEquals(most, relations.upperBound(left.symbol(), right.symbol()));
    assertEquals(-least, relations.upperBound(right.symbol(), left.symbol()));
  }

  /** A number that relations already mention. */
  private Value related(long least, long most) {
    Value value = number(least, most);
    assertTrue(state.numbers().assumeDifference(value, number(0, 1000), 10));
    return value;
  }

  @Test
  void aSumLiesBehindItsOperandsByTheOther() {
    Value x = related(0, 100);
    Value y = related(2, 5);
    Value sum = apply(ArithmeticOperator.ADD, Width.W64, x, y);
    relatedBy(2, 5, sum, x);
    relatedBy(0, 100, sum, y);
  }

  @Test
  void aDifferenceLiesBeforeItsFirstOperandByTheSecond() {
    Value x = related(0, 100);
    Value y = number(2, 5);
    relatedBy(-5, -2, apply(ArithmeticOperator.SUB, Width.W64, x, y), x);
  }

  @Test
  void aSumThatMayWrapIsNotRelated() {
    Value x = related(0, 100);
    Value exact =
        apply(ArithmeticOperator.ADD, Width.W64, x, number(Long.MIN_VALUE, Long.MAX_VALUE - 100));
    assertFalse(state.numbers().relations().mentions(exact.symbol()));
    Value sum = apply(ArithmeticOperator.ADD, Width.W64, x, number(0, Long.MAX_VALUE - 100));
    assertEquals(0, state.numbers().relations().upperBound(x.symbol(), sum.symbol()));
    Value wraps = apply(ArithmeticOperator.ADD, Width.W64, x, number(0, Long.MAX_VALUE - 99));
    assertFalse(state.numbers().relations().mentions(wraps.symbol()));
  }

  /** x − y with y in the range given, and whether it is the difference of the integers. */
  @ParameterizedTest
  @CsvSource({
    "0, 100, -0x7fffffffffffff9b, 0, true",
    "0, 100, -0x7fffffffffffff9c, 0, false",
    "-100, 0, 0, 0x7fffffffffffff9c, true",
    "-100, 0, 0, 0x7fffffffffffff9d, false",
    "-100, -1, 0, 0x7fffffffffffff9d, false",
    "-1, 100, -5, 0x7fffffffffffffff, true",
    "-2, 100, -5, 0x7fffffffffffffff, false"
  })
  void aDifferenceThatMayWrapIsNotRelated(
      long least, long most, String from, String to, boolean exact) {
    Value x = related(least, most);
    Value y = number(Long.decode(from), Long.decode(to));
    Value difference = apply(ArithmeticOperator.SUB, Width.W64, x, y);
    assertEquals(exact, state.numbers().relations().mentions(difference.symbol()));
  }

  @Test
  void theNegativeOfTheLeastNumberBoundsNoDifference() {
    Value x = related(-9, -1);
    Value y = number(Long.MIN_VALUE, 5);
    Value difference = apply(ArithmeticOperator.SUB, Width.W64, x, y);
    assertEquals(
        Relations.UNBOUNDED,
        state.numbers().relations().upperBound(difference.symbol(), x.symbol()));
    assertEquals(
        Relations.UNBOUNDED,
        state.numbers().relations().upperBound(x.symbol(), difference.symbol()));
  }

  @Test
  void whatNothingIsKnownAboutIsNotRelated() {
    Value x = number(0, 100);
    apply(ArithmeticOperator.ADD, Width.W64, x, number(2, 5));
    apply(ArithmeticOperator.SUB, Width.W64, x, number(2, 5));
    assertTrue(state.numbers().relations().isEmpty());
  }

  @Test
  void aDifferenceIsAsLargeAsItIsKnownToBe() {
    Value x = number(0, 100);
    Value y = number(0, 100);
    assertTrue(state.numbers().assumeDifference(x, y, 3));
    assertTrue(state.numbers().assumeDifference(y, x, -2));
    Scalar known = state.scalar(apply(ArithmeticOperator.SUB, Width.W64, x, y));
    assertEquals(2, known.signedMin());
    assertEquals(3, known.signedMax());
    Scalar negative = state.scalar(apply(ArithmeticOperator.SUB, Width.W64, y, x));
    assertEquals(-3, negative.signedMin());
    assertEquals(-2, negative.signedMax());
  }

  @Test
  void aDifferenceThatIsKnownIsAConstant() {
    Value x = number(0, 100);
    Value y = number(0, 100);
    assertTrue(state.numbers().assumeDifference(x, y, 3));
    assertTrue(state.numbers().assumeDifference(y, x, -3));
    assertEquals(Value.constant(3), apply(ArithmeticOperator.SUB, Width.W64, x, y));
  }
}
