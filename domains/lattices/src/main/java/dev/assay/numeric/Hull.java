package dev.assay.numeric;

/**
 * Collects words and forms the least {@link Range} around them. Local to one computation.
 *
 * <p>What is added is an <em>arc</em>: the words from one to another going up and, after the greatest, on from the least.
 * Sums, differences and products of intervals are arcs, wherever they wrap.
 */
final class Hull {
  private final Word word;
  private long nonNegativeMin = Range.EMPTY_MIN;
  private long nonNegativeMax = Range.EMPTY_MAX;
  private long negativeMin = Range.EMPTY_MIN;
  private long negativeMax = Range.EMPTY_MAX;

  Hull(Word word) {
    this.word = word;
  }

  /** Adds the words from {@code from} up to {@code to}; only the low bits of both count. */
  void arc(long from, long to) {
    long lo = word.signed(from);
    long hi = word.signed(to);
    if ((lo ^ hi) >= 0) {
      if (lo > hi) {
        all();
      } else if (lo >= 0) {
        nonNegative(lo, hi);
      } else {
        negative(lo, hi);
      }
    } else if (lo >= 0) {
      nonNegative(lo, word.signedMax());
      negative(word.signedMin(), hi);
    } else {
      negative(lo, -1);
      nonNegative(0, hi);
    }
  }

  /** Adds every word. */
  void all() {
    nonNegative(0, word.signedMax());
    negative(word.signedMin(), -1);
  }

  private void nonNegative(long lo, long hi) {
    nonNegativeMin = Math.min(nonNegativeMin, lo);
    nonNegativeMax = Math.max(nonNegativeMax, hi);
  }

  private void negative(long lo, long hi) {
    negativeMin = Math.min(negativeMin, lo);
    negativeMax = Math.max(negativeMax, hi);
  }

  /** The words collected, as far as they have these bits. */
  Range range(KnownBits bits) {
    return Range.reduced(
        word,
        nonNegativeMin,
        nonNegativeMax,
        negativeMin,
        negativeMax,
        bits.value() & word.mask(),
        bits.mask() & word.mask());
  }
}
