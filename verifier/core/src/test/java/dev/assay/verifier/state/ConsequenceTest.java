package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from a fact leaves out no word for which the fact is true, whatever else is known or not known of the words. */
class ConsequenceTest {
  private static final int CASES = 100_000;

  /** Overrides the seed: {@code -Dassay.seed=…}. */
  private static final long SEED = Long.getLong("assay.seed", 0x5eed);

  private final Random random = new Random(SEED);

  /** Words of the symbols 0 to 3, and what is known of them. */
  private final long[] words = new long[4];

  private Numbers numbers = new Numbers(Relations.zones());

  private long word() {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextInt(400) - 200;
      case 1 -> (1L << random.nextInt(64)) + random.nextInt(5) - 2;
      case 2 -> -(1L << random.nextInt(64)) + random.nextInt(5) - 2;
      case 3 -> random.nextInt();
      case 4 -> Long.MAX_VALUE - random.nextInt(4);
      case 5 -> Long.MIN_VALUE + random.nextInt(4);
      default -> random.nextLong() >>> random.nextInt(64);
    };
  }

  private Scalar around(long word) {
    Scalar result = Scalar.top();
    for (int i = random.nextInt(4); i > 0; i--) {
      long other = random.nextBoolean() ? word() : word + random.nextInt(100) - 50;
      result = result.meet(
          switch (random.nextInt(5)) {
            case 0 -> Scalar.signed(Math.min(word, other), Math.max(word, other));
            case 1 ->
              Long.compareUnsigned(word, other) <= 0
                  ? Scalar.unsigned(word, other)
                  : Scalar.unsigned(other, word);
            case 2 -> {
              long half = random.nextLong();
              long unknown = half | random.nextLong();
              yield Scalar.knownBits(word & ~unknown, unknown);
            }
            case 3 -> {
              long unknown = -1L >>> random.nextInt(64);
              yield Scalar.knownBits(word & ~unknown, unknown);
            }
            default ->
              other == word
                  ? Scalar.top()
                  : Scalar.assume(Condition.NE, false, Scalar.top(), Scalar.constant(other))
                      .left();
          });
    }
    return random.nextInt(12) == 0 ? Scalar.constant(word) : result;
  }

  private void describe() {
    words[0] = 0;
    numbers = new Numbers(Relations.zones());
    for (int symbol = 1; symbol < words.length; symbol++) {
      numbers.fresh(around(words[symbol]));
    }
  }

  private void check(Fact fact) {
    for (int symbol = 0; symbol < words.length; symbol++) {
      if (fact.mentions(symbol)) {
        Scalar told = Consequence.of(numbers, fact, symbol);
        int at = symbol;
        assertTrue(told.contains(words[symbol]), () -> text(fact, at, told));
      }
    }
    // The same, followed to the end.
    Numbers followed = numbers.copy();
    followed.learn(fact);
    for (int symbol = 1; symbol < words.length; symbol++) {
      int at = symbol;
      assertTrue(
          followed.refine(Value.ofSymbol(symbol), around(words[symbol])),
          () -> text(fact, at, Scalar.bottom()));
    }
    for (int symbol = 1; symbol < words.length; symbol++) {
      int at = symbol;
      assertTrue(
          followed.ofSymbol(symbol).contains(words[symbol]),
          () -> text(fact, at, followed.ofSymbol(at)));
    }
  }

  private String text(Fact fact, int symbol, Scalar told) {
    StringBuilder known = new StringBuilder();
    for (int i = 1; i < words.length; i++) {
      known.append('\n').append(i).append(": ").append(numbers.ofSymbol(i));
    }
    return "seed " + SEED + ": " + fact + " of " + Arrays.toString(words) + " tells of " + symbol
        + ": " + told + known;
  }

  @Test
  void ofSums() {
    for (int i = 0; i < CASES; i++) {
      int x = 1 + random.nextInt(3);
      int y = 1 + random.nextInt(3);
      int total = random.nextInt(4);
      for (int symbol = 1; symbol < words.length; symbol++) {
        words[symbol] = word();
      }
      if (random.nextBoolean() && total != 0 && total != x && total != y) {
        words[total] = words[x] + words[y] + random.nextInt(64) - 32;
      }
      describe();
      check(new Fact.Sum(x, y, total, words[x] + words[y] - words[total]));
    }
  }

  @Test
  void ofBoundsOfSums() {
    for (int i = 0; i < CASES; i++) {
      int x = 1 + random.nextInt(3);
      int y = 1 + random.nextInt(3);
      int total = random.nextInt(4);
      for (int symbol = 1; symbol < words.length; symbol++) {
        words[symbol] = word();
      }
      describe();
      long bound =
          random.nextBoolean() ? words[x] + words[y] - words[total] + random.nextInt(4) : word();
      Fact fact = new Fact.AtMost(x, y, total, bound);
      if (fact.mayHold(symbol -> java.util.OptionalLong.of(words[symbol]))) {
        check(fact);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fact.Function.class)
  void ofImages(Fact.Function function) {
    for (int i = 0; i < CASES; i++) {
      int result = 1 + random.nextInt(3);
      int argument = 1 + (result + random.nextInt(2)) % 3;
      long parameter =
          switch (function) {
            case BYTE_SWAP -> 16L << random.nextInt(3);
            case AND, MULTIPLY -> word();
            case SHIFT_LEFT, SHIFT_RIGHT -> 1 + random.nextInt(63);
            case DIVIDE -> {
              long divisor = word();
              yield divisor == 0 ? 1 : divisor;
            }
          };
      for (int symbol = 1; symbol < words.length; symbol++) {
        words[symbol] = word();
      }
      words[result] = function.apply(words[argument], parameter);
      describe();
      check(new Fact.Image(result, function, parameter, argument));
    }
  }

  @Test
  void ofExcludedWords() {
    for (int i = 0; i < CASES; i++) {
      int symbol = 1 + random.nextInt(3);
      for (int other = 1; other < words.length; other++) {
        words[other] = word();
      }
      describe();
      long excluded = random.nextBoolean() ? word() : words[symbol] + random.nextInt(9) - 4;
      if (excluded != words[symbol]) {
        check(new Fact.Excluded(symbol, excluded));
      }
    }
  }
}
