package dev.assay.referee;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.numeric.RelationalDomain;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Runs accepted programs and tells where a run contradicts what was proved. */
public final class Referee {
  private static final long INSTRUCTION_LIMIT = 200_000;
  private static final long STEPS = 10_000;

  private Referee() {}

  /** What is demanded of a subject. */
  static VerifierOptions options(Subject subject) {
    return VerifierOptions.DEFAULT.withSteps(STEPS).withDomain(subject.domain());
  }

  /** Whether the program is accepted. */
  public static boolean accepts(Subject subject) {
    return verdict(subject).decision() == Decision.ACCEPTED;
  }

  /** What the verifier says of the program. */
  public static Verdict verdict(Subject subject) {
    return Verifier.verify(
        subject.object(), "generated.o", subject.program(), subject.kind(), options(subject));
  }

  /**
   * What came of examining a program.
   *
   * @param accepted whether the verifier accepts it; only then it was run
   * @param rungs those that prove it, by their own search, and whose states its runs were held against
   * @param steps how many instructions its runs executed
   * @param violation the first, if there is one
   */
  public record Ruling(
      boolean accepted, List<Rung> rungs, long steps, Optional<Violation> violation) {
    public Ruling {
      rungs = List.copyOf(rungs);
    }

    private static final Ruling NOT_ACCEPTED = new Ruling(false, List.of(), 0, Optional.empty());
  }

  /** Verifies a program and, if it is accepted, runs it on each of {@code inputs} and holds each step against every rung. */
  public static Ruling rule(Subject subject, List<Input> inputs) {
    return rule(subject, inputs, EnumSet.allOf(Rung.class));
  }

  /** The same, with each step held only against what {@code chosen} rungs prove, as far as they prove the program. */
  public static Ruling rule(Subject subject, List<Input> inputs, Set<Rung> chosen) {
    try (RelationalDomain.Session session = subject.domain().open()) {
      Verdict verdict;
      List<ProvedStates> proved;
      try {
        verdict = verdict(subject);
        if (verdict.decision() != Decision.ACCEPTED) {
          return Ruling.NOT_ACCEPTED;
        }
        proved = proved(subject, chosen, session);
      } catch (RuntimeException | StackOverflowError e) {
        return new Ruling(false, List.of(), 0, Optional.of(crash(subject, inputs.getFirst(), e)));
      }
      return rule(subject, inputs, verdict, proved);
    }
  }

  private static Ruling rule(
      Subject subject, List<Input> inputs, Verdict verdict, List<ProvedStates> proved) {
    List<Rung> rungs = proved.stream().map(ProvedStates::rung).toList();
    long steps = 0;
    for (Input input : inputs) {
      Run run;
      try {
        run = run(subject, verdict.worstCase(), proved, input);
      } catch (RuntimeException | StackOverflowError e) {
        run = new Run(0, Optional.of(crash(subject, input, e)));
      }
      steps += run.steps();
      if (run.violation().isPresent()) {
        return new Ruling(true, rungs, steps, run.violation());
      }
    }
    return new Ruling(true, rungs, steps, Optional.empty());
  }

  private static Violation crash(Subject subject, Input input, Throwable thrown) {
    return new Violation(
        subject,
        input,
        Violation.Sort.CRASH,
        thrown + " at " + List.of(thrown.getStackTrace()).stream().limit(6).toList());
  }

  private static List<ProvedStates> proved(
      Subject subject, Set<Rung> chosen, RelationalDomain.Session session) {
    Optional<ProvedStates.Prepared> prepared = ProvedStates.Prepared.of(subject, session);
    List<ProvedStates> proved = new ArrayList<>();
    if (prepared.isPresent()) {
      for (Rung rung : chosen) {
        ProvedStates.of(prepared.get(), rung, STEPS).ifPresent(proved::add);
      }
    }
    return proved;
  }

  /** A violation made as small as it can be. */
  public static Violation minimised(Violation violation) {
    return Minimiser.minimise(violation);
  }

  /** The violation by one run, with each step held against the given states. */
  static Optional<Violation> violation(Subject subject, List<ProvedStates> proved, Input input) {
    return run(subject, OptionalLong.empty(), proved, input).violation();
  }

  private record Run(long steps, Optional<Violation> violation) {}

  private static Run run(
      Subject subject, OptionalLong worstCase, List<ProvedStates> proved, Input input) {
    Machine.Builder builder = Machine.builder(
            LinuxPlatform.load(), subject.object(), subject.program())
        .kind(subject.kind())
        .packet(input.packet())
        .seed(input.seed())
        .clock(input.clock())
        .garbage(true)
        .placement(input.placement())
        .memoryLimit(8 << 20)
        .instructionLimit(INSTRUCTION_LIMIT);
    Optional<StatesObserver> observer =
        proved.isEmpty() ? Optional.empty() : Optional.of(new StatesObserver(subject, proved));
    observer.ifPresent(builder::observer);
    Machine machine = builder.build();
    observer.ifPresent(watching -> watching.watch(machine));
    MapFilling.fill(machine, Input.random(input.seed() + 1));
    Outcome outcome = machine.run();
    Optional<String> complaint = observer.flatMap(StatesObserver::complaint);
    Optional<Violation> violation = complaint.isPresent()
        ? Optional.of(new Violation(subject, input, Violation.Sort.MEMBERSHIP, complaint.get()))
        : judge(subject, worstCase, input, outcome);
    return new Run(outcome.instructions(), violation);
  }

  private static Optional<Violation> judge(
      Subject subject, OptionalLong worstCase, Input input, Outcome outcome) {
    return switch (outcome) {
      // Stopped here, within what is proved; no bound is, where the host decides how often it calls
      // back.
      case Outcome.Faulted f
      when f.instructions() >= INSTRUCTION_LIMIT
          && worstCase.orElse(Long.MAX_VALUE) > INSTRUCTION_LIMIT / subject.starts() ->
        Optional.empty();
      case Outcome.Faulted f ->
        Optional.of(
            new Violation(subject, input, Violation.Sort.FAULT, f.fault().toString()));
      case Outcome.Returned r -> judge(subject, worstCase, input, r);
    };
  }

  private static Optional<Violation> judge(
      Subject subject, OptionalLong worstCase, Input input, Outcome.Returned run) {
    // What is proved of a program ends where a tail call succeeds.
    if (worstCase.isPresent()
        && Math.ceilDiv(run.instructions(), subject.starts()) > worstCase.getAsLong()) {
      return Optional.of(new Violation(
          subject,
          input,
          Violation.Sort.WORST_CASE,
          run.instructions() + " instructions were executed, at most " + worstCase.getAsLong()
              + " were proved"));
    }
    return isLegalResult(subject.kind(), run.value())
        ? Optional.empty()
        : Optional.of(new Violation(subject, input, Violation.Sort.RESULT, "r0 is " + run.value()));
  }

  /** Whether a program of this kind may return the value: the host looks at the low half, as a signed number. */
  public static boolean isLegalResult(ProgramKind kind, long value) {
    return kind.result()
        .map(range -> (int) value >= range.min() && (int) value <= range.max())
        .orElse(true);
  }
}
