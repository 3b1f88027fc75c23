package dev.assay.numeric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All scalars of a small width. They are computed by what is tested, so each test makes its own: were they shared, a mistake
 * (or a mutant) in one would be seen by all.
 */
final class SmallScalars {
  /** For each set of words, by its bitmap, the least element that includes it. */
  final Scalar[] best;

  /** Every element but bottom. */
  final List<Scalar> all;

  /** The words of each, as a bitmap. */
  final long[] words;

  SmallScalars(int bits) {
    best = SmallWords.best(bits);
    Set<Scalar> distinct = new LinkedHashSet<>(List.of(best));
    distinct.remove(Scalar.bottom(Word.of(bits)));
    all = new ArrayList<>(distinct);
    words = all.stream().mapToLong(SmallWords::words).toArray();
  }

  int size() {
    return words.length;
  }

  Scalar get(int i) {
    return all.get(i);
  }

  /** The best element for a set of words. */
  Scalar best(long set) {
    return best[(int) set];
  }
}
