package dev.assay.isa;

import java.nio.ByteOrder;

/**
 * What arithmetic and comparison compute, for every width from 1 to 64 bits. Everything else that computes, concretely
 * or abstractly, is tested against this. Source: RFC 9669, sections 4.1 to 4.3 and 5.3.
 *
 * <p>A value of {@code bits} bits is held in a {@code long}. Arguments may have anything in the bits above: only
 * the low {@code bits} count. Results are zero-extended. BPF itself has the widths 32 and 64; the others exist so
 * that what is claimed of all values can be tried on all values.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /**
   * The result of {@code left operator right}; moves ignore {@code left}.
   *
   * <p>Division by zero gives 0 and modulo by zero the dividend. Signed division truncates; the least number divided by
   * -1 wraps to itself, with remainder 0. Shift counts are taken modulo the width, which for 32 and 64 is the RFC's
   * mask. A sign-extending move from at least the width is a plain move.
   *
   * @param bits 1 to 64
   * @return the result, zero-extended
   */
  public static long compute(ArithmeticOperator operator, int bits, long left, long right) {
    return truncate(
        bits,
        switch (operator) {
          case ADD -> left + right;
          case SUB -> left - right;
          case MUL -> left * right;
          case DIV -> divide(truncate(bits, left), truncate(bits, right));
          case SDIV -> divideSigned(signExtend(bits, left), signExtend(bits, right));
          case MOD -> remainder(truncate(bits, left), truncate(bits, right));
          case SMOD -> remainderSigned(signExtend(bits, left), signExtend(bits, right));
          case OR -> left | right;
          case AND -> left & right;
          case XOR -> left ^ right;
          case LSH -> left << shiftCount(bits, right);
          case RSH -> truncate(bits, left) >>> shiftCount(bits, right);
          case ARSH -> signExtend(bits, left) >> shiftCount(bits, right);
          case MOV -> right;
          case MOVSX8 -> signExtend(Math.min(8, bits), right);
          case MOVSX16 -> signExtend(Math.min(16, bits), right);
          case MOVSX32 -> signExtend(Math.min(32, bits), right);
        });
  }

  /** The two's complement of {@code value} in {@code bits} bits, zero-extended. */
  public static long negate(int bits, long value) {
    return truncate(bits, -value);
  }

  /**
   * The low {@code bits} of {@code value} converted, zero-extended.
   *
   * @param bits 16, 32 or 64
   * @param host the byte order of the machine that the program runs on
   */
  public static long byteSwap(
      ByteOrderConversion conversion, int bits, long value, ByteOrder host) {
    boolean swaps =
        switch (conversion) {
          case TO_LITTLE_ENDIAN -> host == ByteOrder.BIG_ENDIAN;
          case TO_BIG_ENDIAN -> host == ByteOrder.LITTLE_ENDIAN;
          case SWAP -> true;
        };
    return swaps ? Long.reverseBytes(value) >>> (64 - bits) : truncate(bits, value);
  }

  /** Whether {@code left comparison right} holds between the low {@code bits}. */
  public static boolean compare(Comparison comparison, int bits, long left, long right) {
    return switch (comparison) {
      case EQ -> truncate(bits, left ^ right) == 0;
      case NE -> truncate(bits, left ^ right) != 0;
      case SET -> truncate(bits, left & right) != 0;
      case NOT_SET -> truncate(bits, left & right) == 0;
      case GT -> compareUnsigned(bits, left, right) > 0;
      case GE -> compareUnsigned(bits, left, right) >= 0;
      case LT -> compareUnsigned(bits, left, right) < 0;
      case LE -> compareUnsigned(bits, left, right) <= 0;
      case SGT -> signExtend(bits, left) > signExtend(bits, right);
      case SGE -> signExtend(bits, left) >= signExtend(bits, right);
      case SLT -> signExtend(bits, left) < signExtend(bits, right);
      case SLE -> signExtend(bits, left) <= signExtend(bits, right);
    };
  }

  /**
   * What an atomic instruction leaves in memory that held {@code old}.
   *
   * @param source the source register's value
   * @param expected r0's value, which only {@code CMPXCHG} reads
   * @return the new value, zero-extended
   */
  public static long update(
      AtomicOperator operator, int bits, long old, long source, long expected) {
    return truncate(
        bits,
        switch (operator) {
          case ADD -> old + source;
          case OR -> old | source;
          case AND -> old & source;
          case XOR -> old ^ source;
          case XCHG -> source;
          case CMPXCHG -> truncate(bits, old ^ expected) == 0 ? source : old;
        });
  }

  /** The low {@code bits} of {@code value}, zero-extended to 64 bits. */
  public static long truncate(int bits, long value) {
    return value & (-1L >>> (64 - bits));
  }

  /** The low {@code bits} of {@code value}, sign-extended to 64 bits. */
  public static long signExtend(int bits, long value) {
    int unused = 64 - bits;
    return value << unused >> unused;
  }

  private static int compareUnsigned(int bits, long left, long right) {
    return Long.compareUnsigned(truncate(bits, left), truncate(bits, right));
  }

  private static int shiftCount(int bits, long right) {
    return (int) Long.remainderUnsigned(truncate(bits, right), bits);
  }

  private static long divide(long left, long right) {
    return right == 0 ? 0 : Long.divideUnsigned(left, right);
  }

  private static long divideSigned(long left, long right) {
    return right == 0 ? 0 : left / right;
  }

  private static long remainder(long left, long right) {
    return right == 0 ? left : Long.remainderUnsigned(left, right);
  }

  private static long remainderSigned(long left, long right) {
    return right == 0 ? left : left % right;
  }
}
