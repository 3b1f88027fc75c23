package dev.assay.verifier.judge;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.State;
import java.util.List;

/** How often loop heads are reached, read off the counters in claimed states, and what that makes of the cost of a function. */
final class LoopBounds {
  /** No bound. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  /** Beyond this a counter is not taken for bounded, so that adding 1 to it never wraps around. */
  private static final long LARGEST_COUNT = 1L << 62;

  private LoopBounds() {}

  /**
   * The largest value of the counter of the loop {@code head} in the states claimed at it, or {@link #UNBOUNDED}. If the claims are inductive, then
   * on every path the head is reached at most that often again.
   */
  static long bound(FunctionClaim claim, int head) {
    long bound = 0;
    for (State state : claim.states().get(head)) {
      int loop = state.innermost().indexOfLoop(head);
      if (loop < 0) {
        return UNBOUNDED;
      }
      // Both count the same rounds; what falls by one a round bounds the one that falls with it.
      Scalar rising = state.scalar(state.innermost().rising()[loop]);
      Scalar falling = state.scalar(state.innermost().falling()[loop]);
      long most = Math.min(
          within(rising) ? rising.signedMax() : UNBOUNDED,
          within(falling) ? -falling.signedMin() : UNBOUNDED);
      bound = Math.max(bound, most);
    }
    return bound;
  }

  private static boolean within(Scalar counter) {
    return counter.signedMin() >= -LARGEST_COUNT && counter.signedMax() <= LARGEST_COUNT;
  }

  /**
   * An upper bound of the instructions that one activation executes: the longest path, where a component counts as (its bound + 1) times
   * the longest path through its body, inner components collapsed likewise. A path enters a component, passes its head at most bound + 1 times
   * (bound times, if it entered elsewhere), and each stretch between two passes is a path through the acyclic rest of the body.
   *
   * @param blockCosts for each block what one pass costs, callees included; {@link #UNBOUNDED} if there is no bound
   * @param bounds for each component its bound
   */
  static long cost(
      FunctionGraph function, WeakTopologicalOrder order, long[] blockCosts, long[] bounds) {
    long[] componentCosts = new long[order.componentCount()];
    for (int c = order.componentCount() - 1; c >= 0; c--) {
      WeakTopologicalOrder.Component component = order.component(c);
      long body = longestPath(
          function, order, component.head(), component.elements(), blockCosts, componentCosts);
      componentCosts[c] = multiply(bounds[c] == UNBOUNDED ? UNBOUNDED : bounds[c] + 1, body);
    }
    return longestPath(function, order, -1, order.elements(), blockCosts, componentCosts);
  }

  /** The longest path among a head (if not −1) and the elements that follow it, ignoring edges to the head. */
  private static long longestPath(
      FunctionGraph function,
      WeakTopologicalOrder order,
      int head,
      List<WeakTopologicalOrder.Element> elements,
      long[] blockCosts,
      long[] componentCosts) {
    int first = head >= 0
        ? order.position(head)
        : elements.isEmpty() ? 0 : start(order, elements.getFirst());
    int last = elements.isEmpty() ? first + 1 : end(order, elements.getLast());
    // For each position the longest path that ends with the element that contains it.
    long[] longest = new long[Math.max(1, last - first)];
    long best = 0;
    if (head >= 0) {
      longest[0] = blockCosts[head];
      best = longest[0];
    }
    for (WeakTopologicalOrder.Element element : elements) {
      int from = start(order, element);
      int to = end(order, element);
      long before = 0;
      for (int position = from; position < to; position++) {
        var predecessors = function.predecessors(order.vertexAt(position));
        for (int i = 0; i < predecessors.size(); i++) {
          int p = order.position(predecessors.at(i));
          if (p >= first && p < from) {
            before = Math.max(before, longest[p - first]);
          }
        }
      }
      long own =
          switch (element) {
            case WeakTopologicalOrder.Vertex v -> blockCosts[v.vertex()];
            case WeakTopologicalOrder.Component c -> componentCosts[c.index()];
          };
      long total = add(before, own);
      for (int position = from; position < to; position++) {
        longest[position - first] = total;
      }
      best = Math.max(best, total);
    }
    return best;
  }

  private static int start(WeakTopologicalOrder order, WeakTopologicalOrder.Element element) {
    return switch (element) {
      case WeakTopologicalOrder.Vertex v -> order.position(v.vertex());
      case WeakTopologicalOrder.Component c -> c.start();
    };
  }

  private static int end(WeakTopologicalOrder order, WeakTopologicalOrder.Element element) {
    return switch (element) {
      case WeakTopologicalOrder.Vertex v -> order.position(v.vertex()) + 1;
      case WeakTopologicalOrder.Component c -> c.end();
    };
  }

  /** The sum, saturating at {@link #UNBOUNDED}; neither operand is negative. */
  static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? UNBOUNDED : sum;
  }

  /** The product, saturating at {@link #UNBOUNDED}; neither operand is negative. */
  static long multiply(long a, long b) {
    if (b == 0) {
      return 0;
    }
    return a > UNBOUNDED / b ? UNBOUNDED : a * b;
  }
}
