package dev.assay.verifier.judge;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.semantics.Trace;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateInclusion;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Checks claims. From each claimed state it runs the semantics, with every check, to the next cut points, and requires each state that
 * arrives there to be included in a claimed one.
 *
 * <p>Sound by induction over the length of a run: the entry state of the program is included in a claimed state of the entry block; if the machine is in a
 * concrete state that a claimed state describes, then each check up to the next cut points holds or is reported, and at the next cut point the
 * concrete state is again described by a claimed state. Calls are covered by claims of their callees, which are judged in the same way; the call chain is
 * finite, because a function that is entered while it is active is reported. Runs end, because each loop has a bound (see {@link LoopBounds}), or
 * that is reported.
 */
public final class Judge {
  private final Setting setting;
  private final ProgramShape shape;
  private final Claims claims;
  private final FindingCollector collector;
  private final Map<FunctionClaim, Long> costs = new IdentityHashMap<>();
  private final Set<Integer> active = new HashSet<>();
  private final StackDepth stackDepth;
  private final Trace trace;
  private boolean inductive = true;
  private boolean ends;
  private Scalar result = Scalar.bottom();

  private Judge(Setting setting, ProgramShape shape, Claims claims, Trace trace) {
    this.setting = setting;
    this.shape = shape;
    this.claims = claims;
    this.trace = trace;
    this.collector = new FindingCollector(setting);
    this.stackDepth = new StackDepth(setting, shape);
  }

  /** Judges claims; {@code entry} is the state in which the program is entered, before its counters are begun. */
  public static Judgement judge(Setting setting, ProgramShape shape, Claims claims, State entry) {
    return judge(setting, shape, claims, entry, Trace.NONE);
  }

  /**
   * Judges claims and shows {@code trace} every state before every instruction. If the claims are confirmed, then whenever a run is about to execute an
   * instruction, one of the states that were shown for it describes the machine: those of an activation with so many frames.
   */
  public static Judgement judge(
      Setting setting, ProgramShape shape, Claims claims, State entry, Trace trace) {
    State begun = entry.copy();
    new Execution(setting, shape, Reporter.NONE).begin(begun, shape.graph().entry());
    return new Judge(setting, shape, claims, trace).run(begun);
  }

  private Judgement run(State entry) {
    if (!StateInclusion.includes(claims.main().entry(), entry)) {
      inductive = false;
    }
    long cost = judged(claims.main());
    stackDepth.check(collector);
    if (!ends
        && cost != LoopBounds.UNBOUNDED
        && collector.findings().isEmpty()
        && !claims.main().function().exitBlocks().isEmpty()) {
      // Nothing is wrong, every loop ends, and yet no path does: something was dropped.
      inductive = false;
    }
    setting.options().maxInstructions().ifPresent(most -> {
      if (cost > most) {
        collector.report(
            0,
            Check.MAX_INSTRUCTIONS,
            cost == LoopBounds.UNBOUNDED
                ? "the number of instructions of a run has no proved bound"
                : "a run may execute " + cost + " instructions",
            "a run executes at most " + most + " instructions");
      }
    });
    return new Judgement(
        collector.findings(),
        collector.assumptions(),
        inductive,
        result,
        cost == LoopBounds.UNBOUNDED ? OptionalLong.empty() : OptionalLong.of(cost));
  }

  /** Judges one claim, once, and gives the cost of an activation. */
  private long judged(FunctionClaim claim) {
    Long known = costs.get(claim);
    if (known != null) {
      return known;
    }
    active.add(claim.function().index());
    long cost = new FunctionJudge(claim).run();
    active.remove(claim.function().index());
    costs.put(claim, cost);
    return cost;
  }

  /** The judging of one claim. */
  private final class FunctionJudge implements Execution.Listener {
    private final FunctionClaim claim;
    private final FunctionGraph function;
    private final WeakTopologicalOrder order;
    private final Map<Integer, Long> callCosts = new HashMap<>();
    private final Map<Integer, Long> rounds = new HashMap<>();
    private final Set<RoundsClaim> judgedRounds =
        Collections.newSetFromMap(new IdentityHashMap<>());

    FunctionJudge(FunctionClaim claim) {
      this.claim = claim;
      this.function = claim.function();
      this.order = shape.order(function);
    }

    long run() {
      reached(claim.entry().copy(), -1, 0);
      Execution execution = new Execution(setting, shape, collector, trace);
      for (int block = 0; block < function.blockCount(); block++) {
        for (State state : claim.states().get(block)) {
          execution.run(state.copy(), function, block, this);
        }
      }
      return cost();
    }

    @Override
    public void reached(State state, int from, int block) {
      stackDepth.take(function.index(), state, false);
      for (State claimed : claim.states().get(block)) {
        if (StateInclusion.includes(claimed, state)) {
          return;
        }
      }
      inductive = false;
    }

    @Override
    public void leaving(State state, boolean tailCall) {
      stackDepth.take(function.index(), state, tailCall);
    }

    @Override
    public void left(State state) {
      if (claim == claims.main()) {
        ends = true;
        Value returned = state.register(0);
        result = result.join(returned.isNumber() ? state.scalar(returned) : Scalar.top());
        return;
      }
      for (State claimed : claim.exits()) {
        if (StateInclusion.includes(claimed, state)) {
          return;
        }
      }
      inductive = false;
    }

    @Override
    public List<State> called(State state, int slot, FunctionGraph callee) {
      if (callee == function || active.contains(callee.index())) {
        collector.report(
            slot,
            state,
            Check.RECURSION,
            callee.name() + " calls itself, directly or through others",
            "no function calls itself",
            0);
        return List.of();
      }
      stackDepth.call(function.index(), callee.index(), state);
      Optional<FunctionClaim> fitting = claims.of(slot, callee, state);
      if (fitting.isPresent()) {
        callCosts.merge(slot, judged(fitting.get()), Math::max);
        List<State> exits = new ArrayList<>(fitting.get().exits().size());
        fitting.get().exits().forEach(exit -> exits.add(exit.copy()));
        return exits;
      }
      inductive = false;
      return List.of();
    }

    @Override
    public List<State> calledBack(State first, int slot, CallbackCall call, Execution execution) {
      for (RoundsClaim candidate : claim.rounds()) {
        if (candidate.slot() == slot
            && candidate.call().includes(call)
            && describes(candidate, first)) {
          judgeRounds(candidate, execution);
          List<State> states = new ArrayList<>(candidate.states().size());
          candidate.states().forEach(state -> states.add(state.copy()));
          return states;
        }
      }
      inductive = false;
      return List.of();
    }

    private static boolean describes(RoundsClaim candidate, State state) {
      return candidate.states().stream()
          .anyMatch(claimed -> StateInclusion.includes(claimed, state));
    }

    /** After a round that starts in a claimed state, the caller is in a claimed state again. */
    private void judgeRounds(RoundsClaim candidate, Execution execution) {
      if (!judgedRounds.add(candidate)) {
        return;
      }
      rounds.merge(candidate.slot(), candidate.call().mostRounds(), Math::max);
      for (State state : candidate.states()) {
        for (State next : execution.round(state.copy(), candidate.slot(), candidate.call(), this)) {
          if (!describes(candidate, next)) {
            inductive = false;
          }
        }
      }
    }

    private long cost() {
      long[] bounds = new long[order.componentCount()];
      for (int c = 0; c < bounds.length; c++) {
        int head = order.component(c).head();
        bounds[c] = LoopBounds.bound(claim, head);
        if (bounds[c] == LoopBounds.UNBOUNDED
            && setting.options().termination()
            && !claim.states().get(head).isEmpty()) {
          collector.report(
              function.firstSlot(head),
              Check.TERMINATION,
              "the loop that starts here has no proved bound",
              "a counter of the loop is compared with a limit on every round");
        }
      }
      long[] blockCosts = new long[function.blockCount()];
      for (int block = 0; block < blockCosts.length; block++) {
        blockCosts[block] = instructions(block);
      }
      callCosts.forEach((slot, cost) -> {
        int block = function.blockAt(slot);
        long times = rounds.getOrDefault(slot, 1L);
        blockCosts[block] = LoopBounds.add(blockCosts[block], LoopBounds.multiply(times, cost));
      });
      return LoopBounds.cost(function, order, blockCosts, bounds);
    }

    private long instructions(int block) {
      int count = 0;
      for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); slot++) {
        count += function.code().startsAt(slot) ? 1 : 0;
      }
      return count;
    }
  }
}
