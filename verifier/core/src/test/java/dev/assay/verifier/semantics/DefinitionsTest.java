package dev.assay.verifier.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Width;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operations are remembered: 32-bit ones only where they are the 64-bit ones on the same words. */
class DefinitionsTest {
  private final State state = new State(32, Relations.zones());

  private Value number(String least, String most) {
    return state.numbers().freshNumber(Scalar.signed(Long.decode(least), Long.decode(most)));
  }

  /** Operands with these ranges; the second is a constant where its ends are the same. */
  @ParameterizedTest
  @CsvSource({
    "ADD, 0, 0xfffffff0, 1, 15, true",
    "ADD, 0, 0xfffffff0, 1, 16, false",
    "ADD, 0, 16, 1, 0xffffffff, false",
    "ADD, -1, 16, 1, 16, false",
    "ADD, 1, 16, -1, 16, false",
    "SUB, 16, 99, 0, 16, true",
    "SUB, 15, 99, 0, 16, false",
    "SUB, 16, 99, -1, 16, false",
    "AND, 0, 0xffffffff, 7, 7, true",
    "AND, 0, 0x100000000, 7, 7, false",
    "AND, 0, 0xffffffff, 7, 9, false",
    "RSH, 0, 0xffffffff, 7, 7, true",
    "RSH, -1, 9, 7, 7, false",
    "RSH, 0, 0xffffffff, 1, 7, false",
    "DIV, 0, 0xffffffff, 7, 7, true",
    "DIV, 0, 0x100000000, 7, 7, false",
    "LSH, 0, 0xffffffff, 1, 1, false",
    "LSH, 0, 0x7fffffff, 1, 1, true",
    "LSH, 0, 0x80000000, 1, 1, false",
    "LSH, 0, 1, 31, 31, true",
    "LSH, 0, 2, 31, 31, false",
    "LSH, 0, 1, 1, 2, false",
    "MUL, 0, 0x55555555, 3, 3, true",
    "MUL, 0, 0x55555556, 3, 3, false",
    "MUL, 0, 0xffffffff, -1, -1, false",
    "MUL, 0, 0xffff, -1, -1, false",
    "MUL, 0, 0x1000000000, 3, 3, false",
    "MUL, 0, 5, 0x600000003, 0x600000003, true",
    "MUL, 0, 0xffffffff, 0x80000001, 0x80000001, false",
    "MUL, 0, 5, 2, 3, false"
  })
  void anOperationOnHalvesIsRememberedWhereItIsThatOnTheWords(
      ArithmeticOperator operator,
      String least,
      String most,
      String from,
      String to,
      boolean remembered) {
    Value left = number(least, most);
    Value right = from.equals(to) ? Value.constant(Long.decode(from)) : number(from, to);
    Value result = NumberArithmetic.apply(state, operator, Width.W32, left, right);
    boolean known = state.numbers().facts().all().stream()
        .anyMatch(fact -> fact.mentions(result.symbol()) && fact.mentions(left.symbol()));
    assertEquals(remembered, known, () -> state.numbers().facts().all().toString());
  }

  /** x − (x / k) · k lies in [0, k), and x − (x / k) · m need not. */
  @ParameterizedTest
  @CsvSource({"W64, 10, 10, 9", "W64, 10, 11, -1", "W32, 10, 10, 9", "W64, 1000, 1000, 999"})
  void aRemainderIsLessThanTheDivisor(Width width, long divisor, long factor, long most) {
    Value x = number("0", "0xffff");
    Value quotient =
        NumberArithmetic.apply(state, ArithmeticOperator.DIV, width, x, Value.constant(divisor));
    Value product = NumberArithmetic.apply(
        state, ArithmeticOperator.MUL, width, quotient, Value.constant(factor));
    Scalar remainder =
        state.scalar(NumberArithmetic.apply(state, ArithmeticOperator.SUB, width, x, product));
    assertEquals(most >= 0, remainder.signedMin() >= 0 && remainder.signedMax() <= most);
    if (most >= 0) {
      assertEquals(most, remainder.signedMax());
    }
  }

  @Test
  void anImageIsOfTheWordAndNotOfItsSums() {
    Value x = number("0", "0xffff");
    Value moved = state.plus(x, 1);
    NumberArithmetic.apply(state, ArithmeticOperator.DIV, Width.W64, moved, Value.constant(10));
    assertEquals(
        0,
        state.numbers().facts().all().stream()
            .filter(fact -> fact instanceof Fact.Image)
            .count());
  }
}
