package dev.assay.verifier.state;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * What is known of the words of symbols that neither their scalars nor their differences say. Equations are modulo 2⁶⁴, so that they stay true
 * whatever wraps around; inequalities are of signed integers. What follows for ranges is for {@link Consequence} to say.
 */
public sealed interface Fact {

  /** Whether the fact is about a symbol. */
  boolean mentions(int symbol);

  /**
   * Whether the fact may be true.
   *
   * @param words the word of each symbol, of 0 too, as far as it is known
   */
  default boolean mayHold(IntFunction<OptionalLong> words) {
    return switch (this) {
      case Sum(int x, int y, int total, long constant) ->
        !known(words, x, y, total)
            || word(words, x) + word(words, y) == word(words, total) + constant;
      case AtMost(int x, int y, int total, long bound) ->
        !known(words, x, y, total)
            || BigInteger.valueOf(word(words, x))
                    .add(BigInteger.valueOf(word(words, y)))
                    .subtract(BigInteger.valueOf(word(words, total)))
                    .compareTo(BigInteger.valueOf(bound))
                <= 0;
      case Image(int result, Function function, long parameter, int argument) ->
        !known(words, result, argument)
            || word(words, result) == function.apply(word(words, argument), parameter);
      case Excluded(int symbol, long word) -> !known(words, symbol) || word(words, symbol) != word;
    };
  }

  private static boolean known(IntFunction<OptionalLong> words, int... symbols) {
    return Arrays.stream(symbols).allMatch(symbol -> words.apply(symbol).isPresent());
  }

  private static long word(IntFunction<OptionalLong> words, int symbol) {
    return words.apply(symbol).orElseThrow();
  }

  /**
   * The sum of two symbols' words is that of a third and a constant: x + y = total + constant.
   *
   * @param x not 0, at most {@code y}
   * @param y not 0
   * @param total 0 for a sum that is the constant
   */
  record Sum(int x, int y, int total, long constant) implements Fact {
    public Sum {
      if (x > y) {
        int larger = x;
        x = y;
        y = larger;
      }
    }

    @Override
    public boolean mentions(int symbol) {
      return x == symbol || y == symbol || total == symbol;
    }
  }

  /**
   * The sum of two symbols, read as signed integers, is at most a third and a constant: x + y ≤ total + bound.
   *
   * @param x not 0, at most {@code y}
   * @param y not 0
   * @param total 0 for a sum that is at most the constant
   */
  record AtMost(int x, int y, int total, long bound) implements Fact {
    public AtMost {
      if (x > y) {
        int larger = x;
        x = y;
        y = larger;
      }
    }

    @Override
    public boolean mentions(int symbol) {
      return x == symbol || y == symbol || total == symbol;
    }
  }

  /**
   * A symbol's word is a function of another's.
   *
   * @param parameter what the function has beside its argument; see {@link Function}
   */
  record Image(int result, Function function, long parameter, int argument) implements Fact {
    @Override
    public boolean mentions(int symbol) {
      return result == symbol || argument == symbol;
    }
  }

  /** A symbol's word is not this one, which lies within its range. */
  record Excluded(int symbol, long word) implements Fact {
    @Override
    public boolean mentions(int other) {
      return symbol == other;
    }
  }

  /** The functions of a word whose results are remembered, beside sums. */
  enum Function {
    /** The lowest so many bits, in bytes, in the opposite order. */
    BYTE_SWAP,
    /** The bits that the parameter has, too. */
    AND,
    /** The word shifted left by so many bits, 1 to 63. */
    SHIFT_LEFT,
    /** The word shifted right by so many bits, 1 to 63; zeros come in. */
    SHIFT_RIGHT,
    /** The product with the parameter. */
    MULTIPLY,
    /** The unsigned quotient by the parameter, which is not 0. */
    DIVIDE;

    /** The result for one word. */
    long apply(long word, long parameter) {
      return switch (this) {
        case BYTE_SWAP -> Long.reverseBytes(word) >>> (64 - (int) parameter);
        case AND -> word & parameter;
        case SHIFT_LEFT -> word << parameter;
        case SHIFT_RIGHT -> word >>> parameter;
        case MULTIPLY -> word * parameter;
        case DIVIDE -> Long.divideUnsigned(word, parameter);
      };
    }
  }
}
