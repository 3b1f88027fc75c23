package dev.assay.verifier.search;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.IntSequence;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.numeric.Thresholds;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.judge.RoundsClaim;
import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The search in one function entered in one state: ascending iteration with widening (Bourdoncle's recursive strategy: an inner component is
 * stabilised before the outer one goes on), then descending passes without.
 */
final class FunctionSearch {
  private final ProgramSearch program;
  private final FunctionGraph function;
  private final WeakTopologicalOrder order;
  private final State entry;
  private PointStates[] points;
  private PointStates exits;

  /** What was found of calls that call back, the latest first. */
  private final Deque<RoundsClaim> rounds = new ArrayDeque<>();

  FunctionSearch(ProgramSearch program, FunctionGraph function, State entry) {
    this.program = program;
    this.function = function;
    this.order = program.shape().order(function);
    this.entry = entry;
    this.points = new PointStates[function.blockCount()];
    for (int block = 0; block < points.length; block++) {
      boolean head = order.isHead(block);
      points[block] = new PointStates(
          head,
          program.thresholds(function, block),
          program.detail(),
          program.interest(function, block),
          program.merging());
    }
    this.exits = new PointStates(
        false, Thresholds.none(), program.detail(), Interest.RESULT, program.merging());
  }

  /** The claim that the search ends with. */
  FunctionClaim run() throws SearchExhausted {
    ascend();
    for (int pass = 0; pass < program.descendingPasses() && order.componentCount() > 0; pass++) {
      descend();
    }
    return claim();
  }

  private FunctionClaim claim() {
    List<List<State>> states = new ArrayList<>(points.length);
    for (PointStates point : points) {
      states.add(point.states());
    }
    return new FunctionClaim(function, entry, states, new ArrayList<>(rounds), exits.states());
  }

  private void ascend() throws SearchExhausted {
    arrive(points, entry.copy(), -1, 0);
    Execution.Listener listener = listener(points, exits);
    int position = 0;
    while (position < order.size()) {
      int block = order.vertexAt(position);
      PointStates point = points[block];
      for (State state = point.takePending(); state != null; state = point.takePending()) {
        program.run(state.copy(), function, block, listener);
      }
      position = next(position, block);
    }
  }

  /** The next position: back to the head of the innermost component that ends here and is not stable, or one further. */
  private int next(int position, int block) {
    IntSequence heads = order.enclosingHeads(block);
    for (int i = heads.size() - 1; i >= 0; i--) {
      WeakTopologicalOrder.Component component = order.component(order.innermost(heads.at(i)));
      if (component.end() != position + 1) {
        break;
      }
      if (hasPending(component)) {
        return component.start();
      }
    }
    return position + 1;
  }

  private boolean hasPending(WeakTopologicalOrder.Component component) {
    for (int position = component.start(); position < component.end(); position++) {
      if (points[order.vertexAt(position)].hasPending()) {
        return true;
      }
    }
    return false;
  }

  /**
   * One descending pass. What arrives on back edges is computed from the old states; then every point, in order, gets only what arrives
   * from the new states before it and on those back edges. If the semantics are monotone, the result again is inductive; the judge will see.
   */
  private void descend() throws SearchExhausted {
    PointStates[] old = points;
    PointStates[] fresh = new PointStates[old.length];
    for (int block = 0; block < fresh.length; block++) {
      fresh[block] = old[block].emptied();
    }
    for (int block = 0; block < old.length; block++) {
      for (State state : old[block].states()) {
        program.run(state.copy(), function, block, backEdgesInto(fresh));
      }
    }
    exits = exits.emptied();
    rounds.clear();
    State start = entry.copy();
    program.forget(start, function.firstSlot(0));
    fresh[0].addNarrowing(start);
    Execution.Listener listener = forwardEdgesInto(fresh, exits);
    for (int position = 0; position < order.size(); position++) {
      int block = order.vertexAt(position);
      for (State state : fresh[block].states()) {
        program.run(state.copy(), function, block, listener);
      }
    }
    points = fresh;
  }

  private boolean isBack(int from, int block) {
    return from >= 0 && order.position(block) <= order.position(from);
  }

  private void arrive(PointStates[] into, State state, int from, int block) {
    program.forget(state, function.firstSlot(block));
    program.countArrival(state);
    into[block].add(state, isBack(from, block));
  }

  private Execution.Listener listener(PointStates[] into, PointStates left) {
    return new Paths() {
      @Override
      public void reached(State state, int from, int block) {
        arrive(into, state, from, block);
      }

      @Override
      public void left(State state) {
        left.add(state, false);
      }
    };
  }

  private Execution.Listener backEdgesInto(PointStates[] into) {
    return new Paths() {
      @Override
      public void reached(State state, int from, int block) {
        if (isBack(from, block)) {
          program.forget(state, function.firstSlot(block));
          program.countArrival(state);
          into[block].addNarrowing(state);
        }
      }

      @Override
      public void left(State state) {}
    };
  }

  private Execution.Listener forwardEdgesInto(PointStates[] into, PointStates left) {
    return new Paths() {
      @Override
      public void reached(State state, int from, int block) {
        if (!isBack(from, block)) {
          program.forget(state, function.firstSlot(block));
          program.countArrival(state);
          into[block].addNarrowing(state);
        }
      }

      @Override
      public void left(State state) {
        left.add(state, false);
      }
    };
  }

  /** What all listeners of this search share: forgetting within code between cut points, and calls. */
  private abstract class Paths implements Execution.Listener {
    @Override
    public List<State> called(State state, int slot, FunctionGraph callee) {
      return program.called(state, slot, callee);
    }

    /** The least fixed point of the rounds, widened like a loop head. */
    @Override
    public List<State> calledBack(State first, int slot, CallbackCall call, Execution execution) {
      PointStates between = new PointStates(
          true, Thresholds.none(), program.detail(), Interest.NONE, program.merging());
      between.add(first, false);
      for (State state = between.takePending(); state != null; state = between.takePending()) {
        for (State next : execution.round(state.copy(), slot, call, this)) {
          program.countArrival(next);
          between.add(next, true);
        }
      }
      rounds.addFirst(new RoundsClaim(slot, call, between.states()));
      List<State> copies = new ArrayList<>();
      between.states().forEach(state -> copies.add(state.copy()));
      return copies;
    }

    @Override
    public void entered(State state, int block) {
      program.countEntry(state);
      program.forget(state, function.firstSlot(block));
    }
  }
}
