package dev.assay.numeric;

/**
 * Widening of a range: each of the four ends that moved goes on to the next threshold. If a bit became unknown, or the
 * bits say no more than the ends do, only the known low bits (an alignment) stay, and their number is rounded down so that
 * it can shrink only a few times.
 *
 * <p>Chains are finite although each result is reduced: ends only move outwards, and unknown bits never become known
 * again. While the bits are stable an end that moves again has passed its threshold, since no word with these bits lies
 * between the reduced end and the threshold.
 */
final class Widening {
  private Widening() {}

  static Range widen(Range old, Range next, Thresholds thresholds) {
    if (old.includes(next)) {
      return old;
    }
    if (old.isBottom()) {
      return next;
    }
    Word word = old.word;
    Range joined = old.join(next);
    long unsignedMin = old.unsignedMin();
    long unsignedMax = old.unsignedMax();
    long signedMin = old.signedMin();
    long signedMax = old.signedMax();
    if (joined.unsignedMin() != unsignedMin) {
      unsignedMin = thresholds.unsignedFloor(joined.unsignedMin(), 0);
    }
    if (joined.unsignedMax() != unsignedMax) {
      long stop = thresholds.unsignedCeiling(joined.unsignedMax(), word.mask());
      unsignedMax = Long.compareUnsigned(stop, word.mask()) > 0 ? word.mask() : stop;
    }
    if (joined.signedMin() != signedMin) {
      signedMin =
          Math.max(word.signedMin(), thresholds.floor(joined.signedMin(), word.signedMin()));
    }
    if (joined.signedMax() != signedMax) {
      signedMax =
          Math.min(word.signedMax(), thresholds.ceiling(joined.signedMax(), word.signedMax()));
    }
    long keep = -1;
    if (joined.mask != old.mask || old.mask == old.withoutBits().mask) {
      keep = (1L << alignment(joined.mask)) - 1;
    }
    return Range.bits(word, joined.value & keep, (joined.mask | ~keep) & word.mask())
        .restrictUnsigned(unsignedMin, unsignedMax)
        .restrictSigned(signedMin, signedMax);
  }

  /** How many known low bits to keep: 0 to 3, or whole bytes. */
  private static int alignment(long mask) {
    int known = Long.numberOfTrailingZeros(mask);
    return known < 8 ? Math.min(known, 3) : known & ~7;
  }
}
