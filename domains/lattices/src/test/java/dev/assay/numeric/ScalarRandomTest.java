package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every transfer function on a million random cases of 64 bits. */
class ScalarRandomTest {
  private static final int CASES = Cases.of(1_000_000);
  private static final int CHUNKS = 50;

  /** One abstract case with one concrete case in it. */
  private interface Property {
    void check(Scalar a, long x, Scalar b, long y);
  }

  private static void forMillionCases(Property property) {
    IntStream.range(0, CHUNKS).parallel().forEach(chunk -> {
      long seed = RandomWords.SEED + chunk;
      RandomWords random = new RandomWords(seed);
      for (int i = 0; i < CASES / CHUNKS; i++) {
        long x = random.word();
        long y = random.below(8) == 0 ? x : random.word();
        Scalar a = random.including(x);
        Scalar b = random.including(y);
        if (!a.contains(x) || !b.contains(y)) {
          fail("a fact that is true of a word excluded it: " + x + ", " + a + "; " + y + ", " + b);
        }
        property.check(a, x, b, y);
      }
    });
  }

  @Test
  void everyResultIsIncluded() {
    forMillionCases((a, x, b, y) -> {
      for (Operation operation : Operation.values()) {
        include(
            a.apply(operation, false, b),
            Reference.apply(operation, 64, x, y),
            operation,
            a,
            x,
            b,
            y);
        include(
            a.apply(operation, true, b),
            Reference.apply(operation, 32, x, y),
            operation,
            a,
            x,
            b,
            y);
      }
    });
  }

  @Test
  void everyPairThatSatisfiesAConditionSurvivesItAndDecisionsAreRight() {
    forMillionCases((a, x, b, y) -> {
      for (Condition condition : Condition.values()) {
        for (int bits = 32; bits <= 64; bits += 32) {
          boolean low = bits == 32;
          Truth truth = Scalar.decide(condition, low, a, b);
          if (Reference.holds(condition, bits, x, y)) {
            Refined refined = Scalar.assume(condition, low, a, b);
            include(refined.left(), x, condition, a, x, b, y);
            include(refined.right(), y, condition, a, x, b, y);
            if (truth == Truth.NEVER) {
              fail(condition + " never holds of " + a + " and " + b + ", but does of " + x + " and "
                  + y);
            }
          } else if (truth == Truth.ALWAYS) {
            fail(condition + " always holds of " + a + " and " + b + ", but not of " + x + " and "
                + y);
          }
        }
      }
    });
  }

  @Test
  void everyConversionIsIncluded() {
    forMillionCases((a, x, b, y) -> {
      for (int bits = 1; bits <= 64; bits = bits < 8 ? bits + 7 : bits * 2) {
        long high = x << (64 - bits);
        include(a.zeroExtend(bits), high >>> (64 - bits), "zero extension of " + bits, a, x, b, y);
        include(a.signExtend(bits), high >> (64 - bits), "sign extension of " + bits, a, x, b, y);
      }
      include(
          a.byteSwap(16),
          Short.toUnsignedLong(Short.reverseBytes((short) x)),
          "swap of 16",
          a,
          x,
          b,
          y);
      include(
          a.byteSwap(32),
          Integer.toUnsignedLong(Integer.reverseBytes((int) x)),
          "swap of 32",
          a,
          x,
          b,
          y);
      include(a.byteSwap(64), Long.reverseBytes(x), "swap of 64", a, x, b, y);
      include(a.negate(false), -x, "negation", a, x, b, y);
      include(a.negate(true), Integer.toUnsignedLong(-(int) x), "negation of 32", a, x, b, y);
    });
  }

  private static void include(
      Scalar result, long word, Object what, Scalar a, long x, Scalar b, long y) {
    if (!result.contains(word)) {
      fail(what + " of " + a + " and " + b + " gives " + result + ", but of " + x + " and " + y
          + " " + word);
    }
  }
}
