package dev.assay.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a word that is not known. */
public final class Suggestion {
  /** A word further away than a third of its letters, and one more, is another word rather than a slip. */
  private static final int LETTERS_PER_SLIP = 3;

  private Suggestion() {}

  /** The known word that is nearest to {@code word}, unless all are far away. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String sought = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> distance(sought, candidate.toLowerCase(Locale.ROOT))
            <= 1 + sought.length() / LETTERS_PER_SLIP)
        .min(Comparator.comparingInt(
                (String candidate) -> distance(sought, candidate.toLowerCase(Locale.ROOT)))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean …?"} with the nearest word, or nothing. */
  public static String question(String word, Collection<String> known) {
    return nearest(word, known)
        .map(nearest -> "; did you mean \"" + nearest + "\"?")
        .orElse("");
  }

  /** How many letters have to be inserted, deleted or replaced, or neighbours swapped, to make one word the other. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
