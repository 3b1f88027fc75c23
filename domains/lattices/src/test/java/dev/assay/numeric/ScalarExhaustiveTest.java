package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole product, over all elements of 4 bits (low halves of 2), against the concrete operations: sound, and as often the best possible as was measured.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ScalarExhaustiveTest {
  private static final int BITS = 4;
  private static final Word WORD = Word.of(BITS);

  /** The share of pairs with the best possible result, in percent, rounded down from what was measured. */
  private static final Map<Operation, Integer> OPTIMAL = Map.ofEntries(
      Map.entry(Operation.ADD, 91),
      Map.entry(Operation.SUB, 91),
      Map.entry(Operation.MUL, 47),
      Map.entry(Operation.DIVIDE_UNSIGNED, 60),
      Map.entry(Operation.DIVIDE_SIGNED, 89),
      Map.entry(Operation.MODULO_UNSIGNED, 31),
      Map.entry(Operation.MODULO_SIGNED, 66),
      Map.entry(Operation.OR, 95),
      Map.entry(Operation.AND, 95),
      Map.entry(Operation.XOR, 91),
      Map.entry(Operation.SHIFT_LEFT, 46),
      Map.entry(Operation.SHIFT_RIGHT, 66),
      Map.entry(Operation.SHIFT_RIGHT_SIGNED, 77));

  /** The same for the low halves, which have only 2 bits; all, if not named. */
  private static final Map<Operation, Integer> OPTIMAL_LOW =
      Map.of(Operation.MUL, 94, Operation.MODULO_UNSIGNED, 94, Operation.MODULO_SIGNED, 89);

  /** The share of pairs of which a condition leaves the best possible on both sides; all, if not named. */
  private static final Map<Condition, Integer> OPTIMAL_REFINED =
      Map.of(Condition.NE, 99, Condition.SET, 55, Condition.NOT_SET, 28);

  /** The same for conditions of low halves. */
  private static final Map<Condition, Integer> OPTIMAL_REFINED_LOW =
      Map.of(Condition.SET, 19, Condition.NOT_SET, 78);

  private final SmallScalars scalars = new SmallScalars(BITS);

  @ParameterizedTest
  @EnumSource
  void everyResultIsIncludedAndAsManyAreTheBestAsWasMeasured(Operation operation) {
    long[][] table = SmallWords.table(operation, BITS);
    Shares share = new Shares();
    IntStream.range(0, scalars.size()).parallel().forEach(j -> {
      long[] column = SmallWords.column(table, scalars.words[j]);
      for (int i = Cases.first(j); i < scalars.size(); i += Cases.EVERY) {
        Scalar best = scalars.best(SmallWords.image(column, scalars.words[i]));
        Scalar result = scalars.get(i).apply(operation, false, scalars.get(j));
        share.add(isBest(result, best, operation, i, j));
      }
    });
    share.assertIs(OPTIMAL.get(operation));
  }

  /** Fails if something is lost. */
  private boolean isBest(Scalar result, Scalar best, Object operation, int i, int j) {
    if (result.equals(best)) {
      return true;
    }
    if (!result.includes(best)) {
      fail(operation + " of " + scalars.get(i) + " and " + scalars.get(j) + " gives " + result
          + ", not " + best);
    }
    return false;
  }

  /** The half of the operands that counts is only 2 bits, so a sample of pairs has all of them many times. */
  @ParameterizedTest
  @EnumSource
  void everyResultOnLowHalvesIsIncluded(Operation operation) {
    int half = WORD.half().bits();
    int n = 1 << BITS;
    long[][] table = new long[n][n];
    for (int x = 0; x < n; x++) {
      for (int y = 0; y < n; y++) {
        table[x][y] = 1L << Reference.apply(operation, half, x, y);
      }
    }
    Shares share = new Shares();
    for (int j = 0; j < scalars.size(); j += 7) {
      long[] column = SmallWords.column(table, scalars.words[j]);
      int step = Math.max(11, Cases.EVERY);
      for (int i = j % step; i < scalars.size(); i += step) {
        Scalar best = scalars.best(SmallWords.image(column, scalars.words[i]));
        Scalar result = scalars.get(i).apply(operation, true, scalars.get(j));
        share.add(isBest(result, best, operation, i, j));
      }
    }
    share.assertIs(OPTIMAL_LOW.getOrDefault(operation, 100));
  }

  @ParameterizedTest
  @EnumSource
  void conditionsKeepEveryPairThatSatisfiesThemAndDecideOnlyWhatHoldsForAll(Condition condition) {
    conditionsAreSound(condition, false);
  }

  @ParameterizedTest
  @EnumSource
  void conditionsOnLowHalvesDoSoToo(Condition condition) {
    conditionsAreSound(condition, true);
  }

  private void conditionsAreSound(Condition condition, boolean low) {
    int n = 1 << BITS;
    long[] rights = new long[n];
    for (int x = 0; x < n; x++) {
      for (int y = 0; y < n; y++) {
        if (Reference.holds(condition, low ? BITS / 2 : BITS, x, y)) {
          rights[x] |= 1L << y;
        }
      }
    }
    // Ends are members, so orders are decided by them.
    boolean decidesAll =
        switch (condition) {
          case GT, GE, LT, LE, SGT, SGE, SLT, SLE -> true;
          case EQ, NE, SET, NOT_SET -> false;
        };
    Shares refinements = new Shares();
    IntStream.range(0, scalars.size()).parallel().forEach(i -> {
      int step = Math.max(low ? 5 : 1, Cases.EVERY);
      for (int j = i % step; j < scalars.size(); j += step) {
        long left = 0;
        long right = 0;
        boolean always = true;
        for (long rest = scalars.words[i]; rest != 0; rest &= rest - 1) {
          int x = Long.numberOfTrailingZeros(rest);
          long matching = rights[x] & scalars.words[j];
          left |= matching == 0 ? 0 : 1L << x;
          right |= matching;
          always &= matching == scalars.words[j];
        }
        Scalar bestLeft = scalars.best(left);
        Scalar bestRight = scalars.best(right);
        Refined refined = Scalar.assume(condition, low, scalars.get(i), scalars.get(j));
        Truth truth = Scalar.decide(condition, low, scalars.get(i), scalars.get(j));
        if (!refined.left().includes(bestLeft)
            || !refined.right().includes(bestRight)
            || !scalars.get(i).includes(refined.left())
            || !scalars.get(j).includes(refined.right())
            || refined.left().isBottom() != refined.right().isBottom()
            || (truth == Truth.ALWAYS && !always)
            || (truth == Truth.NEVER && left != 0)
            || (decidesAll && truth == Truth.MAYBE && (always || left == 0))) {
          fail(scalars.get(i) + " " + condition + " " + scalars.get(j) + " is " + truth
              + " and leaves " + refined);
        }
        refinements.add(refined.left().equals(bestLeft) && refined.right().equals(bestRight));
      }
    });
    refinements.assertIs(
        (low ? OPTIMAL_REFINED_LOW : OPTIMAL_REFINED).getOrDefault(condition, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyExtensionIsIncludedAndNearlyAlwaysTheBest(int bits) {
    Word part = Word.of(bits);
    Shares zero = new Shares();
    Shares sign = new Shares();
    for (int i = 0; i < scalars.size(); i++) {
      long unsigned = 0;
      long signed = 0;
      for (long rest = scalars.words[i]; rest != 0; rest &= rest - 1) {
        int v = Long.numberOfTrailingZeros(rest);
        unsigned |= 1L << part.unsigned(v);
        signed |= 1L << WORD.unsigned(part.signed(v));
      }
      zero.add(
          isBest(scalars.get(i).zeroExtend(bits), scalars.best(unsigned), "zero extension", i, i));
      sign.add(
          isBest(scalars.get(i).signExtend(bits), scalars.best(signed), "sign extension", i, i));
    }
    zero.assertIs(100);
    sign.assertIs(100);
  }

  @Test
  void everyNegationIsIncluded() {
    Shares share = new Shares();
    for (int i = 0; i < scalars.size(); i++) {
      long full = 0;
      long low = 0;
      for (long rest = scalars.words[i]; rest != 0; rest &= rest - 1) {
        int v = Long.numberOfTrailingZeros(rest);
        full |= 1L << WORD.unsigned(-v);
        low |= 1L << WORD.half().unsigned(-v);
      }
      share.add(isBest(scalars.get(i).negate(), scalars.best(full), "negation", i, i));
      share.add(isBest(scalars.get(i).negate(true), scalars.best(low), "low negation", i, i));
    }
    share.assertIs(100);
  }

  /** A byte swap needs whole bytes, so it is tried on all words of 16 bits in a few hundred elements. */
  @Test
  void everySwapOfBytesIsIncluded() {
    Word word = Word.of(16);
    RandomWords random = new RandomWords(RandomWords.SEED);
    for (int i = 0; i < Cases.of(300); i++) {
      long a = word.unsigned(random.word());
      long b = word.unsigned(random.word());
      Scalar s = Scalar.unsigned(word, Math.min(a, b), Math.max(a, b))
          .join(Scalar.constant(word, random.word()));
      s = i % 2 == 0 ? s : Scalar.knownBits(word, a, b);
      Scalar swapped = s.byteSwap(16);
      Scalar low = s.byteSwap(8);
      for (long v = 0; v <= word.mask(); v++) {
        if (s.contains(v)) {
          assertTrue(swapped.contains(Short.toUnsignedLong(Short.reverseBytes((short) v))));
          assertTrue(low.contains(v & 0xff));
        }
      }
    }
  }

  @Test
  void operationsOnBottomGiveBottom() {
    Scalar bottom = Scalar.bottom(WORD);
    for (int i = 0; i < scalars.size(); i += 7) {
      for (Operation operation : Operation.values()) {
        assertTrue(scalars.get(i).apply(operation, false, bottom).isBottom());
        assertTrue(bottom.apply(operation, true, scalars.get(i)).isBottom());
      }
      for (Condition condition : Condition.values()) {
        assertTrue(Scalar.assume(condition, false, bottom, scalars.get(i)).isBottom());
        assertTrue(Scalar.assume(condition, true, scalars.get(i), bottom).isBottom());
        assertEquals(Truth.NEVER, Scalar.decide(condition, false, bottom, scalars.get(i)));
        assertEquals(Truth.NEVER, Scalar.decide(condition, true, scalars.get(i), bottom));
      }
    }
    for (int bits = 1; bits <= BITS; bits++) {
      assertTrue(bottom.zeroExtend(bits).isBottom());
      assertTrue(bottom.signExtend(bits).isBottom());
    }
    assertTrue(Scalar.bottom().byteSwap(32).isBottom());
  }
}
