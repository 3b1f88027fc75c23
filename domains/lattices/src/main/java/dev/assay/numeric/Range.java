package dev.assay.numeric;

/**
 * What is known of words of one width: unsigned interval, signed interval and known bits, reduced against each other.
 *
 * <p>The unsigned and the signed order agree on the words whose sign bit is clear, and on those where it is set. A pair
 * of an unsigned and a signed interval, each as tight as the other allows, is therefore the same as one interval of
 * non-negative and one of negative words, either possibly empty:
 *
 * <pre>
 *   unsigned   0 ......... SMAX | SMAX+1 ........ UMAX
 *                 [ non-negative ]       [ negative ]
 *   unsignedMin ──┘ signedMax ─┘         └─ signedMin └─ unsignedMax
 * </pre>
 *
 * That is how it is stored, both in signed form; the operations work on the one or two <em>sides</em> separately, on
 * each of which a word has only one reading. (Splitting at the poles is the idea of Navas, Schachte, Søndergaard and
 * Stuckey, "Signedness-Agnostic Program Analysis", APLAS 2012.)
 *
 * <p>Reduced means: each side's ends have the known bits; a bit that is the same in all words of the sides is known. So
 * equal sets, as far as these three components can describe them, have equal fields.
 */
final class Range {
  /** The lower end of a side without words: neutral for the minimum. */
  static final long EMPTY_MIN = Long.MAX_VALUE;

  /** The upper end of a side without words: neutral for the maximum. */
  static final long EMPTY_MAX = Long.MIN_VALUE;

  /** The sides, as the operations enumerate them: {@code for (int s = r.firstSide(); s <= r.lastSide(); s++)}. */
  private static final int NON_NEGATIVE = 0;

  private static final int NEGATIVE = 1;

  private static final Range[] TOP = new Range[65];
  private static final Range[] BOTTOM = new Range[65];

  static {
    for (int bits = 1; bits <= 64; bits++) {
      Word w = Word.of(bits);
      TOP[bits] = new Range(w, 0, w.signedMax(), w.signedMin(), -1, 0, w.mask());
      BOTTOM[bits] = new Range(w, EMPTY_MIN, EMPTY_MAX, EMPTY_MIN, EMPTY_MAX, 0, 0);
    }
  }

  final Word word;
  private final long nonNegativeMin;
  private final long nonNegativeMax;
  private final long negativeMin;
  private final long negativeMax;

  /** The known bits, in unsigned form. */
  final long value;

  /** The unknown bits, in unsigned form. */
  final long mask;

  private Range(
      Word word,
      long nonNegativeMin,
      long nonNegativeMax,
      long negativeMin,
      long negativeMax,
      long value,
      long mask) {
    this.word = word;
    this.nonNegativeMin = nonNegativeMin;
    this.nonNegativeMax = nonNegativeMax;
    this.negativeMin = negativeMin;
    this.negativeMax = negativeMax;
    this.value = value;
    this.mask = mask;
  }

  static Range top(Word word) {
    return TOP[word.bits()];
  }

  static Range bottom(Word word) {
    return BOTTOM[word.bits()];
  }

  static Range constant(Word word, long v) {
    long s = word.signed(v);
    return s >= 0
        ? new Range(word, s, s, EMPTY_MIN, EMPTY_MAX, s, 0)
        : new Range(word, EMPTY_MIN, EMPTY_MAX, s, s, word.unsigned(v), 0);
  }

  /** The words between {@code lo} and {@code hi} in unsigned form; bottom if lo &gt; hi. */
  static Range unsigned(Word word, long lo, long hi) {
    return top(word).restrictUnsigned(lo, hi);
  }

  /** The words between {@code lo} and {@code hi} in signed form; bottom if lo &gt; hi. */
  static Range signed(Word word, long lo, long hi) {
    return top(word).restrictSigned(lo, hi);
  }

  /** The words with these bits. */
  static Range bits(Word word, long value, long mask) {
    Range top = top(word);
    return top.with(
        top.nonNegativeMin,
        top.nonNegativeMax,
        top.negativeMin,
        top.negativeMax,
        value & ~mask,
        mask);
  }

  /**
   * The reduction, which keeps every word that is on a side and has the bits: the ends of a side move inwards to the
   * nearest word with the bits, so nothing between is lost; then the bits that the ends of a side share at the top hold
   * for all between, and those shared by both sides for all. The ends have these bits too, so one pass is a fixed point.
   */
  static Range reduced(
      Word word,
      long nonNegativeMin,
      long nonNegativeMax,
      long negativeMin,
      long negativeMax,
      long value,
      long mask) {
    long possible = value | mask;
    boolean some = nonNegativeMin <= nonNegativeMax;
    if (some) {
      if (Long.compareUnsigned(nonNegativeMin, possible) > 0
          || Long.compareUnsigned(nonNegativeMax, value) < 0) {
        some = false;
      } else {
        nonNegativeMin = KnownBits.least(value, mask, nonNegativeMin);
        nonNegativeMax = KnownBits.greatest(value, mask, nonNegativeMax);
        some = Long.compareUnsigned(nonNegativeMin, nonNegativeMax) <= 0;
      }
    }
    boolean someNegative = negativeMin <= negativeMax;
    long lo = word.unsigned(negativeMin);
    long hi = word.unsigned(negativeMax);
    if (someNegative) {
      if (Long.compareUnsigned(lo, possible) > 0 || Long.compareUnsigned(hi, value) < 0) {
        someNegative = false;
      } else {
        lo = KnownBits.least(value, mask, lo);
        hi = KnownBits.greatest(value, mask, hi);
        someNegative = Long.compareUnsigned(lo, hi) <= 0;
      }
    }
    long differing;
    long sample;
    if (some) {
      sample = nonNegativeMin;
      differing = below(nonNegativeMin ^ nonNegativeMax);
      if (someNegative) {
        differing |= below(lo ^ hi);
        differing |= lo ^ nonNegativeMin;
      }
    } else if (someNegative) {
      sample = lo;
      differing = below(lo ^ hi);
    } else {
      return bottom(word);
    }
    return new Range(
        word,
        some ? nonNegativeMin : EMPTY_MIN,
        some ? nonNegativeMax : EMPTY_MAX,
        someNegative ? word.signed(lo) : EMPTY_MIN,
        someNegative ? word.signed(hi) : EMPTY_MAX,
        value | (sample & mask & ~differing),
        mask & differing);
  }

  /** All bits up to the highest one of {@code difference}. */
  private static long below(long difference) {
    return difference == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(difference);
  }

  /** The reduction of these components; this range if it has the same. */
  private Range with(
      long nonNegativeMin,
      long nonNegativeMax,
      long negativeMin,
      long negativeMax,
      long value,
      long mask) {
    if (nonNegativeMin == this.nonNegativeMin
        && nonNegativeMax == this.nonNegativeMax
        && negativeMin == this.negativeMin
        && negativeMax == this.negativeMax
        && value == this.value
        && mask == this.mask) {
      return this;
    }
    Range r = reduced(word, nonNegativeMin, nonNegativeMax, negativeMin, negativeMax, value, mask);
    return r.equals(this) ? this : r;
  }

  // Faces

  boolean isBottom() {
    return nonNegativeMin > nonNegativeMax && negativeMin > negativeMax;
  }

  boolean isTop() {
    return equals(top(word));
  }

  boolean isConstant() {
    return mask == 0 && !isBottom();
  }

  private boolean hasNonNegative() {
    return nonNegativeMin <= nonNegativeMax;
  }

  private boolean hasNegative() {
    return negativeMin <= negativeMax;
  }

  long unsignedMin() {
    return hasNonNegative() ? nonNegativeMin : word.unsigned(negativeMin);
  }

  long unsignedMax() {
    return hasNegative() ? word.unsigned(negativeMax) : nonNegativeMax;
  }

  long signedMin() {
    return Math.min(nonNegativeMin, negativeMin);
  }

  long signedMax() {
    return Math.max(nonNegativeMax, negativeMax);
  }

  /** What the ends alone say: nothing known of the bits but what all words between the ends share. */
  Range withoutBits() {
    return reduced(word, nonNegativeMin, nonNegativeMax, negativeMin, negativeMax, 0, word.mask());
  }

  KnownBits bits() {
    return new KnownBits(value, mask);
  }

  /** The first side that has words; none if greater than {@link #lastSide}. */
  int firstSide() {
    return hasNonNegative() ? NON_NEGATIVE : NEGATIVE;
  }

  /** The last side that has words. */
  int lastSide() {
    return hasNegative() ? NEGATIVE : NON_NEGATIVE;
  }

  /** The least word of a side, in signed form. */
  long min(int side) {
    return side == NON_NEGATIVE ? nonNegativeMin : negativeMin;
  }

  /** The greatest word of a side, in signed form. */
  long max(int side) {
    return side == NON_NEGATIVE ? nonNegativeMax : negativeMax;
  }

  boolean contains(long v) {
    long s = word.signed(v);
    return (word.unsigned(v) & ~mask) == value
        && (s >= 0
            ? nonNegativeMin <= s && s <= nonNegativeMax
            : negativeMin <= s && s <= negativeMax);
  }

  // Lattice

  @SuppressWarnings("ReferenceEquality") // as a shortcut
  boolean includes(Range other) {
    return this == other
        || (nonNegativeMin <= other.nonNegativeMin
            && nonNegativeMax >= other.nonNegativeMax
            && negativeMin <= other.negativeMin
            && negativeMax >= other.negativeMax
            && (((other.mask & ~mask) == 0 && (other.value & ~mask) == value) || other.isBottom()));
  }

  /**
   * The least upper bound. It needs no reduction: the ends are ends of an operand and so have the joined bits, and a bit
   * common to all words of the joined sides is known in both operands.
   */
  Range join(Range other) {
    if (includes(other)) {
      return this;
    }
    if (other.includes(this)) {
      return other;
    }
    KnownBits bits = bits().join(other.bits());
    return new Range(
        word,
        Math.min(nonNegativeMin, other.nonNegativeMin),
        Math.max(nonNegativeMax, other.nonNegativeMax),
        Math.min(negativeMin, other.negativeMin),
        Math.max(negativeMax, other.negativeMax),
        bits.value(),
        bits.mask());
  }

  Range meet(Range other) {
    if (isBottom() || other.isBottom() || ((value ^ other.value) & ~mask & ~other.mask) != 0) {
      return bottom(word);
    }
    return with(
        Math.max(nonNegativeMin, other.nonNegativeMin),
        Math.min(nonNegativeMax, other.nonNegativeMax),
        Math.max(negativeMin, other.negativeMin),
        Math.min(negativeMax, other.negativeMax),
        value | other.value,
        mask & other.mask);
  }

  // Restrictions

  /** The words here that are between {@code lo} and {@code hi}, in unsigned form. */
  Range restrictUnsigned(long lo, long hi) {
    if (isBottom() || Long.compareUnsigned(lo, hi) > 0) {
      return bottom(word);
    }
    long l = word.signed(lo);
    long h = word.signed(hi);
    return with(
        l >= 0 ? Math.max(nonNegativeMin, l) : EMPTY_MIN,
        h >= 0 ? Math.min(nonNegativeMax, h) : l >= 0 ? nonNegativeMax : EMPTY_MAX,
        l < 0 ? Math.max(negativeMin, l) : h < 0 ? negativeMin : EMPTY_MIN,
        h < 0 ? Math.min(negativeMax, h) : EMPTY_MAX,
        value,
        mask);
  }

  /** The words here that are between {@code lo} and {@code hi}, in signed form. */
  Range restrictSigned(long lo, long hi) {
    if (isBottom() || lo > hi) {
      return bottom(word);
    }
    return with(
        hi >= 0 ? Math.max(nonNegativeMin, lo) : EMPTY_MIN,
        hi >= 0 ? Math.min(nonNegativeMax, hi) : EMPTY_MAX,
        lo < 0 ? Math.max(negativeMin, lo) : EMPTY_MIN,
        lo < 0 ? Math.min(negativeMax, hi) : EMPTY_MAX,
        value,
        mask);
  }

  /** The words here that have these bits. */
  Range restrictBits(long knownValue, long unknownMask) {
    if (isBottom() || ((value ^ knownValue) & ~mask & ~unknownMask) != 0) {
      return bottom(word);
    }
    return with(
        nonNegativeMin,
        nonNegativeMax,
        negativeMin,
        negativeMax,
        value | knownValue,
        mask & unknownMask);
  }

  /** The words here other than {@code v}: an end of a side that is excluded moves inwards. */
  Range excluding(long v) {
    long s = word.signed(v);
    if (s >= 0 && hasNonNegative() && (s == nonNegativeMin || s == nonNegativeMax)) {
      long lo = s == nonNegativeMin ? s + 1 : nonNegativeMin;
      long hi = s == nonNegativeMax ? s - 1 : nonNegativeMax;
      boolean some = lo <= hi;
      return with(
          some ? lo : EMPTY_MIN, some ? hi : EMPTY_MAX, negativeMin, negativeMax, value, mask);
    }
    if (s < 0 && hasNegative() && (s == negativeMin || s == negativeMax)) {
      long lo = s == negativeMin ? s + 1 : negativeMin;
      long hi = s == negativeMax ? s - 1 : negativeMax;
      boolean some = lo <= hi;
      return with(
          nonNegativeMin,
          nonNegativeMax,
          some ? lo : EMPTY_MIN,
          some ? hi : EMPTY_MAX,
          value,
          mask);
    }
    return this;
  }

  /**
   * The words here whose low half is in {@code low}: bits are taken over, and each end moves inwards to the nearest word
   * whose low half lies in one of {@code low}'s intervals, so that no word in between qualifies.
   */
  Range restrictLow(Range low) {
    long half = low.word.mask();
    if (isBottom() || low.isBottom() || ((value ^ low.value) & ~mask & ~low.mask & half) != 0) {
      return bottom(word);
    }
    long min = nonNegativeMin;
    long max = nonNegativeMax;
    if (min <= max) {
      min = low.firstEndingHere(nonNegativeMin);
      max = low.lastEndingHere(nonNegativeMax);
      if (min < nonNegativeMin || max > nonNegativeMax || min > max) {
        min = EMPTY_MIN;
        max = EMPTY_MAX;
      }
    }
    long minNegative = negativeMin;
    long maxNegative = negativeMax;
    if (minNegative <= maxNegative) {
      minNegative = low.firstEndingHere(negativeMin);
      maxNegative = low.lastEndingHere(negativeMax);
      if (minNegative < negativeMin || maxNegative > negativeMax || minNegative > maxNegative) {
        minNegative = EMPTY_MIN;
        maxNegative = EMPTY_MAX;
      }
    }
    return with(min, max, minNegative, maxNegative, value | low.value, mask & (low.mask | ~half));
  }

  /** The least number ≥ {@code from} whose low bits are in an interval of this range; wraps below if there is none. */
  private long firstEndingHere(long from) {
    long part = word.unsigned(from);
    if (part <= nonNegativeMax) {
      return from - part + Math.max(part, nonNegativeMin);
    }
    if (hasNegative() && part <= word.unsigned(negativeMax)) {
      return from - part + Math.max(part, word.unsigned(negativeMin));
    }
    return (from | word.mask()) + 1 + unsignedMin();
  }

  /** The greatest number ≤ {@code to} whose low bits are in an interval of this range; wraps above if there is none. */
  private long lastEndingHere(long to) {
    long part = word.unsigned(to);
    if (hasNegative() && part >= word.unsigned(negativeMin)) {
      return to - part + Math.min(part, word.unsigned(negativeMax));
    }
    if (part >= nonNegativeMin) {
      return to - part + Math.min(part, nonNegativeMax);
    }
    return to - part - 1 - word.mask() + unsignedMax();
  }

  // Width

  /**
   * The low bits, as words of a narrower width: an interval shorter than the narrower width's number of words is an arc
   * there, a longer one is everything.
   */
  Range truncate(Word narrow) {
    if (narrow == word || isBottom()) {
      return narrow == word ? this : bottom(narrow);
    }
    Hull hull = new Hull(narrow);
    for (int s = firstSide(); s <= lastSide(); s++) {
      if (Long.compareUnsigned(max(s) - min(s), narrow.mask()) <= 0) {
        hull.arc(min(s), max(s));
      } else {
        hull.all();
      }
    }
    return hull.range(bits());
  }

  /** The same unsigned numbers as words of a wider width. */
  Range zeroExtend(Word wide) {
    if (wide == word || isBottom()) {
      return wide == word ? this : bottom(wide);
    }
    return new Range(wide, unsignedMin(), unsignedMax(), EMPTY_MIN, EMPTY_MAX, value, mask);
  }

  /** The same signed numbers as words of a wider width; the ends and bits keep being reduced. */
  Range signExtend(Word wide) {
    return wide == word
        ? this
        : new Range(
            wide,
            nonNegativeMin,
            nonNegativeMax,
            negativeMin,
            negativeMax,
            wide.unsigned(word.signed(value)),
            wide.unsigned(word.signed(mask)));
  }

  // Operations

  Range apply(Operation operation, Range right) {
    if (isBottom() || right.isBottom()) {
      return bottom(word);
    }
    return switch (operation) {
      case ADD -> Sums.add(this, right);
      case SUB -> Sums.sub(this, right);
      case MUL -> Products.mul(this, right);
      case DIVIDE_UNSIGNED -> Quotients.divideUnsigned(this, right);
      case DIVIDE_SIGNED -> Quotients.divideSigned(this, right);
      case MODULO_UNSIGNED -> Remainders.moduloUnsigned(this, right);
      case MODULO_SIGNED -> Remainders.moduloSigned(this, right);
      case OR -> BitwiseOperations.or(this, right);
      case AND -> BitwiseOperations.and(this, right);
      case XOR -> BitwiseOperations.xor(this, right);
      case SHIFT_LEFT -> Shifts.left(this, right);
      case SHIFT_RIGHT -> Shifts.right(this, right);
      case SHIFT_RIGHT_SIGNED -> Shifts.rightSigned(this, right);
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Range that
            && word == that.word
            && nonNegativeMin == that.nonNegativeMin
            && nonNegativeMax == that.nonNegativeMax
            && negativeMin == that.negativeMin
            && negativeMax == that.negativeMax
            && value == that.value
            && mask == that.mask);
  }

  @Override
  public int hashCode() {
    long h = nonNegativeMin * 31 + nonNegativeMax;
    h = h * 31 + negativeMin;
    h = h * 31 + negativeMax;
    h = h * 31 + value;
    h = (h * 31 + mask) * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32) ^ word.bits();
  }

  @Override
  public String toString() {
    if (isBottom()) {
      return "none";
    }
    if (isConstant()) {
      return Long.toString(signedMin());
    }
    StringBuilder text = new StringBuilder();
    for (int s = firstSide(); s <= lastSide(); s++) {
      text.append(s == firstSide() ? "[" : " or [")
          .append(min(s))
          .append(", ")
          .append(max(s))
          .append(']');
    }
    return text.append(" bits ")
        .append(Long.toHexString(value))
        .append('/')
        .append(Long.toHexString(mask))
        .toString();
  }
}
