package dev.assay.numeric;

/** The operations on single words, for constant operands. */
final class Concrete {
  private Concrete() {}

  /** The result, of which only the low bits count, for operands in unsigned form or with anything above the width. */
  static long apply(Operation operation, Word word, long left, long right) {
    long x = word.unsigned(left);
    long y = word.unsigned(right);
    long result =
        switch (operation) {
          case ADD -> x + y;
          case SUB -> x - y;
          case MUL -> x * y;
          case DIVIDE_UNSIGNED -> y == 0 ? 0 : Long.divideUnsigned(x, y);
          case DIVIDE_SIGNED -> y == 0 ? 0 : word.signed(x) / word.signed(y);
          case MODULO_UNSIGNED -> y == 0 ? x : Long.remainderUnsigned(x, y);
          case MODULO_SIGNED -> y == 0 ? x : word.signed(x) % word.signed(y);
          case OR -> x | y;
          case AND -> x & y;
          case XOR -> x ^ y;
          case SHIFT_LEFT -> x << Long.remainderUnsigned(y, word.bits());
          case SHIFT_RIGHT -> x >>> Long.remainderUnsigned(y, word.bits());
          case SHIFT_RIGHT_SIGNED -> word.signed(x) >> Long.remainderUnsigned(y, word.bits());
        };
    return word.unsigned(result);
  }
}
