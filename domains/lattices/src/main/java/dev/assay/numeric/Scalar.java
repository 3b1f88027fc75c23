package dev.assay.numeric;

/**
 * What is known of one word: a set of words of one width, immutable, as the reduced product of
 *
 * <ul>
 *   <li>the unsigned and the signed interval of the word,
 *   <li>the unsigned and the signed interval of its low half,
 *   <li>the known bits.
 * </ul>
 *
 * <p>Word and low half are each a {@link Range}; this class holds the two against each other: an interval of the word
 * that spans fewer words than the half has is an interval of the half, known bits of one are known bits of the other,
 * and an end of the word's intervals moves inwards until its low half is possible. This is repeated until nothing
 * changes, so that elements which differ in no consequence found this way are equal.
 *
 * <p>Every operation over-approximates: if x is in this and y in {@code right}, the operation's result on x and y (by
 * RFC 9669) is in the operation's result here. It holds because it does for {@link Range}, on the word and on the half,
 * and because each reduction keeps every word that both describe.
 *
 * <p>The product of intervals and bits in a reduced form goes back to Miné, "Abstract Domains for Bit-Level Machine
 * Integer and Floating-point Operations" (WING 2012). Linux's verifier tracks the same five components; it served as a
 * source of facts only.
 *
 * <p>Bounds, words and bits have no meaning for bottom.
 */
public final class Scalar {
  private static final int CACHED_MIN = -128;
  private static final int CACHED_MAX = 1024;

  private static final Scalar[] TOP = new Scalar[65];
  private static final Scalar[] BOTTOM = new Scalar[65];
  private static final Scalar[] CONSTANT = new Scalar[CACHED_MAX - CACHED_MIN + 1];

  static {
    for (int bits = 1; bits <= 64; bits++) {
      Word word = Word.of(bits);
      TOP[bits] = new Scalar(Range.top(word), Range.top(word.half()));
      BOTTOM[bits] = new Scalar(Range.bottom(word), Range.bottom(word.half()));
    }
    for (int v = CACHED_MIN; v <= CACHED_MAX; v++) {
      CONSTANT[v - CACHED_MIN] =
          new Scalar(Range.constant(Word.W64, v), Range.constant(Word.W64.half(), v));
    }
  }

  /** The words. */
  private final Range full;

  /** Their low halves. */
  private final Range low;

  /** The hash code, once it was asked for; racing threads compute the same. */
  private int hash;

  /** Takes components that are reduced against each other. */
  private Scalar(Range full, Range low) {
    this.full = full;
    this.low = low;
  }

  /** The words in {@code full} whose low halves are in {@code low}. */
  static Scalar reduced(Range full, Range low) {
    while (true) {
      Range half = low.meet(full.truncate(low.word));
      Range whole = full.restrictLow(half);
      if (whole.isBottom()) {
        return BOTTOM[full.word.bits()];
      }
      if (whole.equals(full)) {
        return new Scalar(full, half);
      }
      full = whole;
      low = half;
    }
  }

  /** {@link #reduced}, but this element if the result is the same. */
  private Scalar with(Range newFull, Range newLow) {
    if (newFull.equals(full) && newLow.equals(low)) {
      return this;
    }
    Scalar result = reduced(newFull, newLow);
    return result.equals(this) ? this : result;
  }

  /** Every 64-bit word. */
  public static Scalar top() {
    return TOP[64];
  }

  /** Every word of a width. */
  public static Scalar top(Word word) {
    return TOP[word.bits()];
  }

  /** No word at all: a point that is not reached. */
  public static Scalar bottom() {
    return BOTTOM[64];
  }

  /** No word of a width. */
  public static Scalar bottom(Word word) {
    return BOTTOM[word.bits()];
  }

  /** Exactly {@code v}. */
  public static Scalar constant(long v) {
    return v >= CACHED_MIN && v <= CACHED_MAX
        ? CONSTANT[(int) v - CACHED_MIN]
        : new Scalar(Range.constant(Word.W64, v), Range.constant(Word.W64.half(), v));
  }

  /** Exactly the low bits of {@code v}. */
  public static Scalar constant(Word word, long v) {
    return word == Word.W64
        ? constant(v)
        : new Scalar(Range.constant(word, v), Range.constant(word.half(), v));
  }

  /** The words from {@code lo} to {@code hi}, both included, by the unsigned reading; bottom if lo &gt; hi. */
  public static Scalar unsigned(long lo, long hi) {
    return unsigned(Word.W64, lo, hi);
  }

  /** {@link #unsigned(long, long)} for words of a width, in unsigned form. */
  public static Scalar unsigned(Word word, long lo, long hi) {
    return of(Range.unsigned(word, lo, hi));
  }

  /** The words from {@code lo} to {@code hi}, both included, by the signed reading; bottom if lo &gt; hi. */
  public static Scalar signed(long lo, long hi) {
    return signed(Word.W64, lo, hi);
  }

  /** {@link #signed(long, long)} for words of a width, in signed form. */
  public static Scalar signed(Word word, long lo, long hi) {
    return of(Range.signed(word, lo, hi));
  }

  /** The words that agree with {@code value} wherever {@code mask} has a 0. */
  public static Scalar knownBits(long value, long mask) {
    return knownBits(Word.W64, value, mask);
  }

  /** {@link #knownBits(long, long)} for words of a width. */
  public static Scalar knownBits(Word word, long value, long mask) {
    return of(Range.bits(word, word.unsigned(value), word.unsigned(mask)));
  }

  /** The width of the words. */
  public Word word() {
    return full.word;
  }

  /** Whether there is no such word. */
  public boolean isBottom() {
    return full.isBottom();
  }

  /** Whether nothing is known. */
  public boolean isTop() {
    return full.isTop() && low.isTop();
  }

  /** Whether it is exactly one word. */
  public boolean isConstant() {
    return full.isConstant();
  }

  /**
   * That one word, in signed form (at 64 bits: the word).
   *
   * @throws IllegalStateException unless {@link #isConstant()}
   */
  public long constantValue() {
    if (!isConstant()) {
      throw new IllegalStateException(this + " is not a constant");
    }
    return full.signedMin();
  }

  /** The least word by the unsigned reading. Like all bounds, it has no meaning for bottom. */
  public long unsignedMin() {
    return full.unsignedMin();
  }

  /** The greatest word by the unsigned reading. */
  public long unsignedMax() {
    return full.unsignedMax();
  }

  /** The least word by the signed reading. */
  public long signedMin() {
    return full.signedMin();
  }

  /** The greatest word by the signed reading. */
  public long signedMax() {
    return full.signedMax();
  }

  /** The least low half by the unsigned reading, as a non-negative number. */
  public long lowUnsignedMin() {
    return low.unsignedMin();
  }

  /** The greatest low half by the unsigned reading, as a non-negative number. */
  public long lowUnsignedMax() {
    return low.unsignedMax();
  }

  /** The least low half by the signed reading. */
  public long lowSignedMin() {
    return low.signedMin();
  }

  /** The greatest low half by the signed reading. */
  public long lowSignedMax() {
    return low.signedMax();
  }

  /** The known bits; 0 where unknown. */
  public long bitsValue() {
    return full.value;
  }

  /** The unknown bits: 1 where a bit may be either. */
  public long bitsMask() {
    return full.mask;
  }

  /** Whether {@code v} is one of the words. */
  public boolean contains(long v) {
    return full.contains(v) && low.contains(v);
  }

  /** Whether every word of {@code other} is one of these (as far as the bounds and bits of both tell). */
  public boolean includes(Scalar other) {
    return full.includes(other.full) && low.includes(other.low);
  }

  /** The least element that includes both. */
  public Scalar join(Scalar other) {
    Range joinedFull = full.join(other.full);
    Range joinedLow = low.join(other.low);
    return joinedFull.equals(full) && joinedLow.equals(low)
        ? this
        : joinedFull.equals(other.full) && joinedLow.equals(other.low)
            ? other
            : new Scalar(joinedFull, joinedLow);
  }

  /** An element that includes all words common to both. */
  public Scalar meet(Scalar other) {
    return with(full.meet(other.full), low.meet(other.low));
  }

  /**
   * Widening, this ∇ next: includes both; a bound of this element that {@code next} exceeds moves to the next threshold
   * beyond, or to the extreme of its type. Every chain of widenings with the same thresholds is finite.
   */
  public Scalar widen(Scalar next, Thresholds thresholds) {
    if (includes(next)) {
      return this;
    }
    if (isBottom()) {
      return next;
    }
    // A low half that says nothing of its own must not hold the word back, or it takes one more
    // round to leave both.
    boolean implied = low.equals(full.truncate(low.word));
    return with(
        Widening.widen(full, next.full, thresholds),
        implied ? Range.top(low.word) : Widening.widen(low, next.low, thresholds));
  }

  /**
   * Narrowing: between {@code next} and this, for a {@code next} computed from this. It keeps every improvement, so
   * the caller bounds the number of rounds.
   */
  public Scalar narrow(Scalar next) {
    return meet(next);
  }

  /** The sum, modulo 2<sup>width</sup>. */
  public Scalar add(Scalar right) {
    return apply(Operation.ADD, false, right);
  }

  /** The difference, modulo 2<sup>width</sup>. */
  public Scalar sub(Scalar right) {
    return apply(Operation.SUB, false, right);
  }

  /** The product, modulo 2<sup>width</sup>. */
  public Scalar mul(Scalar right) {
    return apply(Operation.MUL, false, right);
  }

  /** The unsigned quotient; 0 for a divisor of 0. */
  public Scalar divideUnsigned(Scalar right) {
    return apply(Operation.DIVIDE_UNSIGNED, false, right);
  }

  /** The signed quotient, rounded toward zero; 0 for a divisor of 0; the least number by −1 is itself. */
  public Scalar divideSigned(Scalar right) {
    return apply(Operation.DIVIDE_SIGNED, false, right);
  }

  /** The unsigned remainder; the dividend for a divisor of 0. */
  public Scalar moduloUnsigned(Scalar right) {
    return apply(Operation.MODULO_UNSIGNED, false, right);
  }

  /** The signed remainder, with the dividend's sign; the dividend for a divisor of 0. */
  public Scalar moduloSigned(Scalar right) {
    return apply(Operation.MODULO_SIGNED, false, right);
  }

  /** The bitwise or. */
  public Scalar or(Scalar right) {
    return apply(Operation.OR, false, right);
  }

  /** The bitwise and. */
  public Scalar and(Scalar right) {
    return apply(Operation.AND, false, right);
  }

  /** The bitwise exclusive or. */
  public Scalar xor(Scalar right) {
    return apply(Operation.XOR, false, right);
  }

  /** Shifted left by the right operand, masked to width − 1. */
  public Scalar shiftLeft(Scalar right) {
    return apply(Operation.SHIFT_LEFT, false, right);
  }

  /** Shifted right by the right operand, masked to width − 1, zeros coming in. */
  public Scalar shiftRight(Scalar right) {
    return apply(Operation.SHIFT_RIGHT, false, right);
  }

  /** Shifted right by the right operand, masked to width − 1, the sign coming in. */
  public Scalar shiftRightSigned(Scalar right) {
    return apply(Operation.SHIFT_RIGHT_SIGNED, false, right);
  }

  /** The negation, modulo 2<sup>width</sup>. */
  public Scalar negate() {
    return negate(false);
  }

  /**
   * The result of an operation. Both operands have the same width.
   *
   * @param low whether to operate on the low halves and zero-extend the result
   */
  public Scalar apply(Operation operation, boolean low, Scalar right) {
    if (isConstant() && right.isConstant()) {
      return constants(operation, low, right);
    }
    if (low) {
      return zeroExtended(this.low.apply(operation, right.low));
    }
    Range whole = full.apply(operation, right.full);
    return switch (operation) {
      case MUL -> reduced(whole, Products.mul(this.low, right.low, whole.bits()));
      case ADD, SUB, OR, AND, XOR -> reduced(whole, this.low.apply(operation, right.low));
      case SHIFT_LEFT -> right.isConstant() ? shiftedLeft(whole, right) : of(whole);
      case DIVIDE_UNSIGNED,
          DIVIDE_SIGNED,
          MODULO_UNSIGNED,
          MODULO_SIGNED,
          SHIFT_RIGHT,
          SHIFT_RIGHT_SIGNED -> of(whole);
    };
  }

  /** The negation, of the low half with the result zero-extended if {@code low}. */
  public Scalar negate(boolean low) {
    return constant(word(), 0).apply(Operation.SUB, low, this);
  }

  /** The low {@code bits} bits, all others zero; 1 ≤ bits ≤ width. */
  public Scalar zeroExtend(int bits) {
    Range part = lowBits(bits);
    return bits >= low.word.bits()
        ? reduced(part.zeroExtend(word()), low)
        : of(part.zeroExtend(word()));
  }

  /** The low {@code bits} bits, all others equal to the highest of these; 1 ≤ bits ≤ width. */
  public Scalar signExtend(int bits) {
    Range part = lowBits(bits);
    return bits >= low.word.bits()
        ? reduced(part.signExtend(word()), low)
        : of(part.signExtend(word()));
  }

  /** The low {@code bits} bits (a multiple of 8 up to the width) with their bytes in reverse order, zero-extended. */
  public Scalar byteSwap(int bits) {
    if (bits % 8 != 0) {
      throw new IllegalArgumentException("only whole bytes can be swapped, not " + bits + " bits");
    }
    Range part = lowBits(bits);
    if (part.isBottom()) {
      return bottom(word());
    }
    int spare = 64 - bits;
    long value = Long.reverseBytes(part.value) >>> spare;
    long mask = Long.reverseBytes(part.mask) >>> spare;
    return of(Range.bits(part.word, value, mask).zeroExtend(word()));
  }

  /**
   * Both operands where the condition holds; both bottom if it cannot.
   *
   * @param low whether the low halves are compared
   */
  public static Refined assume(Condition condition, boolean low, Scalar left, Scalar right) {
    Scalar newLeft;
    Scalar newRight;
    if (low) {
      newLeft = left.with(left.full, Conditions.refine(condition, left.low, right.low));
      newRight =
          right.with(right.full, Conditions.refine(condition.mirrored(), right.low, left.low));
    } else if (condition == Condition.EQ) {
      newLeft = left.meet(right);
      newRight = newLeft;
    } else {
      newLeft = left.with(Conditions.refine(condition, left.full, right.full), left.low);
      newRight =
          right.with(Conditions.refine(condition.mirrored(), right.full, left.full), right.low);
    }
    if (newLeft.isBottom() || newRight.isBottom()) {
      return new Refined(bottom(left.word()), bottom(left.word()));
    }
    return new Refined(newLeft, newRight);
  }

  /**
   * What is known of a condition.
   *
   * @param low whether the low halves are compared
   */
  public static Truth decide(Condition condition, boolean low, Scalar left, Scalar right) {
    if (isExcluded(condition, low, left, right)) {
      return Truth.NEVER;
    }
    return isExcluded(condition.negated(), low, left, right) ? Truth.ALWAYS : Truth.MAYBE;
  }

  // Within

  private static Scalar of(Range full) {
    return reduced(full, Range.top(full.word.half()));
  }

  /** The words whose low half is in {@code half} and whose other bits are zero; these need no reduction. */
  private Scalar zeroExtended(Range half) {
    return half.isBottom() ? bottom(word()) : new Scalar(half.zeroExtend(word()), half);
  }

  /** The low bits as words of that width. */
  private Range lowBits(int bits) {
    return bits <= low.word.bits() ? low.truncate(Word.of(bits)) : full.truncate(Word.of(bits));
  }

  /** The operation on one pair of words, by its own definition. */
  private Scalar constants(Operation operation, boolean low, Scalar right) {
    Word word = low ? this.low.word : word();
    long result = Concrete.apply(operation, word, full.value, right.full.value);
    return constant(word(), result);
  }

  /**
   * Shifted left by a constant, given what is known from the whole word. If only bits of the low half remain in the word,
   * they tell the result even where the whole word is unknown; and a low half stays one, if it is shifted by less.
   */
  private Scalar shiftedLeft(Range whole, Scalar right) {
    int count = (int) Long.remainderUnsigned(right.full.value, word().bits());
    if (count >= word().bits() - low.word.bits()) {
      whole = whole.meet(Shifts.left(low.signExtend(word()), count));
    }
    return count < low.word.bits() ? reduced(whole, Shifts.left(low, count)) : of(whole);
  }

  private static boolean isExcluded(Condition condition, boolean low, Scalar left, Scalar right) {
    return low
        ? Conditions.isExcluded(condition, left.low, right.low)
        : Conditions.isExcluded(condition, left.full, right.full)
            || (condition == Condition.EQ && Conditions.isExcluded(condition, left.low, right.low));
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Scalar that && full.equals(that.full) && low.equals(that.low));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = full.hashCode() * 31 + low.hashCode() | 1;
    }
    return hash;
  }

  @Override
  public String toString() {
    return isTop()
        ? "any"
        : isBottom() || isConstant() ? full.toString() : full + ", low half " + low;
  }
}
