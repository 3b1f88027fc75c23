package dev.assay.cli;

import dev.assay.report.Summary;
import dev.assay.verifier.verdict.Decision;

/** The command's exit statuses. */
final class ExitStatus {
  /** All programs are accepted, or what was asked for is done. */
  static final int DONE = 0;

  /** A program is rejected or undecided, or faulted when it ran. */
  static final int NOT_ACCEPTED = 1;

  /** Bad usage, or something that cannot be read. Goes before {@link #NOT_ACCEPTED}. */
  static final int BAD_INPUT = 2;

  private ExitStatus() {}

  /** The status for these verdicts. */
  static int of(Summary summary) {
    if (summary.count(Decision.ERROR) > 0) {
      return BAD_INPUT;
    }
    return summary.count(Decision.ACCEPTED) == summary.programs() ? DONE : NOT_ACCEPTED;
  }
}
