package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intervals alone over all elements of 6 bits, unsigned and signed; the product with known bits over those of 4 bits. */
@TestInstance(Lifecycle.PER_CLASS)
class RangeTest {
  private static final int BITS = 6;
  private static final Word WORD = Word.of(BITS);

  /** The share of pairs of which the result's ends are exact, in percent, where that is not all. */
  private static final Map<Operation, Integer> EXACT_ENDS = Map.of(
      Operation.MUL, 82,
      Operation.DIVIDE_UNSIGNED, 82,
      Operation.DIVIDE_SIGNED, 99,
      Operation.MODULO_UNSIGNED, 66,
      Operation.MODULO_SIGNED, 95,
      Operation.SHIFT_LEFT, 98,
      Operation.SHIFT_RIGHT, 99);

  private static final Map<Condition, Integer> EXACT_REFINED =
      Map.of(Condition.SET, 59, Condition.NOT_SET, 63);

  private static final long[][] KNOWN = new long[1 << BITS][1 << BITS];

  static {
    for (KnownBits k : SmallWords.knownBits(BITS)) {
      KNOWN[(int) k.value()][(int) k.mask()] = SmallWords.words(k, BITS);
    }
  }

  private final List<Range> intervals = SmallWords.intervals(BITS);

  /** The words of a range, as {@link SmallWords#words(Range)}, but fast. */
  private static long words(Range r) {
    long set = 0;
    for (int s = r.firstSide(); s <= r.lastSide(); s++) {
      set |= -1L >>> (63 - (r.max(s) - r.min(s))) << WORD.unsigned(r.min(s));
    }
    return set & KNOWN[(int) r.value][(int) r.mask];
  }

  @Test
  void theFastBitmapIsRight() {
    for (Range r : intervals) {
      assertEquals(SmallWords.words(r), words(r), r::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyResultOfTwoIntervalsIsIncluded(Operation operation) {
    long[][] table = SmallWords.table(operation, BITS);
    Shares exactEnds = new Shares();
    IntStream.range(0, intervals.size()).parallel().forEach(j -> {
      Range right = intervals.get(j);
      Unions unions = new Unions(SmallWords.column(table, words(right)));
      for (int i = Cases.first(j); i < intervals.size(); i += Cases.EVERY) {
        Range left = intervals.get(i);
        long exact = 0;
        for (int s = left.firstSide(); s <= left.lastSide(); s++) {
          exact |= unions.of((int) WORD.unsigned(left.min(s)), (int) WORD.unsigned(left.max(s)));
        }
        Range result = left.apply(operation, right);
        if ((exact & ~words(result)) != 0) {
          fail(operation + " of " + left + " and " + right + " gives " + result);
        }
        exactEnds.add(hasEndsOf(result, exact));
      }
    });
    exactEnds.assertIs(EXACT_ENDS.getOrDefault(operation, 100));
  }

  /** Whether each side of a range ends where the words do. */
  private static boolean hasEndsOf(Range range, long words) {
    long nonNegative = words & 0xffff_ffffL;
    long negative = words & ~0xffff_ffffL;
    return (nonNegative == 0
            ? range.firstSide() == 1
            : range.firstSide() == 0
                && range.min(0) == Long.numberOfTrailingZeros(nonNegative)
                && range.max(0) == 63 - Long.numberOfLeadingZeros(nonNegative))
        && (negative == 0
            ? range.lastSide() == 0
            : range.lastSide() == 1
                && WORD.unsigned(range.min(1)) == Long.numberOfTrailingZeros(negative)
                && WORD.unsigned(range.max(1)) == 63 - Long.numberOfLeadingZeros(negative));
  }

  /** Unions of the bitmaps at successive positions, two look-ups each. */
  private static final class Unions {
    private final long[][] ofPowers = new long[BITS + 1][];

    Unions(long[] sets) {
      ofPowers[0] = sets;
      for (int k = 1; k <= BITS; k++) {
        ofPowers[k] = ofPowers[k - 1].clone();
        for (int i = 0; i + (1 << k) <= sets.length; i++) {
          ofPowers[k][i] = ofPowers[k - 1][i] | ofPowers[k - 1][i + (1 << (k - 1))];
        }
      }
    }

    long of(int from, int to) {
      int k = 31 - Integer.numberOfLeadingZeros(to - from + 1);
      return ofPowers[k][from] | ofPowers[k][to - (1 << k) + 1];
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPairOfWordsThatSatisfiesAConditionSurvivesIt(Condition condition) {
    long[] rights = new long[1 << BITS];
    long[] lefts = new long[1 << BITS];
    for (int x = 0; x < 1 << BITS; x++) {
      for (int y = 0; y < 1 << BITS; y++) {
        if (Reference.holds(condition, BITS, x, y)) {
          rights[x] |= 1L << y;
          lefts[y] |= 1L << x;
        }
      }
    }
    Shares exactEnds = new Shares();
    IntStream.range(0, intervals.size()).parallel().forEach(j -> {
      Range right = intervals.get(j);
      long rightWords = words(right);
      long possible = SmallWords.image(lefts, rightWords);
      for (int i = Cases.first(j); i < intervals.size(); i += Cases.EVERY) {
        Range left = intervals.get(i);
        long exact = words(left) & possible;
        Range refined = Conditions.refine(condition, left, right);
        if ((exact & ~words(refined)) != 0
            || (Conditions.isExcluded(condition, left, right) && exact != 0)) {
          fail(left + " " + condition + " " + right + " leaves " + refined);
        }
        exactEnds.add(exact == 0 ? refined.isBottom() : hasEndsOf(refined, exact));
      }
    });
    exactEnds.assertIs(EXACT_REFINED.getOrDefault(condition, 100));
  }

  @Test
  void everyLowPartAndEveryExtensionIsIncluded() {
    for (int narrow = 1; narrow <= BITS; narrow++) {
      Word to = Word.of(narrow);
      for (int i = Cases.first(narrow); i < intervals.size(); i += Math.min(Cases.EVERY, 50)) {
        Range r = intervals.get(i);
        Range part = r.truncate(to);
        for (long rest = words(r); rest != 0; rest &= rest - 1) {
          long v = Long.numberOfTrailingZeros(rest);
          assertTrue(part.contains(v), () -> r + " has " + v + ", but its low bits are " + part);
          assertTrue(part.zeroExtend(WORD).contains(to.unsigned(v)));
          assertTrue(part.signExtend(WORD).contains(to.signed(v)));
        }
      }
    }
  }

  @Test
  void aRangeHoldsExactlyTheWordsOfItsThreeComponents() {
    Word word = Word.of(4);
    for (Range r : SmallWords.ranges(4)) {
      for (long v = 0; v <= word.mask(); v++) {
        boolean inAll = r.unsignedMin() <= v
            && v <= r.unsignedMax()
            && r.signedMin() <= word.signed(v)
            && word.signed(v) <= r.signedMax()
            && (v & ~r.mask) == r.value;
        assertEquals(inAll, r.contains(v), r::toString);
      }
    }
  }
}
