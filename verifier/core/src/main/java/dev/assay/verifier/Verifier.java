package dev.assay.verifier;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.isa.InstructionRegistry;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Scalar;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.DataSection;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.FindingCollector;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.Ladder;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.semantics.AttachTarget;
import dev.assay.verifier.semantics.Budget;
import dev.assay.verifier.semantics.Deadline;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.semantics.SupportedGroups;
import dev.assay.verifier.state.State;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Proves that a program is memory-safe and terminates, or says what is missing. */
public final class Verifier {
  private static final long DEFAULT_STEPS = 2_000_000;

  private final BpfObject object;
  private final String objectName;
  private final BpfProgram program;
  private final ProgramKind kind;
  private final Entry entry;
  private final VerifierOptions options;
  private final Budget budget;

  /** A verification within a budget, whatever the options say of steps and time. */
  Verifier(
      BpfObject object,
      String objectName,
      BpfProgram program,
      ProgramKind kind,
      Entry entry,
      VerifierOptions options,
      Budget budget) {
    this.object = object;
    this.objectName = objectName;
    this.program = program;
    this.kind = kind;
    this.entry = entry;
    this.options = options;
    this.budget = budget;
  }

  /**
   * Verifies one program. The same arguments give the same verdict, its milliseconds apart, on every machine, unless they limit the time.
   *
   * @param object the object that holds the program
   * @param objectName what the verdict calls the object: its path as the user gave it
   * @param kind what the program is loaded as
   */
  public static Verdict verify(
      BpfObject object,
      String objectName,
      BpfProgram program,
      ProgramKind kind,
      VerifierOptions options) {
    return verify(object, objectName, program, kind, new Entry.Context(), options)
        .verdict();
  }

  /**
   * Verifies one program that is entered in another way than programs of its kind are.
   *
   * @param entry what the program finds in its argument registers
   * @see #verify(BpfObject, String, BpfProgram, ProgramKind, VerifierOptions)
   */
  public static VerifiedProgram verify(
      BpfObject object,
      String objectName,
      BpfProgram program,
      ProgramKind kind,
      Entry entry,
      VerifierOptions options) {
    Budget budget = new Budget(
        options.steps().orElse(DEFAULT_STEPS),
        options
            .timeLimit()
            .map(limit -> Deadline.after(limit, System::nanoTime))
            .orElseGet(Deadline::never));
    return new Verifier(object, objectName, program, kind, entry, options, budget).run();
  }

  VerifiedProgram run() {
    long start = System.nanoTime();
    Outcome outcome = decide();
    Verdict verdict = new Verdict(
        objectName,
        program.section(),
        program.function(),
        kind.name(),
        outcome.decision(),
        outcome.findings(),
        outcome.assumptions(),
        options.policy().orElse(kind.policy()).name().toLowerCase(Locale.ROOT),
        InstructionRegistry.standard().groups(program.code()),
        InstructionRegistry.standard().deprecations(program.code()),
        InstructionRegistry.standard().cpu(program.code()),
        program.code().instructions().size(),
        outcome.worstCase(),
        outcome.rung(),
        outcome.refusals(),
        (System.nanoTime() - start) / 1e6);
    return new VerifiedProgram(
        verdict, outcome.decision() == Decision.ACCEPTED ? outcome.result() : Scalar.top());
  }

  private record Outcome(
      Decision decision,
      List<Finding> findings,
      List<String> assumptions,
      OptionalLong worstCase,
      OptionalInt rung,
      int refusals,
      Scalar result,
      boolean outOfTime) {

    /** Without a search that ended. */
    static Outcome without(Decision decision, List<Finding> findings) {
      return without(decision, findings, 0);
    }

    /** Without claims that the judge confirms; it refused so many. */
    static Outcome without(Decision decision, List<Finding> findings, int refusals) {
      return new Outcome(
          decision,
          findings,
          List.of(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          refusals,
          Scalar.top(),
          false);
    }

    /** The same, although the search might have found a proof with more steps. */
    Outcome with(Finding finding) {
      List<Finding> more = new ArrayList<>(findings);
      more.add(finding);
      return new Outcome(decision, more, assumptions, worstCase, rung, refusals, result, outOfTime);
    }

    /** Undecided for want of time. What was not proved until then is worth telling, but is no verdict: another machine may prove it. */
    Outcome cutShort(Finding timeLimit) {
      List<Finding> more = new ArrayList<>();
      more.add(timeLimit);
      more.addAll(findings);
      return new Outcome(
          Decision.UNDECIDED, more, assumptions, worstCase, rung, refusals, Scalar.top(), true);
    }
  }

  private Outcome decide() {
    ProgramShape shape;
    try {
      shape = new ProgramShape(ControlFlowGraph.of(program));
    } catch (MalformedGraphException malformed) {
      return Outcome.without(
          Decision.ERROR,
          List.of(Finding.ofWhole(
              Check.CODE.id(),
              String.valueOf(malformed.getMessage()),
              "every path stays within its function")));
    }
    FindingCollector unsupported = new FindingCollector(setting(false));
    MissingGroup missing = new MissingGroup(kind, options.groups());
    SupportedGroups.of(kind, options.groups())
        .forEachUnsupported(
            program.code(),
            (row, slot) -> unsupported.report(
                slot, Check.CONFORMANCE_GROUP, missing.message(row), missing.required(row)));
    if (!unsupported.findings().isEmpty()) {
      return Outcome.without(Decision.REJECTED, unsupported.findings());
    }
    if (setting(false).attachTarget() instanceof AttachTarget.Refused refused) {
      return Outcome.without(
          Decision.REJECTED,
          List.of(Finding.ofWhole(Check.TARGET.id(), refused.message(), refused.required())));
    }
    // First for every value that a loader may give to configuration; then, if that is allowed, for
    // those in the object.
    Outcome outcome = climb(shape, false);
    if (outcome.decision() == Decision.ACCEPTED
        || !options.assumptionsAllowed()
        || !readsConfiguration()) {
      return outcome;
    }
    Outcome assuming = climb(shape, true);
    if (assuming.decision() == Decision.ACCEPTED) {
      return assuming;
    }
    return outcome.decision() == Decision.REJECTED && assuming.outOfTime()
        ? outcome.cutShort(assuming.findings().getFirst())
        : outcome;
  }

  private Setting setting(boolean initialValues) {
    return new Setting(object, program, LinuxPlatform.load(), kind, entry, options, initialValues);
  }

  /** Whether a loader could change what the program does by setting a variable. */
  private boolean readsConfiguration() {
    return object.maps().stream()
        .flatMap(map -> map.data().stream())
        .flatMap(data -> data.variables().stream())
        .anyMatch(DataSection.Variable::volatileConstant);
  }

  private Outcome climb(ProgramShape shape, boolean initialValues) {
    Setting setting = setting(initialValues);
    try (RelationalDomain.Session session = options.domain().open()) {
      State entry = new Execution(setting, shape, Reporter.NONE).entry(session.none());
      Ladder.Climb climb = Ladder.climb(setting, shape, entry, budget);
      Outcome outcome = outcome(climb);
      return climb.exhausted().isPresent() && outcome.decision() == Decision.REJECTED
          ? incomplete(outcome, climb.exhausted().get())
          : outcome;
    } catch (SearchExhausted exhausted) {
      return incomplete(Outcome.without(Decision.UNDECIDED, List.of()), exhausted);
    }
  }

  private static Outcome incomplete(Outcome outcome, SearchExhausted exhausted) {
    return switch (exhausted.limit()) {
      case STEPS -> outcome.with(incomplete(exhausted));
      case TIME -> outcome.cutShort(incomplete(exhausted));
    };
  }

  private static Finding incomplete(SearchExhausted exhausted) {
    return Finding.ofWhole(
        Check.SEARCH.id(),
        String.valueOf(exhausted.getMessage()),
        switch (exhausted.limit()) {
          case STEPS -> "a proof in fewer steps, or a larger budget of them (--steps)";
          case TIME -> "a proof in less time, or more of it (--time-limit)";
        });
  }

  private static Outcome outcome(Ladder.Climb climb) {
    Judgement judgement = climb.judgement();
    if (!judgement.inductive()) {
      return Outcome.without(
          Decision.UNDECIDED,
          List.of(Finding.ofWhole(
              Check.SEARCH.id(),
              "the search found no invariants that the judge confirms",
              "please report this program")),
          climb.refusals());
    }
    Decision decision = judgement.findings().isEmpty() ? Decision.ACCEPTED : Decision.REJECTED;
    return new Outcome(
        decision,
        judgement.findings(),
        List.copyOf(judgement.assumptions()),
        judgement.worstCase(),
        OptionalInt.of(climb.rung().number()),
        climb.refusals(),
        judgement.result(),
        false);
  }
}
