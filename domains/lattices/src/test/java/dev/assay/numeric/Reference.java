package dev.assay.numeric;

import dev.assay.isa.Arithmetic;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;

/** The concrete meaning of operations and conditions: that of {@link Arithmetic}, under this package's names. */
final class Reference {
  private Reference() {}

  /** The result in unsigned form. */
  static long apply(Operation operation, int bits, long left, long right) {
    return Arithmetic.compute(operator(operation), bits, left, right);
  }

  static boolean holds(Condition condition, int bits, long left, long right) {
    return Arithmetic.compare(Comparison.valueOf(condition.name()), bits, left, right);
  }

  private static ArithmeticOperator operator(Operation operation) {
    return switch (operation) {
      case ADD -> ArithmeticOperator.ADD;
      case SUB -> ArithmeticOperator.SUB;
      case MUL -> ArithmeticOperator.MUL;
      case DIVIDE_UNSIGNED -> ArithmeticOperator.DIV;
      case DIVIDE_SIGNED -> ArithmeticOperator.SDIV;
      case MODULO_UNSIGNED -> ArithmeticOperator.MOD;
      case MODULO_SIGNED -> ArithmeticOperator.SMOD;
      case OR -> ArithmeticOperator.OR;
      case AND -> ArithmeticOperator.AND;
      case XOR -> ArithmeticOperator.XOR;
      case SHIFT_LEFT -> ArithmeticOperator.LSH;
      case SHIFT_RIGHT -> ArithmeticOperator.RSH;
      case SHIFT_RIGHT_SIGNED -> ArithmeticOperator.ARSH;
    };
  }
}
