package dev.assay.isa;

import static dev.assay.isa.Arithmetic.compute;
import static dev.assay.isa.ArithmeticOperator.ARSH;
import static dev.assay.isa.ArithmeticOperator.DIV;
import static dev.assay.isa.ArithmeticOperator.LSH;
import static dev.assay.isa.ArithmeticOperator.MOD;
import static dev.assay.isa.ArithmeticOperator.MOV;
import static dev.assay.isa.ArithmeticOperator.MOVSX16;
import static dev.assay.isa.ArithmeticOperator.MOVSX32;
import static dev.assay.isa.ArithmeticOperator.MOVSX8;
import static dev.assay.isa.ArithmeticOperator.MUL;
import static dev.assay.isa.ArithmeticOperator.RSH;
import static dev.assay.isa.ArithmeticOperator.SDIV;
import static dev.assay.isa.ArithmeticOperator.SMOD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  private static final int EXHAUSTIVE_BITS = 5;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void at64BitsItIsWhatJavaComputes(@ForAll("longs") long left, @ForAll("longs") long right) {
    for (ArithmeticOperator operator : ArithmeticOperator.values()) {
      long expected =
          switch (operator) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> right == 0 ? 0 : Long.divideUnsigned(left, right);
            case SDIV -> right == 0 ? 0 : left / right;
            case MOD -> right == 0 ? left : Long.remainderUnsigned(left, right);
            case SMOD -> right == 0 ? left : left % right;
            case OR -> left | right;
            case AND -> left & right;
            case XOR -> left ^ right;
            case LSH -> left << right;
            case RSH -> left >>> right;
            case ARSH -> left >> right;
            case MOV -> right;
            case MOVSX8 -> (byte) right;
            case MOVSX16 -> (short) right;
            case MOVSX32 -> (int) right;
          };
      assertEquals(expected, compute(operator, 64, left, right), operator::name);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void at32BitsItIsWhatJavaComputesOnInts(@ForAll("longs") long left, @ForAll("longs") long right) {
    int a = (int) left;
    int b = (int) right;
    for (ArithmeticOperator operator : ArithmeticOperator.values()) {
      int expected =
          switch (operator) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : Integer.divideUnsigned(a, b);
            case SDIV -> b == 0 ? 0 : a / b;
            case MOD -> b == 0 ? a : Integer.remainderUnsigned(a, b);
            case SMOD -> b == 0 ? a : a % b;
            case OR -> a | b;
            case AND -> a & b;
            case XOR -> a ^ b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case ARSH -> a >> b;
            case MOV, MOVSX32 -> b;
            case MOVSX8 -> (byte) b;
            case MOVSX16 -> (short) b;
          };
      assertEquals(
          Integer.toUnsignedLong(expected), compute(operator, 32, left, right), operator::name);
    }
  }

  /** The definition once more, in integers without bound, for every width and with garbage above it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void atAnyWidthItIsIntegerArithmeticModuloTheWidth(
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll("longs") long left,
      @ForAll("longs") long right) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger a = BigInteger.valueOf(left).mod(modulus);
    BigInteger b = BigInteger.valueOf(right).mod(modulus);
    BigInteger signedA = signed(a, bits);
    BigInteger signedB = signed(b, bits);
    int count = b.mod(BigInteger.valueOf(bits)).intValue();
    boolean zero = b.signum() == 0;
    for (ArithmeticOperator operator : ArithmeticOperator.values()) {
      BigInteger expected =
          switch (operator) {
            case ADD -> a.add(b);
            case SUB -> a.subtract(b);
            case MUL -> a.multiply(b);
            case DIV -> zero ? BigInteger.ZERO : a.divide(b);
            case SDIV -> zero ? BigInteger.ZERO : signedA.divide(signedB);
            case MOD -> zero ? a : a.remainder(b);
            case SMOD -> zero ? a : signedA.remainder(signedB);
            case OR -> a.or(b);
            case AND -> a.and(b);
            case XOR -> a.xor(b);
            case LSH -> a.shiftLeft(count);
            case RSH -> a.shiftRight(count);
            case ARSH -> signedA.shiftRight(count);
            case MOV -> b;
            case MOVSX8 -> signed(b, Math.min(8, bits));
            case MOVSX16 -> signed(b, Math.min(16, bits));
            case MOVSX32 -> signed(b, Math.min(32, bits));
          };
      assertEquals(
          expected.mod(modulus).longValue(), compute(operator, bits, left, right), operator::name);
    }
    assertEquals(a.negate().mod(modulus).longValue(), Arithmetic.negate(bits, left));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void comparisonIsThatOfIntegers(
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll("longs") long left,
      @ForAll("longs") long right) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger a = BigInteger.valueOf(left).mod(modulus);
    BigInteger b = BigInteger.valueOf(right).mod(modulus);
    int unsigned = a.compareTo(b);
    int signed = signed(a, bits).compareTo(signed(b, bits));
    for (Comparison comparison : Comparison.values()) {
      boolean expected =
          switch (comparison) {
            case EQ -> unsigned == 0;
            case NE -> unsigned != 0;
            case SET -> a.and(b).signum() != 0;
            case NOT_SET -> a.and(b).signum() == 0;
            case GT -> unsigned > 0;
            case GE -> unsigned >= 0;
            case LT -> unsigned < 0;
            case LE -> unsigned <= 0;
            case SGT -> signed > 0;
            case SGE -> signed >= 0;
            case SLT -> signed < 0;
            case SLE -> signed <= 0;
          };
      assertEquals(expected, Arithmetic.compare(comparison, bits, left, right), comparison::name);
    }
  }

  @Test
  void aComparisonAndItsNegationSplitAllPairsAndMirroringSwapsThem() {
    for (Comparison comparison : Comparison.values()) {
      for (long left = 0; left < 1 << EXHAUSTIVE_BITS; left++) {
        for (long right = 0; right < 1 << EXHAUSTIVE_BITS; right++) {
          boolean holds = Arithmetic.compare(comparison, EXHAUSTIVE_BITS, left, right);
          assertEquals(
              !holds, Arithmetic.compare(comparison.negated(), EXHAUSTIVE_BITS, left, right));
          assertEquals(
              holds, Arithmetic.compare(comparison.mirrored(), EXHAUSTIVE_BITS, right, left));
        }
      }
    }
  }

  @Test
  void divisionByZeroGivesZeroAndModuloTheDividend() {
    for (int bits : new int[] {1, 6, 32, 64}) {
      long left = Arithmetic.truncate(bits, -3);
      assertEquals(0, compute(DIV, bits, -3, 0));
      assertEquals(0, compute(SDIV, bits, -3, 0));
      assertEquals(left, compute(MOD, bits, -3, 0));
      assertEquals(left, compute(SMOD, bits, -3, 0));
    }
    assertEquals(0, compute(DIV, 32, 7, 1L << 32), "only the low 32 bits of the divisor count");
  }

  @Test
  void theLeastNumberDividedByMinusOneWraps() {
    assertEquals(Long.MIN_VALUE, compute(SDIV, 64, Long.MIN_VALUE, -1));
    assertEquals(0, compute(SMOD, 64, Long.MIN_VALUE, -1));
    assertEquals(0x8000_0000L, compute(SDIV, 32, Integer.MIN_VALUE, -1));
    assertEquals(0, compute(SMOD, 32, Integer.MIN_VALUE, -1));
    assertEquals(0b100000, compute(SDIV, 6, 0b100000, -1));
  }

  @Test
  void signedModuloHasTheSignOfTheDividend() {
    assertEquals(-1, compute(SMOD, 64, -13, 3));
    assertEquals(1, compute(SMOD, 64, 13, -3));
    assertEquals(0xffff_ffffL, compute(SMOD, 32, -13, 3));
  }

  @Test
  void unsignedDivisionTakesASignExtendedImmediateAsLarge() {
    assertEquals(0, compute(DIV, 64, 1L << 40, -1));
    assertEquals(1, compute(DIV, 64, -1, -1));
    assertEquals(1L << 40, compute(MOD, 64, 1L << 40, -1));
  }

  @Test
  void shiftsAreMaskedToTheWidth() {
    assertEquals(2, compute(LSH, 64, 1, 65));
    assertEquals(2, compute(LSH, 32, 1, 33));
    assertEquals(0x7fff_ffffL, compute(RSH, 32, -1, 33));
    assertEquals(0xffff_ffffL, compute(ARSH, 32, 0x8000_0000L, -1));
    assertEquals(2, compute(LSH, 6, 1, 7));
  }

  @Test
  void narrowResultsAreZeroExtended() {
    assertEquals(0xffff_ffffL, compute(MOV, 32, 0, -1));
    assertEquals(0xffff_ffefL, compute(MOVSX8, 32, 0, 0x0123_4567_89ab_cdefL));
    assertEquals(0xffff_ffff_ffff_cdefL, compute(MOVSX16, 64, 0, 0x0123_4567_89ab_cdefL));
    assertEquals(0xffff_ffff_89ab_cdefL, compute(MOVSX32, 64, 0, 0x0123_4567_89ab_cdefL));
    assertEquals(0, compute(MUL, 32, 1L << 16, 1L << 16));
  }

  @Test
  void byteSwapsDependOnTheHost() {
    long value = 0x1122_3344_5566_7788L;
    for (ByteOrder host : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      boolean little = host == ByteOrder.LITTLE_ENDIAN;
      ByteOrderConversion swapping =
          little ? ByteOrderConversion.TO_BIG_ENDIAN : ByteOrderConversion.TO_LITTLE_ENDIAN;
      ByteOrderConversion truncating =
          little ? ByteOrderConversion.TO_LITTLE_ENDIAN : ByteOrderConversion.TO_BIG_ENDIAN;
      for (ByteOrderConversion conversion :
          new ByteOrderConversion[] {swapping, ByteOrderConversion.SWAP}) {
        assertEquals(0x8877, Arithmetic.byteSwap(conversion, 16, value, host));
        assertEquals(0x8877_6655L, Arithmetic.byteSwap(conversion, 32, value, host));
        assertEquals(0x8877_6655_4433_2211L, Arithmetic.byteSwap(conversion, 64, value, host));
      }
      assertEquals(0x7788, Arithmetic.byteSwap(truncating, 16, value, host));
      assertEquals(0x5566_7788L, Arithmetic.byteSwap(truncating, 32, value, host));
      assertEquals(value, Arithmetic.byteSwap(truncating, 64, value, host));
    }
  }

  @Test
  void atomicsUpdateMemoryAtTheirWidth() {
    assertEquals(0, Arithmetic.update(AtomicOperator.ADD, 32, 0xffff_ffffL, 1, 0));
    assertEquals(0b111, Arithmetic.update(AtomicOperator.OR, 64, 0b101, 0b010, 0));
    assertEquals(0b001, Arithmetic.update(AtomicOperator.AND, 64, 0b101, 0b011, 0));
    assertEquals(0b110, Arithmetic.update(AtomicOperator.XOR, 64, 0b101, 0b011, 0));
    assertEquals(7, Arithmetic.update(AtomicOperator.XCHG, 64, 5, 7, 0));
    assertEquals(7, Arithmetic.update(AtomicOperator.CMPXCHG, 64, 5, 7, 5));
    assertEquals(5, Arithmetic.update(AtomicOperator.CMPXCHG, 64, 5, 7, 6));
    assertEquals(7, Arithmetic.update(AtomicOperator.CMPXCHG, 32, 5, 7, 1L << 32 | 5));
  }

  /** Numbers of every magnitude, and those at which something overflows. */
  @Provide
  Arbitrary<Long> longs() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.longs()),
        Tuple.of(1, Arbitraries.longs().between(-70, 70)),
        Tuple.of(
            1,
            Arbitraries.of(
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0x8000_0000L,
                0x7fff_ffffL,
                0xffff_ffffL,
                -0x8000_0000L,
                1L << 32)));
  }

  /** The signed reading of the low {@code bits} of a number. */
  private static BigInteger signed(BigInteger number, int bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger low = number.mod(modulus);
    return low.testBit(bits - 1) ? low.subtract(modulus) : low;
  }
}
