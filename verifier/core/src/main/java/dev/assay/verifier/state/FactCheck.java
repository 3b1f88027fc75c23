package dev.assay.verifier.state;

import dev.assay.numeric.Scalar;
import java.util.function.IntFunction;

/**
 * Whether a fact about one state's symbols holds in another state, where each symbol reads as a value. Sound: yes only where the equation follows from
 * what the other state knows, as an equation of words.
 */
final class FactCheck {
  private final Numbers numbers;
  private final IntFunction<Value> words;

  /**
   * A check against what {@code numbers} know.
   *
   * @param words the value that a symbol (not 0) reads as
   */
  FactCheck(Numbers numbers, IntFunction<Value> words) {
    this.numbers = numbers;
    this.words = words;
  }

  boolean holds(Fact fact) {
    return switch (fact) {
      case Fact.Sum sum -> holds(sum);
      case Fact.AtMost most -> bound(most) <= most.bound();
      case Fact.Image image -> holds(image);
      case Fact.Excluded excluded -> holds(excluded);
    };
  }

  /** The word of a symbol, as a literal where only one is possible. */
  private Value word(int symbol) {
    if (symbol == 0) {
      return Value.constant(0);
    }
    Value value = words.apply(symbol);
    Scalar known = numbers.of(value);
    return known.isConstant() ? Value.constant(known.constantValue()) : value;
  }

  private boolean holds(Fact.Sum sum) {
    Value x = word(sum.x());
    Value y = word(sum.y());
    Value total = word(sum.total());
    if (x.form() != Form.FULL || y.form() != Form.FULL || total.form() != Form.FULL) {
      return false;
    }
    // (x + a) + (y + b) = (t + c) + constant is x + y = t + rest.
    long rest = sum.constant() + total.shift() - x.shift() - y.shift();
    if (x.isLiteral() || y.isLiteral()) {
      int symbol = x.isLiteral() ? y.symbol() : x.symbol();
      return symbol == total.symbol() && rest == 0;
    }
    return numbers.facts().contains(new Fact.Sum(x.symbol(), y.symbol(), total.symbol(), rest));
  }

  /** The least bound that is known here for what {@code most} bounds; {@link Long#MAX_VALUE} if there is none. */
  long bound(Fact.AtMost most) {
    return numbers.maxSumLess(word(most.x()), word(most.y()), word(most.total()));
  }

  private boolean holds(Fact.Image image) {
    Value result = word(image.result());
    Value argument = word(image.argument());
    if (argument.isLiteral()) {
      return result.isLiteral()
          && result.shift() == image.function().apply(argument.shift(), image.parameter());
    }
    if (argument.form() != Form.FULL || argument.shift() != 0) {
      return false;
    }
    if (image.function() == Fact.Function.AND
        && result.equals(argument)
        && hasNoBitsBeside(numbers.of(argument), image.parameter())) {
      return true;
    }
    return result.form() == Form.FULL
        && result.shift() == 0
        && numbers
            .facts()
            .contains(new Fact.Image(
                result.symbol(), image.function(), image.parameter(), argument.symbol()));
  }

  private static boolean hasNoBitsBeside(Scalar scalar, long mask) {
    return ((scalar.bitsMask() | scalar.bitsValue()) & ~mask) == 0;
  }

  private boolean holds(Fact.Excluded excluded) {
    Value value = word(excluded.symbol());
    return !numbers.of(value).contains(excluded.word())
        || (value.form() == Form.FULL
            && numbers
                .facts()
                .contains(new Fact.Excluded(value.symbol(), excluded.word() - value.shift())));
  }
}
