package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole product, over all elements of 4 bits (low halves of 2), against the concrete operations. */
class ScalarExhaustiveTest {
  private static final int BITS = 4;
  private static final Word WORD = Word.of(BITS);
  private static final List<Scalar> ALL = SmallWords.scalars(BITS);
  private static final long[] WORDS = ALL.stream().mapToLong(SmallWords::words).toArray();
  private static final Scalar[] BEST = SmallWords.best(BITS);

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

  @ParameterizedTest
  @EnumSource
  void everyResultIsIncludedAndAsManyAreTheBestAsWasMeasured(Operation operation) {
    long[][] table = SmallWords.table(operation, BITS);
    LongAdder optimal = new LongAdder();
    IntStream.range(0, WORDS.length).parallel().forEach(j -> {
      long[] column = SmallWords.column(table, WORDS[j]);
      for (int i = 0; i < WORDS.length; i++) {
        Scalar best = BEST[(int) SmallWords.image(column, WORDS[i])];
        Scalar result = ALL.get(i).apply(operation, false, ALL.get(j));
        if (result.equals(best)) {
          optimal.increment();
        } else if (!result.includes(best)) {
          fail(operation + " of " + ALL.get(i) + " and " + ALL.get(j) + " gives " + result
              + ", not " + best);
        }
      }
    });
    double percent = 100.0 * optimal.sum() / WORDS.length / WORDS.length;
    assertTrue(percent >= OPTIMAL.get(operation), "best possible in " + percent + " %");
    assertTrue(percent < OPTIMAL.get(operation) + 2, "the guard can be raised to " + percent);
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
    for (int j = 0; j < WORDS.length; j += 7) {
      long[] column = SmallWords.column(table, WORDS[j]);
      for (int i = j % 11; i < WORDS.length; i += 11) {
        Scalar best = BEST[(int) SmallWords.image(column, WORDS[i])];
        Scalar result = ALL.get(i).apply(operation, true, ALL.get(j));
        if (!result.includes(best)) {
          fail(operation + " of " + ALL.get(i) + " and " + ALL.get(j) + " gives " + result
              + ", not " + best);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void conditionsKeepEveryPairThatSatisfiesThemAndDecideOnlyWhatHoldsForAll(Condition condition) {
    for (int bits : new int[] {BITS, BITS / 2}) {
      boolean low = bits < BITS;
      int n = 1 << BITS;
      long[] rights = new long[n];
      for (int x = 0; x < n; x++) {
        for (int y = 0; y < n; y++) {
          if (Reference.holds(condition, bits, x, y)) {
            rights[x] |= 1L << y;
          }
        }
      }
      IntStream.range(0, WORDS.length).parallel().forEach(i -> {
        for (int j = low ? i % 5 : 0; j < WORDS.length; j += low ? 5 : 1) {
          long left = 0;
          long right = 0;
          boolean always = true;
          for (long rest = WORDS[i]; rest != 0; rest &= rest - 1) {
            int x = Long.numberOfTrailingZeros(rest);
            long matching = rights[x] & WORDS[j];
            left |= matching == 0 ? 0 : 1L << x;
            right |= matching;
            always &= matching == WORDS[j];
          }
          Refined refined = Scalar.assume(condition, low, ALL.get(i), ALL.get(j));
          Truth truth = Scalar.decide(condition, low, ALL.get(i), ALL.get(j));
          if (!refined.left().includes(BEST[(int) left])
              || !refined.right().includes(BEST[(int) right])
              || !ALL.get(i).includes(refined.left())
              || !ALL.get(j).includes(refined.right())
              || refined.left().isBottom() != refined.right().isBottom()
              || (truth == Truth.ALWAYS && !always)
              || (truth == Truth.NEVER && left != 0)) {
            fail(ALL.get(i) + " " + condition + " " + ALL.get(j) + " is " + truth + " and leaves "
                + refined);
          }
        }
      });
    }
  }

  @Test
  void everyExtensionIsIncluded() {
    for (int i = 0; i < WORDS.length; i++) {
      for (int bits = 1; bits <= BITS; bits++) {
        Word part = Word.of(bits);
        long unsigned = 0;
        long signed = 0;
        for (long rest = WORDS[i]; rest != 0; rest &= rest - 1) {
          int v = Long.numberOfTrailingZeros(rest);
          unsigned |= 1L << part.unsigned(v);
          signed |= 1L << WORD.unsigned(part.signed(v));
        }
        assertTrue(
            ALL.get(i).zeroExtend(bits).includes(BEST[(int) unsigned]), ALL.get(i)::toString);
        assertTrue(ALL.get(i).signExtend(bits).includes(BEST[(int) signed]), ALL.get(i)::toString);
      }
    }
  }

  @Test
  void everyNegationIsIncluded() {
    for (int i = 0; i < WORDS.length; i++) {
      long full = 0;
      long low = 0;
      for (long rest = WORDS[i]; rest != 0; rest &= rest - 1) {
        int v = Long.numberOfTrailingZeros(rest);
        full |= 1L << WORD.unsigned(-v);
        low |= 1L << WORD.half().unsigned(-v);
      }
      assertTrue(ALL.get(i).negate().includes(BEST[(int) full]), ALL.get(i)::toString);
      assertTrue(ALL.get(i).negate(true).includes(BEST[(int) low]), ALL.get(i)::toString);
    }
  }

  /** A byte swap needs whole bytes, so it is tried on all words of 16 bits in a few hundred elements. */
  @Test
  void everySwapOfBytesIsIncluded() {
    Word word = Word.of(16);
    RandomWords random = new RandomWords(RandomWords.SEED);
    for (int i = 0; i < 300; i++) {
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
  void equalSetsOfWordsAreEqualElements() {
    Set<Long> sets = new HashSet<>();
    for (long words : WORDS) {
      sets.add(words);
    }
    assertEquals(WORDS.length, sets.size());
  }

  @Test
  void inclusionIsThatOfTheSetsOfWords() {
    for (int i = 0; i < WORDS.length; i++) {
      for (int j = 0; j < WORDS.length; j++) {
        if (((WORDS[j] & ~WORDS[i]) == 0) != ALL.get(i).includes(ALL.get(j))) {
          fail(ALL.get(i) + " and " + ALL.get(j));
        }
      }
    }
  }

  @Test
  void theJoinIsTheLeastUpperBound() {
    for (int i = 0; i < WORDS.length; i++) {
      for (int j = 0; j < WORDS.length; j++) {
        if (!ALL.get(i).join(ALL.get(j)).equals(BEST[(int) (WORDS[i] | WORDS[j])])) {
          fail(ALL.get(i) + " and " + ALL.get(j) + ": " + ALL.get(i).join(ALL.get(j)));
        }
      }
    }
  }

  @Test
  void theMeetIsTheIntersection() {
    for (int i = 0; i < WORDS.length; i++) {
      for (int j = 0; j < WORDS.length; j++) {
        if (!ALL.get(i).meet(ALL.get(j)).equals(BEST[(int) (WORDS[i] & WORDS[j])])) {
          fail(ALL.get(i) + " and " + ALL.get(j) + ": " + ALL.get(i).meet(ALL.get(j)));
        }
      }
    }
  }

  @Test
  void wideningIncludesBothAndNarrowingStaysBetween() {
    Thresholds thresholds = Thresholds.of(-3, 2, 5);
    for (int i = 0; i < WORDS.length; i++) {
      for (int j = i % 3; j < WORDS.length; j += 3) {
        Scalar widened = ALL.get(i).widen(ALL.get(j), thresholds);
        Scalar narrowed = widened.narrow(ALL.get(j));
        if (!widened.includes(ALL.get(i))
            || !widened.includes(ALL.get(j))
            || !narrowed.includes(ALL.get(j))
            || !widened.includes(narrowed)) {
          fail(ALL.get(i) + " and " + ALL.get(j) + ": " + widened);
        }
      }
    }
  }

  @Test
  void bottomIsTheNeutralElementOfJoinAndAbsorbsInOperations() {
    Scalar bottom = Scalar.bottom(WORD);
    for (Scalar s : ALL) {
      assertEquals(s, s.join(bottom));
      assertEquals(s, bottom.join(s));
      assertEquals(s, bottom.widen(s, Thresholds.none()));
      assertEquals(bottom, s.meet(bottom));
      assertTrue(s.includes(bottom));
      assertNotEquals(s, bottom);
      for (Operation operation : Operation.values()) {
        assertTrue(s.apply(operation, false, bottom).isBottom());
        assertTrue(bottom.apply(operation, true, s).isBottom());
      }
    }
  }
}
