package dev.assay.referee;

import dev.assay.referee.generator.ProgramGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run over many seeds, for machines that have the time; see docs/referee.md. */
public final class RefereeRun {
  private static final int INPUTS = 24;

  private RefereeRun() {}

  /** Examines one seed: its program, if it is accepted, on several inputs. */
  static Optional<Violation> examine(long seed) {
    Subject subject = ProgramGenerator.generate(seed);
    List<Input> inputs = Inputs.of(subject.code(), seed, INPUTS);
    return Referee.violation(subject, inputs);
  }

  /** Arguments: the first seed, and how many; with a third one, {@code show}, the programs are printed with their verdicts. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    if (arguments.length > 2) {
      for (long seed = first; seed < first + count; seed++) {
        Subject subject = ProgramGenerator.generate(seed);
        var verdict = dev.assay.verifier.Verifier.verify(
            subject.object(), "", subject.program(), subject.kind(), Referee.OPTIONS);
        System.out.println(verdict.decision() + " " + verdict.findings() + "\n" + subject.code());
      }
      return;
    }
    Map<String, Integer> violations = new HashMap<>();
    long accepted = 0;
    for (long seed = first; seed < first + count; seed++) {
      Optional<Violation> violation;
      try {
        violation = examine(seed);
      } catch (RuntimeException e) {
        System.out.println("seed " + seed + " failed: " + e);
        e.printStackTrace(System.out);
        continue;
      }
      accepted += (seed & 15) == 0 && Referee.accepts(ProgramGenerator.generate(seed)) ? 16 : 0;
      if (violation.isPresent()) {
        int sofar = violations.merge(violation.get().sort().toString(), 1, Integer::sum);
        if (sofar < 30) {
          System.out.println("seed " + seed + " " + Referee.minimised(violation.get()));
        }
      }
      if ((seed - first) % 1000 == 999) {
        System.out.println((seed - first + 1) + " programs, about " + accepted
            + " accepted, violations " + violations);
      }
    }
    System.out.println(
        count + " programs, about " + accepted + " accepted, violations " + violations);
  }
}
