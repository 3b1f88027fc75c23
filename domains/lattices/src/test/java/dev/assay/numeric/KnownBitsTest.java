package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Known bits alone, over all elements of 6 bits. */
class KnownBitsTest {
  private static final int BITS = 6;
  private static final List<KnownBits> ALL = SmallWords.knownBits(BITS);
  private static final long[] WORDS =
      ALL.stream().mapToLong(k -> SmallWords.words(k, BITS)).toArray();

  @Test
  void sumsAreTheBestPossible() {
    assertEquals(1.0, optimalShare(Operation.ADD, KnownBits::add));
  }

  @Test
  void differencesAreTheBestPossible() {
    assertEquals(1.0, optimalShare(Operation.SUB, KnownBits::sub));
  }

  @Test
  void bitwiseResultsAreTheBestPossible() {
    assertEquals(1.0, optimalShare(Operation.AND, KnownBits::and));
    assertEquals(1.0, optimalShare(Operation.OR, KnownBits::or));
    assertEquals(1.0, optimalShare(Operation.XOR, KnownBits::xor));
  }

  @Test
  void productsAreNearlyTheBestPossible() {
    assertEquals(0.93913, optimalShare(Operation.MUL, KnownBits::mul), 0.00001);
  }

  /** The share of pairs for which the result is the best; fails if a concrete result is missing in any. */
  private static double optimalShare(Operation operation, BinaryOperator<KnownBits> abstractly) {
    long[][] table = SmallWords.table(operation, BITS);
    long optimal = 0;
    long pairs = 0;
    // Products are not always the best, and their share is held exactly.
    int step = operation == Operation.MUL ? 1 : Math.min(Cases.EVERY, 20);
    for (int j = 0; j < WORDS.length; j++) {
      long[] column = SmallWords.column(table, WORDS[j]);
      for (int i = j % step; i < WORDS.length; i += step) {
        pairs++;
        long exact = SmallWords.image(column, WORDS[i]);
        KnownBits result = abstractly.apply(ALL.get(i), ALL.get(j)).within(Word.of(BITS));
        KnownBits best = best(exact);
        if (result.equals(best)) {
          optimal++;
        } else if (!result.join(best).equals(result)) {
          throw new AssertionError(
              operation + " of " + ALL.get(i) + " and " + ALL.get(j) + " gives " + result);
        }
      }
    }
    return (double) optimal / pairs;
  }

  private static KnownBits best(long words) {
    long some = 0;
    long all = -1;
    for (long rest = words; rest != 0; rest &= rest - 1) {
      int v = Long.numberOfTrailingZeros(rest);
      some |= v;
      all &= v;
    }
    return new KnownBits(all, some & ~all);
  }

  @Test
  void shiftsByConstantsAreTheBestPossible() {
    Word word = Word.of(BITS);
    for (int count = 0; count < BITS; count++) {
      long[] left = shifts(Operation.SHIFT_LEFT, count);
      long[] right = shifts(Operation.SHIFT_RIGHT, count);
      long[] signed = shifts(Operation.SHIFT_RIGHT_SIGNED, count);
      for (int i = 0; i < WORDS.length; i++) {
        KnownBits k = ALL.get(i);
        assertEquals(best(SmallWords.image(left, WORDS[i])), k.shiftLeft(count).within(word));
        assertEquals(best(SmallWords.image(right, WORDS[i])), k.shiftRight(count));
        assertEquals(best(SmallWords.image(signed, WORDS[i])), k.shiftRightSigned(word, count));
      }
    }
  }

  private static long[] shifts(Operation operation, int count) {
    return SmallWords.column(SmallWords.table(operation, BITS), 1L << count);
  }

  @Test
  void theNearestMembersAreFound() {
    for (int i = 0; i < WORDS.length; i++) {
      long value = ALL.get(i).value();
      long mask = ALL.get(i).mask();
      for (int from = 0; from <= (value | mask); from++) {
        assertEquals(
            Long.numberOfTrailingZeros(WORDS[i] >>> from << from),
            KnownBits.least(value, mask, from));
      }
      for (int to = (int) value; to < 1 << BITS; to++) {
        long upTo = WORDS[i] << (63 - to) >>> (63 - to);
        assertEquals(63 - Long.numberOfLeadingZeros(upTo), KnownBits.greatest(value, mask, to));
      }
    }
  }
}
