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

  /** As the words are known, or with those of which only one is possible as literals. */
  boolean holds(Fact fact) {
    return holds(fact, this::word) || holds(fact, this::literalIfConstant);
  }

  private boolean holds(Fact fact, IntFunction<Value> reading) {
    return switch (fact) {
      case Fact.Sum(int x, int y, int total, long constant) ->
        isSum(reading.apply(x), reading.apply(y), reading.apply(total), constant);
      case Fact.AtMost(int x, int y, int total, long bound) ->
        isAtMost(reading.apply(x), reading.apply(y), reading.apply(total), bound);
      case Fact.Image image ->
        isImage(reading.apply(image.result()), reading.apply(image.argument()), image);
      case Fact.Excluded(int symbol, long word) -> isExcluded(reading.apply(symbol), word);
    };
  }

  private Value word(int symbol) {
    return symbol == 0 ? Value.constant(0) : words.apply(symbol);
  }

  private Value literalIfConstant(int symbol) {
    Value value = word(symbol);
    Scalar known = numbers.of(value);
    return known.isConstant() ? Value.constant(known.constantValue()) : value;
  }

  private boolean isSum(Value x, Value y, Value total, long constant) {
    if (x.form() != Form.FULL || y.form() != Form.FULL || total.form() != Form.FULL) {
      return false;
    }
    // (x + a) + (y + b) = (t + c) + constant is x + y = t + rest.
    long rest = constant + total.shift() - x.shift() - y.shift();
    if (x.isLiteral() || y.isLiteral()) {
      int symbol = x.isLiteral() ? y.symbol() : x.symbol();
      return symbol == total.symbol() && rest == 0;
    }
    return numbers.facts().contains(new Fact.Sum(x.symbol(), y.symbol(), total.symbol(), rest));
  }

  /** Not even the largest bound holds where none is known: x + y − total has more than 64 bits. */
  private boolean isAtMost(Value x, Value y, Value total, long most) {
    long bound = numbers.maxSumLess(x, y, total);
    return bound != Long.MAX_VALUE && bound <= most;
  }

  private boolean isImage(Value result, Value argument, Fact.Image image) {
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

  private boolean isExcluded(Value value, long word) {
    return !numbers.of(value).contains(word)
        || (value.form() == Form.FULL
            && numbers.facts().contains(new Fact.Excluded(value.symbol(), word - value.shift())));
  }
}
