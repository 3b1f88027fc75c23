package dev.assay.numeric;

/** What is known of one word. */
public final class Scalar {
  private Scalar() {}

  /** Every 64-bit word. */
  public static Scalar top() {
    throw new UnsupportedOperationException();
  }

  /** Every word of a width. */
  public static Scalar top(Word word) {
    throw new UnsupportedOperationException();
  }

  /** No word at all: a point that is not reached. */
  public static Scalar bottom() {
    throw new UnsupportedOperationException();
  }

  /** No word of a width. */
  public static Scalar bottom(Word word) {
    throw new UnsupportedOperationException();
  }

  /** Exactly {@code v}. */
  public static Scalar constant(long v) {
    throw new UnsupportedOperationException();
  }

  /** Exactly the low bits of {@code v}. */
  public static Scalar constant(Word word, long v) {
    throw new UnsupportedOperationException();
  }

  /** The words from {@code lo} to {@code hi}, both included, by the unsigned reading; bottom if lo &gt; hi. */
  public static Scalar unsigned(long lo, long hi) {
    throw new UnsupportedOperationException();
  }

  /** {@link #unsigned(long, long)} for words of a width, in unsigned form. */
  public static Scalar unsigned(Word word, long lo, long hi) {
    throw new UnsupportedOperationException();
  }

  /** The words from {@code lo} to {@code hi}, both included, by the signed reading; bottom if lo &gt; hi. */
  public static Scalar signed(long lo, long hi) {
    throw new UnsupportedOperationException();
  }

  /** {@link #signed(long, long)} for words of a width, in signed form. */
  public static Scalar signed(Word word, long lo, long hi) {
    throw new UnsupportedOperationException();
  }

  /** The words that agree with {@code value} wherever {@code mask} has a 0. */
  public static Scalar knownBits(long value, long mask) {
    throw new UnsupportedOperationException();
  }

  /** {@link #knownBits(long, long)} for words of a width. */
  public static Scalar knownBits(Word word, long value, long mask) {
    throw new UnsupportedOperationException();
  }

  /** The width of the words. */
  public Word word() {
    throw new UnsupportedOperationException();
  }

  /** Whether there is no such word. */
  public boolean isBottom() {
    throw new UnsupportedOperationException();
  }

  /** Whether nothing is known. */
  public boolean isTop() {
    throw new UnsupportedOperationException();
  }

  /** Whether it is exactly one word. */
  public boolean isConstant() {
    throw new UnsupportedOperationException();
  }

  /**
   * That one word, in signed form (at 64 bits: the word).
   *
   * @throws IllegalStateException unless {@link #isConstant()}
   */
  public long constantValue() {
    throw new UnsupportedOperationException();
  }

  /** The least word by the unsigned reading. Like all bounds, it has no meaning for bottom. */
  public long unsignedMin() {
    throw new UnsupportedOperationException();
  }

  /** The greatest word by the unsigned reading. */
  public long unsignedMax() {
    throw new UnsupportedOperationException();
  }

  /** The least word by the signed reading. */
  public long signedMin() {
    throw new UnsupportedOperationException();
  }

  /** The greatest word by the signed reading. */
  public long signedMax() {
    throw new UnsupportedOperationException();
  }

  /** The least low half by the unsigned reading, as a non-negative number. */
  public long lowUnsignedMin() {
    throw new UnsupportedOperationException();
  }

  /** The greatest low half by the unsigned reading, as a non-negative number. */
  public long lowUnsignedMax() {
    throw new UnsupportedOperationException();
  }

  /** The least low half by the signed reading. */
  public long lowSignedMin() {
    throw new UnsupportedOperationException();
  }

  /** The greatest low half by the signed reading. */
  public long lowSignedMax() {
    throw new UnsupportedOperationException();
  }

  /** The known bits; 0 where unknown. */
  public long bitsValue() {
    throw new UnsupportedOperationException();
  }

  /** The unknown bits: 1 where a bit may be either. */
  public long bitsMask() {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code v} is one of the words. */
  public boolean contains(long v) {
    throw new UnsupportedOperationException();
  }

  /** Whether every word of {@code other} is one of these (as far as the bounds and bits of both tell). */
  public boolean includes(Scalar other) {
    throw new UnsupportedOperationException();
  }

  /** The least element that includes both. */
  public Scalar join(Scalar other) {
    throw new UnsupportedOperationException();
  }

  /** An element that includes all words common to both. */
  public Scalar meet(Scalar other) {
    throw new UnsupportedOperationException();
  }

  /**
   * Widening, this ∇ next: includes both; a bound of this element that {@code next} exceeds moves to the next threshold
   * beyond, or to the extreme of its type. Every chain of widenings with the same thresholds is finite.
   */
  public Scalar widen(Scalar next, Thresholds thresholds) {
    throw new UnsupportedOperationException();
  }

  /**
   * Narrowing: between {@code next} and this, for a {@code next} computed from this. It keeps every improvement, so
   * the caller bounds the number of rounds.
   */
  public Scalar narrow(Scalar next) {
    throw new UnsupportedOperationException();
  }

  /** The sum, modulo 2<sup>width</sup>. */
  public Scalar add(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The difference, modulo 2<sup>width</sup>. */
  public Scalar sub(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The product, modulo 2<sup>width</sup>. */
  public Scalar mul(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The unsigned quotient; 0 for a divisor of 0. */
  public Scalar divideUnsigned(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The signed quotient, rounded toward zero; 0 for a divisor of 0; the least number by −1 is itself. */
  public Scalar divideSigned(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The unsigned remainder; the dividend for a divisor of 0. */
  public Scalar moduloUnsigned(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The signed remainder, with the dividend's sign; the dividend for a divisor of 0. */
  public Scalar moduloSigned(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The bitwise or. */
  public Scalar or(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The bitwise and. */
  public Scalar and(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The bitwise exclusive or. */
  public Scalar xor(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** Shifted left by the right operand, masked to width − 1. */
  public Scalar shiftLeft(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** Shifted right by the right operand, masked to width − 1, zeros coming in. */
  public Scalar shiftRight(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** Shifted right by the right operand, masked to width − 1, the sign coming in. */
  public Scalar shiftRightSigned(Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The negation, modulo 2<sup>width</sup>. */
  public Scalar negate() {
    throw new UnsupportedOperationException();
  }

  /**
   * The result of an operation. Both operands have the same width.
   *
   * @param low whether to operate on the low halves and zero-extend the result
   */
  public Scalar apply(Operation operation, boolean low, Scalar right) {
    throw new UnsupportedOperationException();
  }

  /** The negation, of the low half with the result zero-extended if {@code low}. */
  public Scalar negate(boolean low) {
    throw new UnsupportedOperationException();
  }

  /** The low {@code bits} bits, all others zero; 1 ≤ bits ≤ width. */
  public Scalar zeroExtend(int bits) {
    throw new UnsupportedOperationException();
  }

  /** The low {@code bits} bits, all others equal to the highest of these; 1 ≤ bits ≤ width. */
  public Scalar signExtend(int bits) {
    throw new UnsupportedOperationException();
  }

  /** The low {@code bits} bits (a multiple of 8 up to the width) with their bytes in reverse order, zero-extended. */
  public Scalar byteSwap(int bits) {
    throw new UnsupportedOperationException();
  }

  /**
   * Both operands where the condition holds; both bottom if it cannot.
   *
   * @param low whether the low halves are compared
   */
  public static Refined assume(Condition condition, boolean low, Scalar left, Scalar right) {
    throw new UnsupportedOperationException();
  }

  /**
   * What is known of a condition.
   *
   * @param low whether the low halves are compared
   */
  public static Truth decide(Condition condition, boolean low, Scalar left, Scalar right) {
    throw new UnsupportedOperationException();
  }
}
