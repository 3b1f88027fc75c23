package dev.assay.numeric;

/**
 * A width of machine words, 1 to 64 bits, and the arithmetic of its two readings.
 *
 * <p>Everything in this package is defined for every width, so that it can be tested against all values of a small one.
 * A word of w bits is kept in a {@code long} in one of two forms: <em>unsigned</em>, the high bits zero, or
 * <em>signed</em>, the high bits equal to bit w − 1. At 64 bits both are the word itself.
 */
public final class Word {
  private static final Word[] ALL = new Word[65];

  static {
    for (int bits = 1; bits <= 64; bits++) {
      ALL[bits] = new Word(bits);
    }
  }

  /** The width of a BPF register. */
  public static final Word W64 = ALL[64];

  private final int bits;
  private final int spare;
  private final long mask;

  private Word(int bits) {
    this.bits = bits;
    this.spare = 64 - bits;
    this.mask = -1L >>> spare;
  }

  /**
   * The words of {@code bits} bits.
   *
   * @throws IllegalArgumentException unless 1 ≤ bits ≤ 64
   */
  public static Word of(int bits) {
    if (bits < 1 || bits > 64) {
      throw new IllegalArgumentException("a word has 1 to 64 bits, not " + bits);
    }
    return ALL[bits];
  }

  /** The width in bits. */
  public int bits() {
    return bits;
  }

  /** The words of half as many bits, rounded down, but at least one. */
  public Word half() {
    return ALL[Math.max(1, bits >> 1)];
  }

  /** The greatest unsigned word: all bits set. */
  public long mask() {
    return mask;
  }

  /** The greatest signed word. */
  public long signedMax() {
    return mask >>> 1;
  }

  /** The least signed word. */
  public long signedMin() {
    return ~(mask >>> 1);
  }

  /** The unsigned form of the low bits of {@code v}. */
  public long unsigned(long v) {
    return v & mask;
  }

  /** The signed form of the low bits of {@code v}. */
  public long signed(long v) {
    return v << spare >> spare;
  }

  @Override
  public String toString() {
    return bits + " bits";
  }
}
