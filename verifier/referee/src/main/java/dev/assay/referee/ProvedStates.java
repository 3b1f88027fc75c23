package dev.assay.referee;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.numeric.RelationalDomain;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.Effort;
import dev.assay.verifier.search.ProgramFacts;
import dev.assay.verifier.search.ProgramSearch;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.semantics.Budget;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateInclusion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What is proved on one rung: for each instruction the states of which one describes the machine whenever a run is about to execute it.
 *
 * @param bySlot for each slot its states, distinct ones; none where no instruction starts or none was reached
 */
record ProvedStates(Rung rung, ProgramShape shape, List<List<State>> bySlot) {
  private static final int DESCENDING_PASSES = 2;

  /** The subject as search and judge see it, prepared once for all rungs. */
  record Prepared(Setting setting, ProgramShape shape, ProgramFacts facts, State entry) {
    /** The session is of the subject's domain; the states that are proved belong to it. */
    static Optional<Prepared> of(Subject subject, RelationalDomain.Session session) {
      Setting setting = new Setting(
          subject.object(),
          subject.program(),
          LinuxPlatform.load(),
          subject.kind(),
          Referee.options(subject),
          false);
      try {
        ProgramShape shape = new ProgramShape(ControlFlowGraph.of(subject.program()));
        State entry = new Execution(setting, shape, Reporter.NONE).entry(session.none());
        return Optional.of(new Prepared(setting, shape, ProgramFacts.of(setting, shape), entry));
      } catch (MalformedGraphException malformed) {
        return Optional.empty();
      }
    }
  }

  /**
   * The states of a rung, if the program is proved there.
   *
   * <p>A rung that goes by failures is given every load, store and call as failed: it then keeps apart all that it ever would.
   *
   * @param steps the most abstract steps of the search
   */
  static Optional<ProvedStates> of(Prepared prepared, Rung rung, long steps) {
    ProgramShape shape = prepared.shape();
    try {
      Claims claims = ProgramSearch.search(
          prepared.facts(),
          prepared.entry(),
          new Effort(rung, checked(shape), DESCENDING_PASSES, Budget.ofSteps(steps)));
      int slots = prepared.setting().program().code().size();
      List<List<State>> bySlot = new ArrayList<>(slots);
      for (int slot = 0; slot < slots; slot++) {
        bySlot.add(new ArrayList<>(1));
      }
      Judgement judgement = Judge.judge(
          prepared.setting(),
          shape,
          claims,
          prepared.entry(),
          (state, slot) -> add(bySlot.get(slot), state));
      return judgement.accepts()
          ? Optional.of(new ProvedStates(rung, shape, bySlot))
          : Optional.empty();
    } catch (SearchExhausted exhausted) {
      return Optional.empty();
    }
  }

  /** One of several states with equal meaning is enough. */
  private static void add(List<State> states, State state) {
    for (State known : states) {
      if (known.depth() == state.depth()
          && StateInclusion.includes(known, state)
          && StateInclusion.includes(state, known)) {
        return;
      }
    }
    states.add(state.copy());
  }

  private static BitSet checked(ProgramShape shape) {
    BitSet slots = new BitSet();
    Code code = shape.graph().code();
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot) && isChecked(code.at(slot))) {
        slots.set(slot);
      }
    }
    return slots;
  }

  private static boolean isChecked(Instruction instruction) {
    return instruction instanceof Instruction.Load
        || instruction instanceof Instruction.Store
        || instruction instanceof Instruction.Atomic
        || instruction instanceof Instruction.CallHelper;
  }
}
