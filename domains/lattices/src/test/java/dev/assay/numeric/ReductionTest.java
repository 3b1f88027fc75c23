package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parts of the product tell each other: everything, at small widths, and at all widths nothing is left to tell. */
class ReductionTest {
  /** Every combination of a range of 4 bits and one of its low half becomes the least element around the words that have both. */
  @Test
  void ofFourBitsEveryCombinationBecomesTheBestElement() {
    SmallScalars scalars = new SmallScalars(4);
    List<Range> wholes = SmallWords.ranges(4);
    List<Range> halves = SmallWords.ranges(2);
    for (int i = 0; i < wholes.size(); i++) {
      Range whole = wholes.get(i);
      for (int j = Cases.first(i); j < halves.size(); j += Cases.EVERY) {
        Range half = halves.get(j);
        long words = SmallWords.words(whole);
        for (long v = 0; v < 16; v++) {
          words &= half.contains(v) ? -1 : ~(1L << v);
        }
        assertEquals(
            scalars.best(words), Scalar.reduced(whole, half), () -> whole + " with half " + half);
      }
    }
  }

  @Test
  void ofEightBitsRandomCombinationsBecomeTheBestElement() {
    Word word = Word.of(8);
    for (int i = 0; i < Cases.of(20_000); i++) {
      int seed = i;
      RandomWords random = new RandomWords(RandomWords.SEED + seed);
      Scalar s = random.including(word, random.word());
      Scalar best = Scalar.bottom(word);
      for (long v = 0; v <= word.mask(); v++) {
        best = s.contains(v) ? best.join(Scalar.constant(word, v)) : best;
      }
      assertEquals(best, s, () -> "seed " + (RandomWords.SEED + seed));
    }
  }

  /**
   * An element put together again from its bounds, its low half's bounds and its bits is the same: each part has been told what the others say. So it is for what every
   * operation gives.
   */
  @Test
  void everyResultIsItsOwnReduction() {
    for (int i = 0; i < Cases.of(5_000); i++) {
      RandomWords random = new RandomWords(RandomWords.SEED + i);
      Scalar a = random.including(random.word());
      Scalar b = random.including(random.word());
      assertIsReduced(a);
      assertIsReduced(a.join(b));
      assertIsReduced(a.meet(b));
      assertIsReduced(a.widen(a.join(b), Thresholds.of(0, 64, 1500)));
      boolean low = i % 2 == 0;
      for (Operation operation : Operation.values()) {
        assertIsReduced(a.apply(operation, low, b));
      }
      for (Condition condition : Condition.values()) {
        Refined refined = Scalar.assume(condition, low, a, b);
        assertIsReduced(refined.left());
        assertIsReduced(refined.right());
      }
      for (int bits = 1; bits <= 64; bits++) {
        assertIsReduced(a.zeroExtend(bits));
        assertIsReduced(a.signExtend(bits));
      }
      for (int bits = 16; bits <= 64; bits *= 2) {
        assertIsReduced(a.byteSwap(bits));
      }
    }
  }

  private static void assertIsReduced(Scalar s) {
    if (!s.isBottom()) {
      Scalar again = Scalar.unsigned(s.unsignedMin(), s.unsignedMax())
          .meet(Scalar.signed(s.signedMin(), s.signedMax()))
          .meet(Scalar.knownBits(s.bitsValue(), s.bitsMask()));
      again = low(Condition.GE, again, s.lowUnsignedMin());
      again = low(Condition.LE, again, s.lowUnsignedMax());
      again = low(Condition.SGE, again, s.lowSignedMin());
      again = low(Condition.SLE, again, s.lowSignedMax());
      assertEquals(s, again);
    }
  }

  private static Scalar low(Condition condition, Scalar s, long bound) {
    return Scalar.assume(condition, true, s, Scalar.constant(bound)).left();
  }
}
