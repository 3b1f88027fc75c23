package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Facts about symbols, held against one concrete choice of their words: nothing that is learnt may exclude it. */
class NumbersTest {
  private static final long[] INTERESTING = {
    0,
    1,
    -1,
    9,
    255,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    -0x80000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** Numbers with a word for each symbol. */
  private static final class Model {
    final Random random;
    final Numbers numbers = new Numbers(Relations.zones());
    final List<Long> words = new ArrayList<>(List.of(0L));

    Model(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 5; i++) {
        long word = word();
        words.add(word);
        Scalar around = Scalar.constant(word).join(Scalar.constant(word + random.nextInt(64) - 32));
        numbers.fresh(random.nextInt(3) == 0 ? Scalar.top() : around);
      }
    }

    long word() {
      long word = INTERESTING[random.nextInt(INTERESTING.length)];
      return switch (random.nextInt(3)) {
        case 0 -> word;
        case 1 -> word + random.nextInt(64) - 32;
        default -> random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(200) - 100;
      };
    }

    Value value() {
      int symbol = random.nextInt(words.size());
      long shift = random.nextBoolean() ? random.nextInt(40) - 20 : word();
      Form form = symbol == 0 ? Form.FULL : Form.values()[random.nextInt(4)];
      return new Value(Kind.Basic.NUMBER, random.nextBoolean() ? Form.FULL : form, symbol, shift);
    }

    long number(Value value) {
      long sum = words.get(value.symbol()) + value.shift();
      return value.form() == Form.FULL ? sum : ConcreteState.inForm(value.form(), (int) sum);
    }

    /** Nothing known excludes the words. */
    void check() {
      for (int symbol = 0; symbol < words.size(); symbol++) {
        assertTrue(
            numbers.ofSymbol(symbol).contains(words.get(symbol)), "a scalar excludes its word");
      }
      assertFalse(numbers.relations().isBottom());
      for (int i = 0; i < 4; i++) {
        Value x = value();
        Value y = value();
        assertTrue(numbers.of(x).contains(number(x)), "a value excludes its number");
        long most = numbers.maxDifference(x, y);
        BigInteger difference =
            BigInteger.valueOf(number(x)).subtract(BigInteger.valueOf(number(y)));
        assertTrue(
            most == Relations.UNBOUNDED || difference.compareTo(BigInteger.valueOf(most)) <= 0,
            "a difference is exceeded");
        assertTrue(!numbers.same(x, y) || number(x) == number(y), "different numbers are the same");
      }
    }
  }

  private static boolean holds(Condition condition, boolean low, long x, long y) {
    long left = low ? x & 0xffffffffL : x;
    long right = low ? y & 0xffffffffL : y;
    long signedLeft = low ? (int) x : x;
    long signedRight = low ? (int) y : y;
    return switch (condition) {
      case EQ -> left == right;
      case NE -> left != right;
      case SET -> (left & right) != 0;
      case NOT_SET -> (left & right) == 0;
      case GT -> Long.compareUnsigned(left, right) > 0;
      case GE -> Long.compareUnsigned(left, right) >= 0;
      case LT -> Long.compareUnsigned(left, right) < 0;
      case LE -> Long.compareUnsigned(left, right) <= 0;
      case SGT -> signedLeft > signedRight;
      case SGE -> signedLeft >= signedRight;
      case SLT -> signedLeft < signedRight;
      case SLE -> signedLeft <= signedRight;
    };
  }

  @Property(tries = 3000)
  void whatIsTrueOfTheWordsNeverExcludesThem(@ForAll long seed) {
    Model model = new Model(seed);
    Random random = model.random;
    for (int step = 0; step < 12; step++) {
      Value x = model.value();
      Value y = model.value();
      switch (random.nextInt(4)) {
        case 0 -> {
          Scalar fact = Scalar.constant(model.number(x)).join(Scalar.constant(model.word()));
          assertTrue(model.numbers.refine(x, fact), "what is true is called impossible");
        }
        case 1 -> {
          BigInteger difference =
              BigInteger.valueOf(model.number(x)).subtract(BigInteger.valueOf(model.number(y)));
          if (difference.bitLength() < 62) {
            assertTrue(
                model.numbers.assumeDifference(x, y, difference.longValue() + random.nextInt(3)));
          }
        }
        default -> {
          Condition condition = Condition.values()[random.nextInt(Condition.values().length)];
          boolean low = random.nextBoolean();
          if (holds(condition, low, model.number(x), model.number(y))) {
            assertTrue(
                model.numbers.assume(condition, low, x, y), () -> x + " " + condition + " " + y);
          }
        }
      }
      model.check();
    }
  }

  @Property(tries = 3000)
  void anExtensionIsThatOfTheLowHalf(@ForAll long seed) {
    Model model = new Model(seed);
    Value value = model.value();
    for (Form form : Form.values()) {
      Value extended = model.numbers.extend(value, form);
      long number = model.number(value);
      long expected = form == Form.FULL ? number : ConcreteState.inForm(form, (int) number);
      assertEquals(expected, model.number(extended), () -> value + " as " + form);
    }
    for (Form form : List.of(Form.ZERO_EXTENDED, Form.SIGN_EXTENDED)) {
      Value half = model.numbers.lowHalf(Kind.Basic.NUMBER, form, value.symbol(), value.shift());
      int low = (int) (model.words.get(value.symbol()) + value.shift());
      assertEquals(ConcreteState.inForm(form, low), model.number(half));
    }
  }

  @Property(tries = 1000)
  void aCopyIsIndependent(@ForAll long seed) {
    Model model = new Model(seed);
    Scalar before = model.numbers.ofSymbol(1);
    Numbers copy = model.numbers.copy();
    copy.refine(Value.ofSymbol(1), Scalar.constant(model.words.get(1)));
    int added = copy.fresh(Scalar.constant(7));
    assertEquals(before, model.numbers.ofSymbol(1));
    assertEquals(added, model.numbers.count());
    model.numbers.fresh(Scalar.constant(8));
    assertEquals(Scalar.constant(7), copy.ofSymbol(added));
  }

  @Test
  void aTestOfACopyBoundsTheOriginal() {
    Numbers numbers = new Numbers(Relations.zones());
    Value x = Value.ofSymbol(numbers.fresh(Scalar.top()));
    Value moved = new Value(Kind.Basic.NUMBER, Form.FULL, x.symbol(), 5);
    assertTrue(numbers.assume(Condition.LT, false, moved, Value.constant(15)));
    // x + 5 in [0, 14], modulo 2^64.
    assertTrue(numbers.of(x).contains(-5));
    assertTrue(numbers.of(x).contains(9));
    assertFalse(numbers.of(x).contains(10));
    assertFalse(numbers.of(x).contains(-6));
  }

  @Test
  void aTestOfAHalfBoundsTheHalfOfAllCopies() {
    Numbers numbers = new Numbers(Relations.zones());
    Value x = Value.ofSymbol(numbers.fresh(Scalar.top()));
    Value half = numbers.extend(x, Form.ZERO_EXTENDED);
    assertTrue(numbers.assume(Condition.LE, false, half, Value.constant(15)));
    assertEquals(15, numbers.of(numbers.extend(x, Form.SIGN_EXTENDED)).signedMax());
    assertEquals(0, numbers.of(numbers.extend(x, Form.SIGN_EXTENDED)).signedMin());
    assertEquals(15L << 32, numbers.of(numbers.extend(x, Form.SHIFTED)).signedMax());
    assertTrue(numbers.of(x).contains(0x100000000L));
  }

  @Test
  void aDifferenceBoundsBoth() {
    Numbers numbers = new Numbers(Relations.zones());
    Value x = Value.ofSymbol(numbers.fresh(Scalar.signed(0, 1000)));
    Value y = Value.ofSymbol(numbers.fresh(Scalar.signed(0, 1000)));
    assertTrue(numbers.assume(Condition.LT, false, x, y));
    assertEquals(-1, numbers.maxDifference(x, y));
    assertTrue(numbers.assume(Condition.LE, false, y, Value.constant(10)));
    assertEquals(9, numbers.of(x).signedMax());
    assertFalse(numbers.copy().assume(Condition.EQ, false, x, y));
    assertFalse(numbers.copy().assume(Condition.SGT, true, x, y));
  }

  @Test
  void anOrderOfUnsignedNumbersIsNoneOfSignedOnes() {
    Numbers numbers = new Numbers(Relations.zones());
    Value x = Value.ofSymbol(numbers.fresh(Scalar.top()));
    Value y = Value.ofSymbol(numbers.fresh(Scalar.top()));
    assertTrue(numbers.assume(Condition.LT, false, x, y));
    assertEquals(Relations.UNBOUNDED, numbers.maxDifference(x, y));
  }

  @Test
  void anOrderOfSumsThatMayWrapIsNoDifference() {
    Numbers numbers = new Numbers(Relations.zones());
    Value x = Value.ofSymbol(numbers.fresh(Scalar.top()));
    Value y = Value.ofSymbol(numbers.fresh(Scalar.signed(0, 100)));
    Value sum = new Value(Kind.Basic.NUMBER, Form.FULL, x.symbol(), 1);
    assertTrue(numbers.assume(Condition.SLT, false, sum, y));
    // x may be the greatest number, so that x + 1 is the least.
    assertTrue(numbers.of(x).contains(Long.MAX_VALUE));
    assertTrue(
        numbers.maxDifference(x, y) == Relations.UNBOUNDED || numbers.maxDifference(x, y) > 0);
  }
}
