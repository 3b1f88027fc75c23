package dev.assay.referee.kernel;

import dev.assay.referee.CodeBuilder;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;

/** Both verdicts on one program. */
record Opinion(Subject subject, Verdict assay, KernelVerdict linux) {

  /** Asks both. */
  static Opinion of(Subject subject, KernelVerifier kernel) {
    return new Opinion(subject, Referee.verdict(subject), kernel.verify(subject));
  }

  boolean onlyLinuxRejects() {
    return assay.decision() == Decision.ACCEPTED && !linux.accepted();
  }

  boolean onlyAssayRejects() {
    return assay.decision() != Decision.ACCEPTED && linux.accepted();
  }

  /** Why Assay does not accept: its first finding's check. */
  String finding() {
    return assay.findings().isEmpty()
        ? assay.decision().name()
        : assay.findings().getFirst().check();
  }

  /** The smallest program, by leaving out instructions, on which the two differ in the same way and for the same reason. */
  Opinion minimised(KernelVerifier kernel) {
    Opinion least = this;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = CodeBuilder.of(least.subject.code()).size() - 1; i >= 0; i--) {
        CodeBuilder builder = CodeBuilder.of(least.subject.code());
        if (i < builder.size() && builder.size() > 1) {
          Opinion shorter =
              of(least.subject.withCode(builder.without(i).build()), kernel);
          if (shorter.isLike(least)) {
            least = shorter;
            smaller = true;
          }
        }
      }
    }
    return least;
  }

  private boolean isLike(Opinion other) {
    return onlyLinuxRejects() == other.onlyLinuxRejects()
        && onlyAssayRejects() == other.onlyAssayRejects()
        && linux.reason().equals(other.linux.reason())
        && finding().equals(other.finding());
  }
}
