package dev.assay.referee.kernel;

import dev.assay.isa.Code;
import dev.assay.referee.CodeBuilder;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;

/**
 * Both verdicts on one program.
 *
 * @param unreachable whether there was code in it that nothing leads to, which neither was asked about
 */
record Opinion(Subject subject, boolean unreachable, Verdict assay, KernelVerdict linux) {

  /** Asks both. */
  static Opinion of(Subject subject, KernelVerifier kernel) {
    Code reachable = Reachable.of(subject.code());
    Subject asked = subject.withCode(reachable);
    return new Opinion(
        asked,
        reachable.size() != subject.code().size(),
        Referee.verdict(asked),
        kernel.verify(asked));
  }

  boolean onlyLinuxRejects() {
    return assay.decision() == Decision.ACCEPTED && !linux.accepted();
  }

  boolean onlyAssayRejects() {
    return assay.decision() != Decision.ACCEPTED && linux.accepted();
  }

  boolean differs() {
    return onlyLinuxRejects() || onlyAssayRejects();
  }

  /** Why Assay does not accept: its first finding's check. */
  String finding() {
    return assay.findings().isEmpty()
        ? assay.decision().name()
        : assay.findings().getFirst().check();
  }

  /** The smallest program, by leaving out instructions, over which the two differ in the same way and for the same reason. */
  Opinion minimised(KernelVerifier kernel) {
    Opinion least = this;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = CodeBuilder.of(least.subject.code()).size() - 1; i >= 0; i--) {
        CodeBuilder builder = CodeBuilder.of(least.subject.code());
        if (i < builder.size() && builder.size() > 1) {
          Opinion shorter = of(least.subject.withCode(builder.without(i).build()), kernel);
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

  /** The program, what Assay finds, and what Linux logs on the way to its verdict. */
  String text(KernelVerifier kernel) {
    StringBuilder text = new StringBuilder();
    text.append("; kind ").append(subject.kind().name()).append('\n').append(subject.code());
    for (Finding finding : assay.findings()) {
      text.append("\nAssay: slot %d, %s: %s %s"
          .formatted(finding.slot(), finding.check(), finding.message(), finding.known()));
    }
    return text.append("\nLinux: ")
        .append(linux.accepted() ? "accepted" : linux.reason())
        .append('\n')
        .append(kernel.explain(subject))
        .toString();
  }
}
