package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.Value;

/**
 * How a number on a new symbol was computed, kept as facts: compilers test a copy, a sum, a difference, a masked, shifted or swapped word, and then use what it
 * was made from.
 *
 * <p>Sound: 64-bit operations are equations of words. A 32-bit operation is one only where both operands are their own low halves and the result of the 64-bit
 * operation fits into 32 bits; elsewhere nothing is kept.
 */
final class Definitions {
  private static final long LOW_MASK = 0xffffffffL;

  private Definitions() {}

  /** Remembers that {@code result}, a new symbol, is what the operation gives; {@code low} tells that it is a 32-bit one. */
  static void remember(
      Numbers numbers,
      ArithmeticOperator operator,
      boolean low,
      Value left,
      Value right,
      Value result) {
    if (result.isLiteral() || left.form() != Form.FULL || right.form() != Form.FULL) {
      return;
    }
    Scalar l = numbers.of(left);
    Scalar r = numbers.of(right);
    if (low && !isExactInLowHalf(operator, l, r)) {
      return;
    }
    switch (operator) {
      case ADD -> {
        if (!left.isLiteral() && !right.isLiteral()) {
          numbers.learn(new Fact.Sum(
              left.symbol(), right.symbol(), result.symbol(), -left.shift() - right.shift()));
        }
      }
      case SUB -> {
        if (!right.isLiteral()) {
          // result + right = left.
          numbers.learn(new Fact.Sum(
              result.symbol(), right.symbol(), left.symbol(), left.shift() - right.shift()));
        }
      }
      case AND, LSH, RSH, MUL, DIV -> {
        if (r.isConstant() && !left.isLiteral() && left.shift() == 0) {
          rememberImage(numbers, operator, low, left.symbol(), r.constantValue(), result.symbol());
        }
      }
      case SDIV, MOD, SMOD, OR, XOR, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 -> {}
    }
  }

  private static void rememberImage(
      Numbers numbers,
      ArithmeticOperator operator,
      boolean low,
      int argument,
      long constant,
      int result) {
    long count = constant & (low ? 31 : 63);
    long parameter = low ? constant & LOW_MASK : constant;
    switch (operator) {
      case AND -> numbers.learn(new Fact.Image(result, Fact.Function.AND, parameter, argument));
      case LSH -> {
        if (count != 0) {
          numbers.learn(new Fact.Image(result, Fact.Function.SHIFT_LEFT, count, argument));
        }
      }
      case RSH -> {
        if (count != 0) {
          numbers.learn(new Fact.Image(result, Fact.Function.SHIFT_RIGHT, count, argument));
        }
      }
      case MUL ->
        numbers.learn(new Fact.Image(result, Fact.Function.MULTIPLY, parameter, argument));
      case DIV -> {
        if (parameter != 0) {
          numbers.learn(new Fact.Image(result, Fact.Function.DIVIDE, parameter, argument));
        }
      }
      case ADD, SUB, SDIV, MOD, SMOD, OR, XOR, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 ->
        throw new IllegalArgumentException(operator + " is not remembered as an image");
    }
  }

  /** Whether the 64-bit operation on these words is the 32-bit one. */
  private static boolean isExactInLowHalf(ArithmeticOperator operator, Scalar l, Scalar r) {
    if (!Numbers.isLowHalf(l)) {
      return false;
    }
    return switch (operator) {
      case ADD -> Numbers.isLowHalf(r) && l.signedMax() + r.signedMax() <= LOW_MASK;
      case SUB -> Numbers.isLowHalf(r) && l.signedMin() >= r.signedMax();
      // An immediate is read as its low half.
      case AND, RSH, DIV -> r.isConstant();
      case LSH -> r.isConstant() && l.signedMax() << (r.constantValue() & 31) <= LOW_MASK;
      case MUL ->
        r.isConstant()
            // Of two halves the product has 64 bits.
            && Long.compareUnsigned(l.signedMax() * (r.constantValue() & LOW_MASK), LOW_MASK) <= 0;
      case SDIV, MOD, SMOD, OR, XOR, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 -> false;
    };
  }

  /**
   * What is known of left − right where right is (left / k) · k: it is left mod k, in [0, k). Compilers compute a remainder so. The product is at most {@code left},
   * so that the 32-bit difference of two low halves is the same.
   */
  static Scalar remainder(Numbers numbers, boolean low, Value left, Value right) {
    if (left.form() != Form.FULL
        || right.form() != Form.FULL
        || left.isLiteral()
        || right.isLiteral()
        || left.shift() != 0
        || right.shift() != 0
        || (low && !Numbers.isLowHalf(numbers.of(left)))) {
      return Scalar.top();
    }
    for (Fact fact : numbers.facts().all()) {
      if (fact instanceof Fact.Image(int product, var multiply, long k, int quotient)
          && multiply == Fact.Function.MULTIPLY
          && product == right.symbol()
          && k > 0
          && numbers
              .facts()
              .all()
              .contains(new Fact.Image(quotient, Fact.Function.DIVIDE, k, left.symbol()))) {
        return Scalar.signed(0, k - 1);
      }
    }
    return Scalar.top();
  }
}
