package dev.assay.numeric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All abstract elements of a small width, and the sets of words they stand for, as bitmaps: bit v stands for word v. */
final class SmallWords {
  private SmallWords() {}

  /** Every set of known bits. */
  static List<KnownBits> knownBits(int bits) {
    List<KnownBits> all = new ArrayList<>();
    for (long mask = 0; mask < 1L << bits; mask++) {
      for (long value = 0; value < 1L << bits; value++) {
        if ((value & mask) == 0) {
          all.add(new KnownBits(value, mask));
        }
      }
    }
    return all;
  }

  /** Every interval by the unsigned reading, and every one by the signed reading. */
  static List<Range> intervals(int bits) {
    Word word = Word.of(bits);
    Set<Range> all = new LinkedHashSet<>();
    for (long lo = 0; lo <= word.mask(); lo++) {
      for (long hi = lo; hi <= word.mask(); hi++) {
        all.add(Range.unsigned(word, lo, hi));
      }
    }
    for (long lo = word.signedMin(); lo <= word.signedMax(); lo++) {
      for (long hi = lo; hi <= word.signedMax(); hi++) {
        all.add(Range.signed(word, lo, hi));
      }
    }
    return List.copyOf(all);
  }

  /** Every product of both intervals and known bits, without bottom. */
  static List<Range> ranges(int bits) {
    Word word = Word.of(bits);
    Set<Range> intervals = new LinkedHashSet<>();
    for (Range a : intervals(bits)) {
      for (long lo = word.signedMin(); lo <= word.signedMax(); lo++) {
        for (long hi = lo; hi <= word.signedMax(); hi++) {
          intervals.add(a.restrictSigned(lo, hi));
        }
      }
    }
    Set<Range> all = new LinkedHashSet<>();
    for (Range a : intervals) {
      for (KnownBits b : knownBits(bits)) {
        all.add(a.restrictBits(b.value(), b.mask()));
      }
    }
    all.remove(Range.bottom(word));
    return List.copyOf(all);
  }

  /** Every element, without bottom. */
  static List<Scalar> scalars(int bits) {
    List<Range> halves = ranges(Word.of(bits).half().bits());
    Set<Scalar> all = new LinkedHashSet<>();
    for (Range full : ranges(bits)) {
      for (Range low : halves) {
        all.add(Scalar.reduced(full, low));
      }
    }
    all.remove(Scalar.bottom(Word.of(bits)));
    return List.copyOf(all);
  }

  static long words(KnownBits known, int bits) {
    long set = 0;
    for (long v = 0; v < 1L << bits; v++) {
      if ((v & ~known.mask()) == known.value()) {
        set |= 1L << v;
      }
    }
    return set;
  }

  static long words(Range range) {
    long set = 0;
    for (long v = 0; v <= range.word.mask(); v++) {
      if (range.contains(v)) {
        set |= 1L << v;
      }
    }
    return set;
  }

  static long words(Scalar scalar) {
    long set = 0;
    for (long v = 0; v <= scalar.word().mask(); v++) {
      if (scalar.contains(v)) {
        set |= 1L << v;
      }
    }
    return set;
  }

  /** For each set of words of up to 4 bits, by its bitmap, the least element that includes it. */
  static Scalar[] best(int bits) {
    Word word = Word.of(bits);
    Scalar[] best = new Scalar[1 << (1 << bits)];
    best[0] = Scalar.bottom(word);
    for (int set = 1; set < best.length; set++) {
      best[set] =
          best[set & (set - 1)].join(Scalar.constant(word, Integer.numberOfTrailingZeros(set)));
    }
    return best;
  }

  /** The results of an operation: for each left word, the bitmap of the result for each right word. */
  static long[][] table(Operation operation, int bits) {
    int n = 1 << bits;
    long[][] results = new long[n][n];
    for (int x = 0; x < n; x++) {
      for (int y = 0; y < n; y++) {
        results[x][y] = 1L << Reference.apply(operation, bits, x, y);
      }
    }
    return results;
  }

  /** For each left word, the bitmap of its results with all words of {@code right}. */
  static long[] column(long[][] table, long right) {
    long[] results = new long[table.length];
    for (int x = 0; x < results.length; x++) {
      for (long rest = right; rest != 0; rest &= rest - 1) {
        results[x] |= table[x][Long.numberOfTrailingZeros(rest)];
      }
    }
    return results;
  }

  /** The union of {@code column} over the words of {@code left}. */
  static long image(long[] column, long left) {
    long set = 0;
    for (long rest = left; rest != 0; rest &= rest - 1) {
      set |= column[Long.numberOfTrailingZeros(rest)];
    }
    return set;
  }
}
