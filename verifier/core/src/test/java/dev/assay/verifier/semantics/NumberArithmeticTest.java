package dev.assay.verifier.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Arithmetic;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Width;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Arithmetic on values held against that on words: for one choice of the symbols' words, the result is the word that {@link Arithmetic} gives, and whatever
 * the operation keeps beside it (equalities, ranges, differences, facts) is true of the words.
 */
class NumberArithmeticTest {
  private static final int CASES = 4000;

  /** Overrides the seed: {@code -Dassay.seed=…}. */
  private static final long SEED = Long.getLong("assay.seed", 0x9669);

  private static final long[] INTERESTING = {
    0,
    1,
    -1,
    8,
    31,
    32,
    63,
    255,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    -0x80000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** A state in which the word of each symbol is known. */
  private static final class Model {
    final Random random;
    final State state = new State(32, Relations.zones());
    final List<Long> words = new ArrayList<>(List.of(0L));

    Model(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 4; i++) {
        long word = word();
        words.add(word);
        state.numbers().fresh(around(word));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        int x = 1 + random.nextInt(4);
        int y = 1 + random.nextInt(4);
        BigInteger difference =
            BigInteger.valueOf(words.get(x)).subtract(BigInteger.valueOf(words.get(y)));
        if (x != y && difference.bitLength() < 62) {
          state
              .numbers()
              .assumeDifference(
                  Value.ofSymbol(x), Value.ofSymbol(y), difference.longValue() + random.nextInt(3));
        }
      }
    }

    private long word() {
      long word = INTERESTING[random.nextInt(INTERESTING.length)];
      return switch (random.nextInt(4)) {
        case 0 -> word;
        case 1 -> word + random.nextInt(64) - 32;
        case 2 -> random.nextInt(100);
        default -> random.nextLong() >> random.nextInt(64);
      };
    }

    private Scalar around(long word) {
      return switch (random.nextInt(6)) {
        case 0 -> Scalar.top();
        case 1 -> {
          long most = random.nextLong();
          long unknown = most & random.nextLong();
          yield Scalar.knownBits(word & ~unknown, unknown);
        }
        case 2 -> Scalar.constant(word);
        default -> Scalar.constant(word).join(Scalar.constant(word + random.nextInt(32) - 16));
      };
    }

    Value value() {
      int symbol = random.nextInt(words.size());
      while (wordOf(symbol).isEmpty()) {
        symbol--;
      }
      long shift = random.nextInt(3) > 0 ? 0 : random.nextBoolean() ? random.nextInt(9) : word();
      if (symbol == 0) {
        return Value.constant(word());
      }
      Form form = Form.values()[random.nextInt(4)];
      return new Value(Kind.Basic.NUMBER, random.nextBoolean() ? Form.FULL : form, symbol, shift);
    }

    long number(Value value) {
      long sum = words.get(value.symbol()) + value.shift();
      return switch (value.form()) {
        case FULL -> sum;
        case ZERO_EXTENDED -> sum & 0xffffffffL;
        case SIGN_EXTENDED -> (int) sum;
        case SHIFTED -> sum << 32;
      };
    }

    /** The words of symbols that an operation made, as far as {@code results} tell them. */
    OptionalLong wordOf(int symbol) {
      return symbol < words.size() && words.get(symbol) != null
          ? OptionalLong.of(words.get(symbol))
          : OptionalLong.empty();
    }

    void know(int symbol, long word) {
      while (words.size() <= symbol) {
        words.add(null);
      }
      words.set(symbol, word);
    }
  }

  private static void check(
      Model model, ArithmeticOperator operator, Width width, Value left, Value right) {
    long x = model.number(left);
    long y = model.number(right);
    Value result = NumberArithmetic.apply(model.state, operator, width, left, right);
    int bits = width == Width.W32 ? 32 : 64;
    long expected = Arithmetic.compute(operator, bits, x, y);
    String text = operator + " " + width + " of " + left + " = " + x + " and " + right + " = " + y;
    // Of symbols that stand for parts of operands on the way, the words stay unknown here.
    if (model.wordOf(result.symbol()).isEmpty()) {
      assertEquals(Form.FULL, result.form(), text);
      model.know(result.symbol(), expected - result.shift());
    }
    assertEquals(expected, model.number(result), text);
    for (int symbol = 1; symbol < model.state.numbers().count(); symbol++) {
      OptionalLong word = model.wordOf(symbol);
      if (word.isPresent()) {
        Scalar scalar = model.state.numbers().ofSymbol(symbol);
        assertTrue(scalar.contains(word.getAsLong()), () -> text + ": " + scalar);
      }
    }
    for (Fact fact : model.state.numbers().facts().all()) {
      assertTrue(fact.mayHold(model::wordOf), () -> text + ": " + fact);
    }
    assertFalse(model.state.numbers().relations().isBottom(), text);
    model.state.numbers().relations().forEach((a, b, bound) -> {
      if (model.wordOf(a).isPresent() && model.wordOf(b).isPresent()) {
        BigInteger difference =
            BigInteger.valueOf(model.words.get(a)).subtract(BigInteger.valueOf(model.words.get(b)));
        assertTrue(
            difference.compareTo(BigInteger.valueOf(bound)) <= 0,
            () -> text + ": " + a + " - " + b + " <= " + bound);
      }
    });
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MOV", "MOVSX8", "MOVSX16", "MOVSX32"})
  void theResultAndAllThatIsRememberedIsTrueOfTheWords(ArithmeticOperator operator) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Model model = new Model(seed);
      Width width = model.random.nextBoolean() ? Width.W32 : Width.W64;
      // Twice, so that what is remembered of the first meets the second.
      try {
        Value left = model.value();
        check(model, operator, width, left, model.value());
        check(model, ArithmeticOperator.SUB, width, left, model.value());
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MOV", "MOVSX8", "MOVSX16", "MOVSX32"})
  void anOperationOnConstantsGivesAConstant(ArithmeticOperator operator) {
    State state = new State(32, Relations.zones());
    for (Width width : Width.values()) {
      if (width == Width.W32 || width == Width.W64) {
        int bits = width == Width.W32 ? 32 : 64;
        for (long x : INTERESTING) {
          for (long y : INTERESTING) {
            assertEquals(
                Value.constant(Arithmetic.compute(operator, bits, x, y)),
                NumberArithmetic.apply(
                    state, operator, width, Value.constant(x), Value.constant(y)));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void truncationKeepsTheLowBits(Form form) {
    for (int i = 0; i < CASES; i++) {
      Model model = new Model(SEED + i);
      Value value = model.value();
      value =
          value.isLiteral() ? value : new Value(value.kind(), form, value.symbol(), value.shift());
      for (int bits = 8; bits <= 64; bits *= 2) {
        int known = model.state.numbers().count();
        long expected = Arithmetic.truncate(bits, model.number(value));
        Value result = NumberArithmetic.truncated(model.state, value, bits);
        if (result.symbol() >= known) {
          model.know(result.symbol(), expected - result.shift());
        }
        assertEquals(expected, model.number(result));
        assertTrue(model.state.scalar(result).contains(expected));
      }
    }
  }
}
