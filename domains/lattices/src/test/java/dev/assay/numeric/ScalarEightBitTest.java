package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random elements of 8 bits (low halves of 4), with all words that they describe: wide enough that words and halves have much to tell each other, and that fewer
 * results overflow than at 4 bits.
 */
class ScalarEightBitTest {
  private static final Word WORD = Word.of(8);
  private static final int WORDS = 256;
  private static final int CASES = Math.max(40, Cases.of(400));

  /** The share of pairs with the best possible result, in percent, rounded down from what was measured; all, if not named. */
  private static final Map<Operation, Integer> OPTIMAL = Map.ofEntries(
      Map.entry(Operation.ADD, 98),
      Map.entry(Operation.SUB, 99),
      Map.entry(Operation.MUL, 66),
      Map.entry(Operation.DIVIDE_UNSIGNED, 75),
      Map.entry(Operation.DIVIDE_SIGNED, 77),
      Map.entry(Operation.MODULO_UNSIGNED, 56),
      Map.entry(Operation.MODULO_SIGNED, 67),
      Map.entry(Operation.XOR, 99),
      Map.entry(Operation.SHIFT_LEFT, 75),
      Map.entry(Operation.SHIFT_RIGHT, 76),
      Map.entry(Operation.SHIFT_RIGHT_SIGNED, 80));

  /** The same for operations on low halves. */
  private static final Map<Operation, Integer> OPTIMAL_LOW = Map.of(
      Operation.ADD, 99,
      Operation.SUB, 99,
      Operation.MUL, 87,
      Operation.DIVIDE_UNSIGNED, 90,
      Operation.DIVIDE_SIGNED, 95,
      Operation.MODULO_UNSIGNED, 79,
      Operation.MODULO_SIGNED, 86,
      Operation.SHIFT_LEFT, 99,
      Operation.SHIFT_RIGHT, 99,
      Operation.SHIFT_RIGHT_SIGNED, 99);

  /** The same for what a condition leaves of both. */
  private static final Map<Condition, Integer> OPTIMAL_REFINED =
      Map.of(Condition.NE, 99, Condition.SET, 77, Condition.NOT_SET, 95);

  /** A set of words, and the best element for it. */
  private static final class Words {
    final boolean[] set = new boolean[WORDS];

    static Words of(Scalar scalar) {
      Words words = new Words();
      for (int v = 0; v < WORDS; v++) {
        words.set[v] = scalar.contains(v);
      }
      return words;
    }

    Scalar best() {
      Scalar best = Scalar.bottom(WORD);
      for (int v = 0; v < WORDS; v++) {
        if (set[v] && !best.contains(v)) {
          best = best.join(Scalar.constant(WORD, v));
        }
      }
      // What is contained may still be news to one of the components.
      for (int v = 0; v < WORDS; v++) {
        best = set[v] ? best.join(Scalar.constant(WORD, v)) : best;
      }
      return best;
    }
  }

  private static Scalar random(long seed) {
    RandomWords random = new RandomWords(RandomWords.SEED + seed);
    return random.below(8) == 0
        ? Scalar.constant(WORD, random.word())
        : random.including(WORD, random.word());
  }

  /** Fails if something is lost. */
  private static boolean isBest(Scalar result, Words exact, Object what, Scalar a, Scalar b) {
    Scalar best = exact.best();
    if (!result.includes(best)) {
      fail(what + " of " + a + " and " + b + " gives " + result + ", not " + best);
    }
    return result.equals(best);
  }

  @ParameterizedTest
  @EnumSource
  void everyResultIsIncluded(Operation operation) {
    operation(operation, false).assertIs(OPTIMAL.getOrDefault(operation, 100));
  }

  @ParameterizedTest
  @EnumSource
  void everyResultOnLowHalvesIsIncluded(Operation operation) {
    operation(operation, true).assertIs(OPTIMAL_LOW.getOrDefault(operation, 100));
  }

  private static Shares operation(Operation operation, boolean low) {
    int bits = low ? 4 : 8;
    int[][] table = new int[WORDS][WORDS];
    for (int x = 0; x < WORDS; x++) {
      for (int y = 0; y < WORDS; y++) {
        table[x][y] = (int) Reference.apply(operation, bits, x, y);
      }
    }
    Shares shares = new Shares();
    for (int i = 0; i < CASES; i++) {
      Scalar a = random(2L * i);
      Scalar b = random(2L * i + 1);
      boolean[] left = Words.of(a).set;
      boolean[] right = Words.of(b).set;
      Words exact = new Words();
      for (int x = 0; x < WORDS; x++) {
        for (int y = 0; left[x] && y < WORDS; y++) {
          if (right[y]) {
            exact.set[table[x][y]] = true;
          }
        }
      }
      shares.add(isBest(a.apply(operation, low, b), exact, operation, a, b));
    }
    return shares;
  }

  @ParameterizedTest
  @EnumSource
  void conditionsKeepEveryPairThatSatisfiesThem(Condition condition) {
    Shares shares = new Shares();
    for (int i = 0; i < CASES; i++) {
      Scalar a = random(2L * i);
      Scalar b = random(2L * i + 1);
      boolean low = i % 2 == 1;
      boolean[] left = Words.of(a).set;
      boolean[] right = Words.of(b).set;
      Words exactLeft = new Words();
      Words exactRight = new Words();
      for (int x = 0; x < WORDS; x++) {
        for (int y = 0; left[x] && y < WORDS; y++) {
          if (right[y] && Reference.holds(condition, low ? 4 : 8, x, y)) {
            exactLeft.set[x] = true;
            exactRight.set[y] = true;
          }
        }
      }
      Refined refined = Scalar.assume(condition, low, a, b);
      boolean leftIsBest = isBest(refined.left(), exactLeft, condition, a, b);
      shares.add(isBest(refined.right(), exactRight, condition, a, b) && leftIsBest);
    }
    shares.assertIs(OPTIMAL_REFINED.getOrDefault(condition, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyExtensionIsIncluded(int bits) {
    Word part = Word.of(bits);
    Shares zero = new Shares();
    Shares sign = new Shares();
    for (int i = 0; i < CASES; i++) {
      Scalar a = random(i);
      Words unsigned = new Words();
      Words signed = new Words();
      for (int v = 0; v < WORDS; v++) {
        if (a.contains(v)) {
          unsigned.set[(int) part.unsigned(v)] = true;
          signed.set[(int) WORD.unsigned(part.signed(v))] = true;
        }
      }
      zero.add(isBest(a.zeroExtend(bits), unsigned, "zero extension", a, a));
      sign.add(isBest(a.signExtend(bits), signed, "sign extension", a, a));
    }
    zero.assertIs(100);
    sign.assertIs(100);
  }
}
