package dev.assay.verifier.state;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Operation;
import dev.assay.numeric.Scalar;

/**
 * What a {@link Fact} says of the range of one of its symbols, given the ranges of the others.
 *
 * <p>Sound: each case gives a set that contains the symbol's word for every choice of words of the other symbols within their scalars for which the fact
 * holds. Where integers are computed with, it is first made sure that no sum wraps around; else the answer is "any word".
 */
final class Consequence {
  private Consequence() {}

  /** The words that the symbol, which the fact mentions, can still be. */
  static Scalar of(Numbers numbers, Fact fact, int symbol) {
    return switch (fact) {
      case Fact.Sum sum -> ofSum(numbers, sum, symbol);
      case Fact.AtMost most -> ofAtMost(numbers, most, symbol);
      case Fact.Image image ->
        symbol == image.result()
            ? forward(numbers.ofSymbol(image.argument()), image)
            : backward(numbers.ofSymbol(image.result()), numbers.ofSymbol(image.argument()), image);
      case Fact.Excluded excluded ->
        Scalar.assume(
                Condition.NE, false, numbers.ofSymbol(symbol), Scalar.constant(excluded.word()))
            .left();
    };
  }

  /**
   * With x + y = total + constant as words: if neither side can wrap around as a sum of signed integers, it is an equation of integers, and each
   * of the three is the difference or the sum of the others' ranges.
   */
  private static Scalar ofSum(Numbers numbers, Fact.Sum sum, int symbol) {
    Scalar x = numbers.ofSymbol(sum.x());
    Scalar y = numbers.ofSymbol(sum.y());
    Scalar total = numbers.ofSymbol(sum.total());
    if (!numbers.isOfIntegers(sum)) {
      return Scalar.top();
    }
    long least = total.signedMin() + sum.constant();
    long most = total.signedMax() + sum.constant();
    if (symbol == sum.total()) {
      return range(
          Numbers.saturatingSubtract(x.signedMin() + y.signedMin(), sum.constant()),
          Numbers.saturatingSubtract(x.signedMax() + y.signedMax(), sum.constant()));
    }
    Scalar other = symbol == sum.x() ? y : x;
    return range(
        Numbers.saturatingSubtract(least, other.signedMax()),
        Numbers.saturatingSubtract(most, other.signedMin()));
  }

  /** x ≤ total + bound − y as integers, and total ≥ x + y − bound. What saturates is no bound at all. */
  private static Scalar ofAtMost(Numbers numbers, Fact.AtMost most, int symbol) {
    Scalar x = numbers.ofSymbol(most.x());
    Scalar y = numbers.ofSymbol(most.y());
    Scalar total = numbers.ofSymbol(most.total());
    if (symbol == most.total()) {
      long sum = Numbers.saturatingAdd(x.signedMin(), y.signedMin());
      long least = Numbers.saturatingSubtract(sum, most.bound());
      return Numbers.addsExactly(x, y) && symbol != most.x() && symbol != most.y()
          ? Scalar.signed(least, Long.MAX_VALUE)
          : Scalar.top();
    }
    Scalar other = symbol == most.x() ? y : x;
    long limit = Numbers.saturatingAdd(total.signedMax(), most.bound());
    long greatest = Numbers.saturatingSubtract(limit, other.signedMin());
    return limit == Long.MAX_VALUE || limit == Long.MIN_VALUE
        ? Scalar.top()
        : Scalar.signed(Long.MIN_VALUE, greatest);
  }

  private static Scalar range(long least, long most) {
    return least <= most ? Scalar.signed(least, most) : Scalar.bottom();
  }

  private static Scalar forward(Scalar argument, Fact.Image image) {
    Scalar parameter = Scalar.constant(image.parameter());
    return switch (image.function()) {
      case BYTE_SWAP -> swapped(argument, (int) image.parameter());
      case AND -> argument.apply(Operation.AND, false, parameter);
      case SHIFT_LEFT -> argument.apply(Operation.SHIFT_LEFT, false, parameter);
      case SHIFT_RIGHT -> argument.apply(Operation.SHIFT_RIGHT, false, parameter);
      case MULTIPLY -> argument.apply(Operation.MUL, false, parameter);
      case DIVIDE -> argument.apply(Operation.DIVIDE_UNSIGNED, false, parameter);
    };
  }

  private static Scalar backward(Scalar result, Scalar argument, Fact.Image image) {
    long parameter = image.parameter();
    return switch (image.function()) {
      // A word that has no bits above those that are swapped is what swapping its result gives.
      case BYTE_SWAP ->
        parameter == 64 || fitsUnsigned(argument, (int) parameter)
            ? swapped(result, (int) parameter)
            : Scalar.top();
      case AND -> beforeAnd(result, argument, parameter);
      // If nothing is shifted out, the word is the result divided by 2^parameter.
      case SHIFT_LEFT ->
        fitsUnsigned(argument, 64 - (int) parameter)
            ? result.apply(Operation.SHIFT_RIGHT, false, Scalar.constant(parameter))
            : Scalar.top();
      case SHIFT_RIGHT -> beforeShiftRight(result, (int) parameter);
      case MULTIPLY, DIVIDE -> Scalar.top();
    };
  }

  /**
   * result · 2^p ≤ word ≤ result · 2^p + 2^p − 1, unsigned. The result's word is below 2^(64 − p), which its scalar need not say: widening forgets it, and bounds
   * beyond would lose bits.
   */
  private static Scalar beforeShiftRight(Scalar result, int count) {
    Scalar possible = result.meet(Scalar.unsigned(0, -1L >>> count));
    return possible.isBottom()
        ? Scalar.bottom()
        : Scalar.unsigned(
            possible.unsignedMin() << count, possible.unsignedMax() << count | (1L << count) - 1);
  }

  /** The swapped words; none is 0 where none of the words is, and all their bits are swapped. */
  private static Scalar swapped(Scalar scalar, int bits) {
    Scalar result = scalar.byteSwap(bits);
    boolean whole = bits == 64 || fitsUnsigned(scalar, bits);
    return whole && !scalar.contains(0)
        ? Scalar.assume(Condition.NE, false, result, Scalar.constant(0)).left()
        : result;
  }

  /**
   * The bits within the mask are the result's. As word = result + (word & ~mask) with both parts not negative, a word that is not negative is at least
   * the result, and at most the result + ~mask.
   */
  private static Scalar beforeAnd(Scalar result, Scalar argument, long mask) {
    Scalar bits = Scalar.knownBits(result.bitsValue() & mask, result.bitsMask() | ~mask);
    if (argument.signedMin() < 0 || result.signedMin() < 0) {
      return bits;
    }
    long most = ~mask >= 0 ? Numbers.saturatingAdd(result.signedMax(), ~mask) : Long.MAX_VALUE;
    return bits.meet(Scalar.signed(result.signedMin(), most));
  }

  private static boolean fitsUnsigned(Scalar scalar, int bits) {
    return scalar.signedMin() >= 0 && (bits > 62 || scalar.signedMax() < 1L << bits);
  }
}
