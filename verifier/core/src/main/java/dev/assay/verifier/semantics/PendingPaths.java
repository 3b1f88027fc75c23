package dev.assay.verifier.semantics;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.IntSequence;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.verifier.state.State;
import java.util.ArrayDeque;
import java.util.Deque;

/** The paths between two cut points that still have to be followed, and how a path goes on from one instruction to others. */
final class PendingPaths {
  private final ProgramShape shape;
  private final FunctionGraph function;
  private final Execution.Listener listener;
  private final Deque<Path> work = new ArrayDeque<>();

  PendingPaths(ProgramShape shape, FunctionGraph function, Execution.Listener listener) {
    this.shape = shape;
    this.function = function;
    this.listener = listener;
  }

  /** A path that still has to be followed. */
  record Path(State state, int slot) {}

  FunctionGraph function() {
    return function;
  }

  Execution.Listener listener() {
    return listener;
  }

  boolean isEmpty() {
    return work.isEmpty();
  }

  /** The path that was added last. */
  Path pop() {
    return work.pop();
  }

  void push(State state, int slot) {
    work.push(new Path(state, slot));
  }

  /** Goes along the n-th edge out of the block that ends at {@code slot}. Edges that are not taken come first. */
  void branch(State state, int slot, int n) {
    int from = function.blockAt(slot);
    IntSequence successors = function.successors(from);
    int to = successors.at(Math.min(n, successors.size() - 1));
    WeakTopologicalOrder order = shape.order(function);
    LoopCounters.follow(state, order, from, to);
    if (shape.isCutPoint(function, to)) {
      listener.reached(state, from, to);
    } else {
      listener.entered(state, to);
      push(state, function.firstSlot(to));
    }
  }

  /** Goes on behind the call at {@code slot}. */
  void resume(State state, int slot) {
    if (slot == function.lastSlot(function.blockAt(slot))) {
      branch(state, slot, 0);
    } else {
      push(state, slot + 1);
    }
  }
}
