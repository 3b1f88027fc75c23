package dev.assay.numeric;

/**
 * Words of which some bits are known: all words w with w &amp; ~mask = value. A 1 in {@code mask} is an unknown bit, and
 * {@code value} is 0 there.
 *
 * <p>The operations compute modulo 2<sup>64</sup>. A narrower word's bits above its width are known zeros here; after an
 * operation whose carries or shifts leave the width, {@link #within} restores that, which is sound because the low bits
 * of sums, products and left shifts depend on the low bits of the operands alone.
 *
 * <p>Sources: the domain is Linux's tnum; addition, subtraction and multiplication are those that Vishwanathan, Shachnai,
 * Narayana and Nagarakatte describe and prove in "Sound, Precise, and Fast Abstract Interpretation with Tristate Numbers"
 * (CGO 2022). The kernel served as a source of facts only.
 */
record KnownBits(long value, long mask) {
  /** Nothing known of 64 bits. */
  static final KnownBits UNKNOWN = new KnownBits(0, -1);

  /** The bits that are set in some word. */
  long possible() {
    return value | mask;
  }

  KnownBits within(Word word) {
    return new KnownBits(value & word.mask(), mask & word.mask());
  }

  /**
   * The sum. The least sum has the fewest carries and the greatest the most; a position whose carry-in is the same in
   * both has it for all operands, so a result bit is known where both operand bits are and the carries agree. Optimal
   * (CGO 2022, theorem 6).
   */
  KnownBits add(KnownBits right) {
    long least = value + right.value;
    long greatest = least + mask + right.mask;
    return known(least, (least ^ greatest) | mask | right.mask);
  }

  /** The difference; as for the sum, with the borrows of the greatest and the least difference. Optimal. */
  KnownBits sub(KnownBits right) {
    long base = value - right.value;
    long greatest = base + mask;
    long least = base - right.mask;
    return known(base, (greatest ^ least) | mask | right.mask);
  }

  /**
   * The product, as the sum of shifted partial products, one a bit of the operand with fewer bits that may be set: a known
   * one adds the other operand, an unknown bit adds either nothing or the other operand. Every concrete product is a sum
   * of one choice each, and each step contains all sums so far. The paper's own algorithm keeps the unknown part in a
   * separate sum; neither is always better, so the result is the meet of both.
   */
  KnownBits mul(KnownBits right) {
    return Long.bitCount(possible()) <= Long.bitCount(right.possible())
        ? right.multipliedBy(value, mask)
        : multipliedBy(right.value, right.mask);
  }

  private KnownBits multipliedBy(long ones, long unknowns) {
    KnownBits stepwise = new KnownBits(0, 0);
    long uncertain = 0;
    for (long rest = ones | unknowns; rest != 0; rest &= rest - 1) {
      int position = Long.numberOfTrailingZeros(rest);
      KnownBits addend = shiftLeft(position);
      KnownBits sum = stepwise.add(addend);
      if ((ones >>> position & 1) != 0) {
        stepwise = sum;
        uncertain = addUnknown(uncertain, addend.mask);
      } else {
        stepwise = stepwise.join(sum);
        uncertain = addUnknown(uncertain, addend.possible());
      }
    }
    return stepwise.meet(new KnownBits(ones * value, 0).add(new KnownBits(0, uncertain)));
  }

  /** The unknown bits of the sum of two numbers of which only these bits may be set. */
  private static long addUnknown(long a, long b) {
    return (a + b) | a | b;
  }

  /** A result bit is 0 where one operand's is, 1 where both are. Optimal, since the bits are independent. */
  KnownBits and(KnownBits right) {
    long ones = value & right.value;
    return new KnownBits(ones, possible() & right.possible() & ~ones);
  }

  /** A result bit is 1 where one operand's is, 0 where both are. Optimal. */
  KnownBits or(KnownBits right) {
    long ones = value | right.value;
    return new KnownBits(ones, (mask | right.mask) & ~ones);
  }

  /** A result bit is known where both operands' bits are. Optimal. */
  KnownBits xor(KnownBits right) {
    return known(value ^ right.value, mask | right.mask);
  }

  /** Shifted left by a constant, 0 to 63: bits move, known zeros come in. Optimal. */
  KnownBits shiftLeft(int count) {
    return new KnownBits(value << count, mask << count);
  }

  /** Shifted right by a constant, 0 to 63: bits move, known zeros come in. Optimal. */
  KnownBits shiftRight(int count) {
    return new KnownBits(value >>> count, mask >>> count);
  }

  /** Shifted right by a constant less than the width: the sign bit comes in, known or not. Optimal. */
  KnownBits shiftRightSigned(Word word, int count) {
    return new KnownBits(word.signed(value) >> count, word.signed(mask) >> count).within(word);
  }

  /** What is known in both. Optimal. */
  KnownBits join(KnownBits other) {
    return known(value, mask | other.mask | (value ^ other.value));
  }

  /** What is known in either; the operands must have a word in common. */
  KnownBits meet(KnownBits other) {
    return new KnownBits(value | other.value, mask & other.mask);
  }

  private static KnownBits known(long value, long mask) {
    return new KnownBits(value & ~mask, mask);
  }

  /**
   * The least word ≥ {@code from} with these known bits, by the unsigned order; there must be one, that is {@code from}
   * ≤ value | mask.
   *
   * <p>Above the highest known bit in which {@code from} differs the answer agrees with {@code from}, if that bit is to
   * become 1; if it is to become 0, the unknown bits above, read as one number, must be one greater. Below, it is least.
   */
  static long least(long value, long mask, long from) {
    long wrong = (from ^ value) & ~mask;
    if (wrong == 0) {
      return from;
    }
    if (Long.compareUnsigned(from, value) <= 0) {
      return value;
    }
    long upTo = -1L >>> Long.numberOfLeadingZeros(wrong);
    long bit = upTo ^ (upTo >>> 1);
    long above = (value & bit) != 0 ? from & ~upTo : ((from | ~mask | upTo) + 1);
    return (above & mask) | value;
  }

  /** The greatest word ≤ {@code to} with these known bits, by the unsigned order; {@code to} ≥ value. */
  static long greatest(long value, long mask, long to) {
    return ~least(~(value | mask), mask, ~to);
  }
}
