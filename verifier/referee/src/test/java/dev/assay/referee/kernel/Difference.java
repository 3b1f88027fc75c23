package dev.assay.referee.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A class of programs that Assay accepts and Linux does not, and what was found when such programs were looked at: a row of
 * {@code differences.tsv}.
 *
 * @param cause what makes the two differ
 * @param reason what Linux complains of, as {@link KernelVerdict#reason} has it
 * @param judgement in one sentence
 */
record Difference(Cause cause, Pattern reason, String judgement) {

  /** Why two verifiers differ. There is none for a mistake of Assay: that is mended, not listed. */
  enum Cause {
    /** Assay proves what Linux does not see. */
    IMPRECISE,
    /** Linux has a rule that Assay does not have; the program does no harm. */
    RULE
  }

  private static final List<Difference> KNOWN = read("differences.tsv");

  /** The class of what Linux complains of, if it is known. */
  static Optional<Difference> of(String reason) {
    return KNOWN.stream()
        .filter(known -> known.reason.matcher(reason).matches())
        .findFirst();
  }

  private static List<Difference> read(String table) {
    try (InputStream in = Difference.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException("there is no table " + table);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .skip(1)
          .map(line -> row(line.split("\t", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(table, e);
    }
  }

  private static Difference row(String[] cells) {
    return new Difference(
        Cause.valueOf(cells[0].toUpperCase(Locale.ROOT)), Pattern.compile(cells[1]), cells[2]);
  }
}
