package dev.assay.verifier.semantics;

import dev.assay.graph.IntSequence;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/**
 * The counters of loops: 0 on every edge that enters a component of the weak topological order, from wherever and to whichever of its blocks, and
 * one more on every edge within it to its head. Since every cycle within a component, but for those of its inner components, goes through the
 * head, a bound on the counter at the head bounds how often the head is reached before the component is left.
 */
final class LoopCounters {
  private LoopCounters() {}

  /** Moves the innermost activation's counters along an edge from block {@code from} to block {@code to}. */
  static void follow(State state, WeakTopologicalOrder order, int from, int to) {
    IntSequence target = order.enclosingHeads(to);
    Frame frame = state.innermost();
    if (target.isEmpty() && frame.loops().length == 0) {
      return;
    }
    int count = target.size();
    int[] heads = new int[count];
    Value[] rising = new Value[count];
    Value[] falling = new Value[count];
    for (int i = 0; i < count; i++) {
      int head = target.at(i);
      int known = from < 0 ? -1 : frame.indexOfLoop(head);
      heads[i] = head;
      if (known < 0) {
        rising[i] = Value.constant(0);
        falling[i] = Value.constant(0);
      } else {
        int step = head == to ? 1 : 0;
        rising[i] = state.plus(frame.rising()[known], step);
        falling[i] = state.plus(frame.falling()[known], -step);
      }
    }
    state.setInnermost(frame.withLoops(heads, rising, falling));
  }

  /** Starts the counters of a function's entry block. */
  static void begin(State state, WeakTopologicalOrder order) {
    follow(state, order, -1, 0);
  }
}
