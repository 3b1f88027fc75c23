package dev.assay.verifier.search;

import dev.assay.graph.BackwardSlice;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.LoopFacts;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.isa.Width;
import dev.assay.numeric.Thresholds;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateInclusion;
import dev.assay.verifier.state.StateJoin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The search in a program. Callees are searched once for each state that they are entered in, unless an earlier search
 * covers it.
 */
public final class ProgramSearch {
  private static final int COMPARISONS_OF_STEP = 8;
  private static final int STEPS_OF_ARRIVAL = 40;
  private static final int STEPS_OF_CLAIM = 10;

  private final ProgramFacts facts;
  private final Execution execution;
  private final Forgetting forgetting;
  private final Merging merging;
  private final Map<Integer, List<KeyedClaim>> callees = new HashMap<>();
  private final Set<Integer> active = new HashSet<>();
  private final Effort effort;
  private final Optional<BackwardSlice> slice;
  private long arrivals;

  private ProgramSearch(ProgramFacts facts, Effort effort, Forgetting forgetting, Merging merging) {
    this.facts = facts;
    this.effort = effort;
    this.forgetting = forgetting;
    this.merging = merging;
    this.execution = new Execution(facts.setting(), facts.shape(), Reporter.NONE, effort.budget());
    this.slice = effort.rung().byFailures()
        ? Optional.of(BackwardSlice.of(facts.shape().graph(), facts.liveness(), effort.failed()))
        : Optional.empty();
  }

  /** Searches for invariants of a program that is entered in the state {@code entry}. */
  public static Claims search(ProgramFacts facts, State entry, Effort effort)
      throws SearchExhausted {
    return search(facts, entry, effort, new ForgettingDead(facts.liveness()), Merging.OF_LATTICE);
  }

  /** As {@link #search}, but keeps what is known of dead registers and stack bytes, too: for whoever asks for all that holds at a point. */
  public static Claims searchKeepingAll(ProgramFacts facts, State entry, Effort effort)
      throws SearchExhausted {
    return search(facts, entry, effort, Forgetting.NOTHING, Merging.OF_LATTICE);
  }

  static Claims search(
      ProgramFacts facts, State entry, Effort effort, Forgetting forgetting, Merging merging)
      throws SearchExhausted {
    return new ProgramSearch(facts, effort, forgetting, merging).claims(entry);
  }

  private Claims claims(State entry) throws SearchExhausted {
    FunctionGraph main = facts.shape().graph().entry();
    State begun = entry.copy();
    execution.begin(begun, main);
    active.add(main.index());
    FunctionClaim claim = new FunctionSearch(this, main, begun).run();
    Map<Integer, List<FunctionClaim>> found = new HashMap<>();
    callees.forEach(
        (slot, claims) -> found.put(slot, claims.stream().map(KeyedClaim::claim).toList()));
    return new Claims(claim, found);
  }

  int descendingPasses() {
    return effort.descendingPasses();
  }

  ProgramShape shape() {
    return facts.shape();
  }

  Merging merging() {
    return merging;
  }

  StateKey.Detail detail() {
    return switch (effort.rung()) {
      case KINDS -> StateKey.Detail.ALL;
      case CONSTANTS -> StateKey.Detail.CONSTANTS;
      case FOLDED_PATHS -> StateKey.Detail.FOLDED_PATHS;
      case PATHS -> StateKey.Detail.PATHS;
    };
  }

  /** What is kept apart at a block beside kinds: at loop heads no constants of what the loop changes. */
  Interest interest(FunctionGraph function, int block) {
    if (effort.rung() == Rung.KINDS) {
      return Interest.NONE;
    }
    WeakTopologicalOrder order = shape().order(function);
    int component = order.isHead(block) ? order.innermost(block) : -1;
    return new BlockInterest(
        function,
        block,
        component,
        facts.tested(function),
        facts.loops(function),
        slice,
        facts.frameSize());
  }

  /** Where widening stops at a loop head: around the constants that its loops compare with, and at the ends of the usual types. */
  Thresholds thresholds(FunctionGraph function, int block) {
    WeakTopologicalOrder order = shape().order(function);
    if (!order.isHead(block)) {
      return Thresholds.none();
    }
    List<Long> values = new ArrayList<>(
        List.of(0L, 1L, 0xffL, 0xffffL, 0x7fffffffL, 0xffffffffL, -1L, -0x80000000L));
    values.add((long) facts.setting().packetLimit());
    // A packet pointer that a round tests first and moves then goes past the largest packet, by
    // less than this.
    values.add((long) facts.setting().platform().limits().pointerOffset() / 2);
    for (LoopFacts.Threshold threshold : facts.loops(function).thresholds(order.innermost(block))) {
      long value = threshold.value();
      values.add(value - 1);
      values.add(value);
      values.add(value + 1);
      if (threshold.width() == Width.W32 && value < 0) {
        values.add(value & 0xffffffffL);
      }
    }
    return Thresholds.of(values.stream().mapToLong(Long::longValue).toArray());
  }

  /** Counts the arrival of a state at a cut point, where it is compared and joined: as much work as many instructions. */
  void countArrival(State state) {
    arrivals += STEPS_OF_ARRIVAL + state.innermost().stack().cells() + countersMoved(state);
  }

  /** Counts the entry of a block that is no cut point. */
  void countEntry(State state) {
    arrivals += countersMoved(state);
  }

  /**
   * The work of following the loops that a state is in along an edge, and the room that it takes to keep their counters: nothing beside the rest, unless loops are
   * nested by the hundred.
   */
  private static int countersMoved(State state) {
    return state.innermost().loops().length;
  }

  void forget(State state, int slot) {
    forgetting.before(state, slot);
  }

  void run(State state, FunctionGraph function, int block, Execution.Listener listener)
      throws SearchExhausted {
    // Exhausted in a callee, the search still comes back here: see called.
    if (isSpent() || !execution.run(state, function, block, listener) || isSpent()) {
      throw new SearchExhausted(
          effort.budget().deadline().isPast()
              ? SearchExhausted.Limit.TIME
              : SearchExhausted.Limit.STEPS,
          execution.steps() + arrivals);
    }
  }

  private boolean isSpent() {
    return execution.steps() + arrivals > effort.budget().steps()
        || effort.budget().deadline().isPast();
  }

  /** The states in which a callee that is entered in {@code state} may return. */
  List<State> called(State state, int slot, FunctionGraph callee) {
    if (!active.add(callee.index())) {
      // Recursion: the judge reports it.
      return List.of();
    }
    try {
      forgetting.inCaller(state, slot);
      forgetting.before(state, callee.entrySlot());
      return copies(claimFor(state, slot, callee).exits());
    } catch (SearchExhausted exhausted) {
      // The caller's own budget is the same one, and is spent too.
      return List.of();
    } finally {
      active.remove(callee.index());
    }
  }

  /**
   * A claim for a state in which the call at {@code slot} enters a function, searched for it or for one of the same key that includes it.
   */
  private FunctionClaim claimFor(State state, int slot, FunctionGraph callee)
      throws SearchExhausted {
    StateKey key = StateKey.of(state, detail(), interest(callee, 0));
    List<KeyedClaim> known = callees.computeIfAbsent(slot, at -> new ArrayList<>());
    // A function may be entered in many states: looking through them is work, too.
    arrivals += known.size() / COMPARISONS_OF_STEP;
    for (KeyedClaim claim : known) {
      if (claim.claim().function() == callee
          && claim.key().equals(key)
          && StateInclusion.includes(claim.claim().entry(), state)) {
        return claim.claim();
      }
    }
    // A claim holds states of all active calls for as long as the search lasts, and the deeper
    // it is, the more it is one of many. Thousands of calls from the top cost nothing extra.
    int deeper = state.depth() - 2;
    arrivals += (long) STEPS_OF_CLAIM * deeper * deeper;
    FunctionClaim claim = new FunctionSearch(this, callee, StateJoin.canonical(state)).run();
    callees.get(slot).add(new KeyedClaim(key, claim));
    return claim;
  }

  /** A claim, and the key of the state that it was searched for. */
  private record KeyedClaim(StateKey key, FunctionClaim claim) {}

  private static List<State> copies(List<State> states) {
    List<State> result = new ArrayList<>(states.size());
    states.forEach(state -> result.add(state.copy()));
    return result;
  }
}
