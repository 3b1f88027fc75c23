package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Width;
import dev.assay.numeric.Operation;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import org.jspecify.annotations.Nullable;

/**
 * Operations on two numbers. Equalities are kept where the result is an operand plus a constant, or an extension of its low half ({@link Form});
 * every other result is a new symbol with the scalar that the operation gives.
 */
final class NumberArithmetic {
  private static final long LOW_MASK = 0xffffffffL;

  private NumberArithmetic() {}

  /** The result of an operation on two numbers. */
  static Value apply(
      State state, ArithmeticOperator operator, Width width, Value left, Value right) {
    Numbers numbers = state.numbers();
    Scalar l = numbers.of(left);
    Scalar r = numbers.of(right);
    boolean low = width == Width.W32;
    if (isUnknownSum(operator, l, r)) {
      return sum(state, operator, low, left, right);
    }
    // The first step of a remainder: see Definitions.
    boolean dividend =
        operator == ArithmeticOperator.DIV && left.form() == Form.ZERO_EXTENDED && r.isConstant();
    return apply(numbers, operator, low, dividend ? state.materialised(left) : left, right);
  }

  private static boolean isUnknownSum(ArithmeticOperator operator, Scalar left, Scalar right) {
    return (operator == ArithmeticOperator.ADD && !left.isConstant() && !right.isConstant())
        || (operator == ArithmeticOperator.SUB && !right.isConstant());
  }

  /** Low halves that are parts of a sum become symbols, which facts can be about. */
  private static Value sum(
      State state, ArithmeticOperator operator, boolean low, Value left, Value right) {
    Numbers numbers = state.numbers();
    Value l = left.form() == Form.ZERO_EXTENDED ? state.materialised(left) : left;
    Value r = right.form() == Form.ZERO_EXTENDED ? state.materialised(right) : right;
    return low
        ? apply(numbers, operator, true, numbers.lowHalfAsSymbol(l), numbers.lowHalfAsSymbol(r))
        : apply(numbers, operator, false, l, r);
  }

  private static Value apply(
      Numbers numbers, ArithmeticOperator operator, boolean low, Value left, Value right) {
    Scalar l = numbers.of(left);
    Scalar r = numbers.of(right);
    Scalar result = l.apply(operation(operator), low, r);
    if (operator == ArithmeticOperator.SUB) {
      result = result.meet(Definitions.remainder(numbers, low, left, right));
    }
    if (result.isConstant()) {
      return Value.constant(result.constantValue());
    }
    Value kept = low
        ? keepLow(numbers, operator, left, l, right, r)
        : keepFull(numbers, operator, left, l, right, r);
    if (kept != null) {
      return kept;
    }
    Value fresh =
        low ? numbers.freshNumber(result) : relatedSum(numbers, operator, left, right, result);
    Definitions.remember(numbers, operator, low, left, right, fresh);
    return fresh;
  }

  /** The operation as one that keeps an equality with the operands, or null. */
  private static @Nullable Value keepFull(
      Numbers numbers, ArithmeticOperator operator, Value left, Scalar l, Value right, Scalar r) {
    switch (operator) {
      case ADD -> {
        if (r.isConstant() && left.form() == Form.FULL) {
          return plus(left, r.constantValue());
        }
        if (l.isConstant() && right.form() == Form.FULL) {
          return plus(right, l.constantValue());
        }
      }
      case SUB -> {
        if (r.isConstant() && left.form() == Form.FULL) {
          return plus(left, -r.constantValue());
        }
        if (left.form() == Form.FULL
            && right.form() == Form.FULL
            && left.symbol() == right.symbol()) {
          return Value.constant(left.shift() - right.shift());
        }
      }
      case LSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && lowKnown(left)) {
          return new Value(left.kind(), Form.SHIFTED, left.symbol(), left.shift());
        }
      }
      case RSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && left.form() == Form.SHIFTED) {
          return numbers.lowHalf(left.kind(), Form.ZERO_EXTENDED, left.symbol(), left.shift());
        }
      }
      case ARSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && left.form() == Form.SHIFTED) {
          return numbers.lowHalf(left.kind(), Form.SIGN_EXTENDED, left.symbol(), left.shift());
        }
      }
      case AND -> {
        if (r.isConstant()) {
          return masked(numbers, left, l, r.constantValue());
        }
      }
      case MUL, DIV, SDIV, MOD, SMOD, OR, XOR, MOV, MOVSX8, MOVSX16, MOVSX32 -> {}
    }
    return unchanged(operator, left, r, 64);
  }

  /**
   * x & mask is x where no bit outside the mask can be set in x; x & 0xffffffff is the zero extension of the low half.
   */
  private static @Nullable Value masked(Numbers numbers, Value left, Scalar l, long mask) {
    if (((l.bitsMask() | l.bitsValue()) & ~mask) == 0) {
      return left;
    }
    return mask == LOW_MASK && lowKnown(left) ? numbers.extend(left, Form.ZERO_EXTENDED) : null;
  }

  /** x + 0, x · 1, x << 0 and their like are x. */
  private static @Nullable Value unchanged(
      ArithmeticOperator operator, Value left, Scalar r, int bits) {
    if (!r.isConstant()) {
      return null;
    }
    long constant = bits == 64 ? r.constantValue() : r.constantValue() & LOW_MASK;
    boolean same =
        switch (operator) {
          case ADD, SUB, OR, XOR -> constant == 0;
          case LSH, RSH, ARSH -> (constant & bits - 1) == 0;
          case MUL, DIV, SDIV -> constant == 1;
          case AND, MOD, SMOD, MOV, MOVSX8, MOVSX16, MOVSX32 -> false;
        };
    return same ? left : null;
  }

  /** The 32-bit operation as one that keeps an equality, or null. The result's low half is what the operation gives on low halves. */
  private static @Nullable Value keepLow(
      Numbers numbers, ArithmeticOperator operator, Value left, Scalar l, Value right, Scalar r) {
    switch (operator) {
      case ADD -> {
        if (r.isConstant() && lowKnown(left)) {
          return addLow(numbers, left, l, (int) r.constantValue());
        }
        if (l.isConstant() && lowKnown(right)) {
          return addLow(numbers, right, r, (int) l.constantValue());
        }
      }
      case SUB -> {
        if (r.isConstant() && lowKnown(left)) {
          return addLow(numbers, left, l, -(int) r.constantValue());
        }
      }
      case AND -> {
        if (r.isConstant()
            && ((l.bitsMask() | l.bitsValue()) & LOW_MASK & ~r.constantValue()) == 0
            && lowKnown(left)) {
          return numbers.extend(left, Form.ZERO_EXTENDED);
        }
      }
      case MUL, DIV, SDIV, MOD, SMOD, OR, XOR, LSH, RSH, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 -> {}
    }
    Value same = unchanged(operator, left, r, 32);
    return same != null && lowKnown(same) ? numbers.extend(same, Form.ZERO_EXTENDED) : null;
  }

  /**
   * (u32) (x + c). If x and x + c both lie in [0, 2³²) for every x possible, that is x + c; else the zero extension of the low half of
   * symbol + shift + c.
   */
  private static Value addLow(Numbers numbers, Value left, Scalar l, int constant) {
    if (left.form() == Form.FULL && Numbers.isLowHalf(l)) {
      long least = l.signedMin() + constant;
      long most = l.signedMax() + constant;
      if (least >= 0 && most <= LOW_MASK) {
        return plus(left, constant);
      }
    }
    return numbers.lowHalf(left.kind(), Form.ZERO_EXTENDED, left.symbol(), left.shift() + constant);
  }

  private static Value plus(Value value, long constant) {
    return new Value(value.kind(), Form.FULL, value.symbol(), value.shift() + constant);
  }

  /**
   * A sum or a difference on a new symbol. Where it does not wrap, it is related to the operands that already are in relations: t = x + y with y
   * in [a, b] gives a ≤ t − x ≤ b. A difference x − y is narrowed by what is known of x − y.
   */
  private static Value relatedSum(
      Numbers numbers, ArithmeticOperator operator, Value left, Value right, Scalar result) {
    Scalar known = result;
    if (operator == ArithmeticOperator.SUB) {
      long most = numbers.maxDifference(left, right);
      long least = numbers.maxDifference(right, left);
      if (most != Long.MAX_VALUE
          && least != Long.MAX_VALUE
          && least != Long.MIN_VALUE
          && -least <= most) {
        known = known.meet(Scalar.signed(-least, most));
      }
    }
    Value sum = numbers.freshNumber(known);
    if (sum.isLiteral()) {
      return sum;
    }
    if (operator == ArithmeticOperator.ADD
        && Numbers.addsExactly(numbers.of(left), numbers.of(right))) {
      relate(numbers, sum, left, numbers.of(right));
      relate(numbers, sum, right, numbers.of(left));
    }
    if (operator == ArithmeticOperator.SUB
        && subtractsExactly(numbers.of(left), numbers.of(right))) {
      Scalar r = numbers.of(right);
      if (r.signedMin() > Long.MIN_VALUE) {
        relate(numbers, sum, left, Scalar.signed(-r.signedMax(), -r.signedMin()));
      }
    }
    return sum;
  }

  private static void relate(Numbers numbers, Value sum, Value operand, Scalar difference) {
    if (operand.form() == Form.FULL && numbers.relations().mentions(operand.symbol())) {
      numbers.assumeDifference(sum, operand, difference.signedMax());
      if (difference.signedMin() > Long.MIN_VALUE) {
        numbers.assumeDifference(operand, sum, -difference.signedMin());
      }
    }
  }

  private static boolean subtractsExactly(Scalar a, Scalar b) {
    long least = a.signedMin() - b.signedMax();
    long most = a.signedMax() - b.signedMin();
    return ((a.signedMin() ^ b.signedMax()) & (a.signedMin() ^ least)) >= 0
        && ((a.signedMax() ^ b.signedMin()) & (a.signedMax() ^ most)) >= 0;
  }

  private static Operation operation(ArithmeticOperator operator) {
    return switch (operator) {
      case ADD -> Operation.ADD;
      case SUB -> Operation.SUB;
      case MUL -> Operation.MUL;
      case DIV -> Operation.DIVIDE_UNSIGNED;
      case SDIV -> Operation.DIVIDE_SIGNED;
      case MOD -> Operation.MODULO_UNSIGNED;
      case SMOD -> Operation.MODULO_SIGNED;
      case OR -> Operation.OR;
      case AND -> Operation.AND;
      case XOR -> Operation.XOR;
      case LSH -> Operation.SHIFT_LEFT;
      case RSH -> Operation.SHIFT_RIGHT;
      case ARSH -> Operation.SHIFT_RIGHT_SIGNED;
      case MOV, MOVSX8, MOVSX16, MOVSX32 ->
        throw new IllegalArgumentException(operator + " is a move");
    };
  }

  /** The low {@code bits} bits of a number, zero-extended; the same value where that changes nothing. */
  static Value truncated(State state, Value value, int bits) {
    if (bits == 64) {
      return value;
    }
    if (bits == 32 && lowKnown(value)) {
      return state.numbers().extend(value, Form.ZERO_EXTENDED);
    }
    Scalar known = state.scalar(value);
    boolean same = known.signedMin() >= 0 && known.signedMax() < 1L << bits;
    return same ? value : state.numbers().freshNumber(known.zeroExtend(bits));
  }

  /** Whether the low half of the value is that of symbol + shift. */
  static boolean lowKnown(Value value) {
    return value.form() != Form.SHIFTED;
  }
}
