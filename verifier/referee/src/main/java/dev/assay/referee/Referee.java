package dev.assay.referee;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.interpreter.map.MapContents;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Runs accepted programs and tells where a run contradicts what was proved. */
public final class Referee {
  private static final long INSTRUCTION_LIMIT = 200_000;
  private static final long STEPS = 100_000;
  static final VerifierOptions OPTIONS = VerifierOptions.DEFAULT.withSteps(STEPS);

  private Referee() {}

  /** Whether the program is accepted. */
  public static boolean accepts(Subject subject) {
    return verdict(subject).decision() == Decision.ACCEPTED;
  }

  private static Verdict verdict(Subject subject) {
    return Verifier.verify(
        subject.object(), "generated.o", subject.program(), subject.kind(), OPTIONS);
  }

  /** The first violation by a run on one of {@code inputs}; none if the program is not accepted. */
  public static Optional<Violation> violation(Subject subject, List<Input> inputs) {
    Verdict verdict;
    Optional<ProvedClaims> claims;
    try {
      verdict = verdict(subject);
      if (verdict.decision() != Decision.ACCEPTED) {
        return Optional.empty();
      }
      claims = ProvedClaims.of(subject);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(new Violation(
          subject,
          inputs.getFirst(),
          Violation.Sort.CRASH,
          e + " at " + List.of(e.getStackTrace()).stream().limit(6).toList()));
    }
    for (Input input : inputs) {
      Optional<Violation> violation = violation(subject, verdict.worstCase(), claims, input);
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  /** A violation made as small as it can be. */
  public static Violation minimised(Violation violation) {
    return Minimiser.minimise(violation);
  }

  private static Optional<Violation> violation(
      Subject subject, OptionalLong worstCase, Optional<ProvedClaims> claims, Input input) {
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
    Optional<ClaimsObserver> observer =
        claims.map(proved -> new ClaimsObserver(proved, input.placement()));
    observer.ifPresent(builder::observer);
    Machine machine = builder.build();
    observer.ifPresent(watching -> watching.watch(machine));
    fill(machine, input);
    Outcome outcome = machine.run();
    if (observer.isPresent() && observer.get().complaint().isPresent()) {
      return Optional.of(new Violation(
          subject, input, Violation.Sort.MEMBERSHIP, observer.get().complaint().get()));
    }
    return switch (outcome) {
      case Outcome.Faulted f
      when f.instructions() >= INSTRUCTION_LIMIT && worstCase.orElse(0) > INSTRUCTION_LIMIT ->
        Optional.empty();
      case Outcome.Faulted f ->
        Optional.of(
            new Violation(subject, input, Violation.Sort.FAULT, f.fault().toString()));
      case Outcome.Returned r -> judge(subject, worstCase, input, r);
    };
  }

  private static Optional<Violation> judge(
      Subject subject, OptionalLong worstCase, Input input, Outcome.Returned run) {
    if (worstCase.isPresent() && run.instructions() > worstCase.getAsLong()) {
      return Optional.of(new Violation(
          subject,
          input,
          Violation.Sort.WORST_CASE,
          run.instructions() + " instructions were executed, at most " + worstCase.getAsLong()
              + " were proved"));
    }
    return illegal(subject.kind(), run.value())
        ? Optional.of(new Violation(subject, input, Violation.Sort.RESULT, "r0 is " + run.value()))
        : Optional.empty();
  }

  /** The host looks at the low half, as a signed number. */
  private static boolean illegal(ProgramKind kind, long value) {
    return kind.result()
        .filter(range -> (int) value < range.min() || (int) value > range.max())
        .isPresent();
  }

  private static void fill(Machine machine, Input input) {
    RandomGenerator random = Input.random(input.seed() + 1);
    for (MapContents map : machine.maps().values()) {
      for (int i = 0; i < map.definition().maxEntries(); i++) {
        if (random.nextInt(3) > 0) {
          byte[] key = new byte[map.definition().keySize()];
          key[0] = (byte) i;
          byte[] value = new byte[map.definition().valueSize()];
          random.nextBytes(value);
          map.put(key, value);
        }
      }
    }
  }
}
