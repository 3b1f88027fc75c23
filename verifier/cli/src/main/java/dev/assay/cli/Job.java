package dev.assay.cli;

import dev.assay.platform.ProgramKind;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One entry of a run's report: a verdict that is to be found, or one that there already is. */
sealed interface Job {

  /**
   * A program to verify.
   *
   * @param index the program's place in its object
   * @param slots how long its code is, for the order of work
   */
  record Pending(
      ObjectFile file, int index, String section, String function, ProgramKind kind, int slots)
      implements Job {}

  /** Something that cannot be verified. */
  record Failed(Verdict verdict) implements Job {}

  /** The verdict on what could not be analysed. */
  static Failed failed(
      ObjectFile file, String section, String function, String type, String check, String message) {
    return new Failed(new Verdict(
        file.name(),
        section,
        function,
        type,
        Decision.ERROR,
        List.of(Finding.ofWhole(check, message, "")),
        List.of(),
        "",
        Set.of(),
        List.of(),
        "",
        0,
        OptionalLong.empty(),
        OptionalInt.empty(),
        0,
        0));
  }
}
