package dev.assay.verifier.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.IntSequence;
import dev.assay.graph.MalformedGraphException;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.isa.Assembler;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The cost of a function, held against the longest of all runs that keep to the bounds of its loops. */
class LoopBoundsTest {
  private static FunctionGraph graph(String assembly) {
    try {
      return ControlFlowGraph.of(Assembler.assemble(assembly)).entry();
    } catch (MalformedGraphException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** A random function: blocks with jumps to any of them, so that loops have several entries as often as one. */
  private static FunctionGraph randomGraph(Random random) {
    int blocks = 2 + random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < blocks; i++) {
      text.append("l").append(i).append(":\n");
      text.append("r0 = 0\n".repeat(random.nextInt(3)));
      switch (random.nextInt(i == blocks - 1 ? 2 : 4)) {
        case 0 -> text.append("exit\n");
        case 1 -> text.append("goto l").append(random.nextInt(blocks)).append('\n');
        default ->
          text.append("if r1 == 0 goto l").append(random.nextInt(blocks)).append('\n');
      }
    }
    return graph(text.toString());
  }

  private static long[] blockCosts(FunctionGraph function) {
    long[] costs = new long[function.blockCount()];
    for (int block = 0; block < costs.length; block++) {
      costs[block] = function.lastSlot(block) - function.firstSlot(block) + 1L;
    }
    return costs;
  }

  /** The longest run from the entry block: a run is a path on which no loop's counter exceeds its bound. */
  private static final class Runs {
    private final FunctionGraph function;
    private final WeakTopologicalOrder order;
    private final long[] costs;
    private final long[] bounds;
    private final Map<Map<Integer, Long>, Long> longest = new HashMap<>();

    Runs(FunctionGraph function, WeakTopologicalOrder order, long[] costs, long[] bounds) {
      this.function = function;
      this.order = order;
      this.costs = costs;
      this.bounds = bounds;
    }

    long longest() {
      return from(0, counters(Map.of(), 0, false));
    }

    /** The counters at a block: 0 for each loop that is entered, one more for each edge within a loop to its head. */
    private Map<Integer, Long> counters(Map<Integer, Long> before, int to, boolean edge) {
      Map<Integer, Long> after = new TreeMap<>();
      IntSequence heads = order.enclosingHeads(to);
      for (int i = 0; i < heads.size(); i++) {
        int head = heads.at(i);
        Long known = edge ? before.get(head) : null;
        after.put(head, known == null ? 0 : known + (head == to ? 1 : 0));
      }
      return after;
    }

    private boolean legal(Map<Integer, Long> counters, int block) {
      Long own = counters.get(block);
      return own == null || own <= bounds[order.innermost(block)];
    }

    private long from(int block, Map<Integer, Long> counters) {
      Map<Integer, Long> key = new TreeMap<>(counters);
      key.put(-1, (long) block);
      Long known = longest.get(key);
      if (known != null) {
        return known;
      }
      long best = 0;
      IntSequence successors = function.successors(block);
      for (int i = 0; i < successors.size(); i++) {
        int to = successors.at(i);
        Map<Integer, Long> after = counters(counters, to, true);
        if (legal(after, to)) {
          best = Math.max(best, from(to, after));
        }
      }
      longest.put(key, costs[block] + best);
      return costs[block] + best;
    }
  }

  @Property(tries = 3000)
  void noRunThatKeepsToTheBoundsTakesMoreThanTheCost(@ForAll long seed) {
    Random random = new Random(seed);
    FunctionGraph function = randomGraph(random);
    WeakTopologicalOrder order = WeakTopologicalOrder.of(function);
    long[] bounds = random.longs(order.componentCount(), 0, 4).toArray();
    long[] costs = blockCosts(function);
    long cost = LoopBounds.cost(function, order, costs, bounds);
    long longest = new Runs(function, order, costs, bounds).longest();
    assertTrue(cost >= longest, () -> cost + " < " + longest + "\n" + function.code());
  }

  @Property(tries = 1000)
  void withoutLoopsTheCostIsTheLongestPath(@ForAll long seed) {
    FunctionGraph function = randomGraph(new Random(seed));
    WeakTopologicalOrder order = WeakTopologicalOrder.of(function);
    if (order.componentCount() == 0) {
      long[] costs = blockCosts(function);
      assertEquals(
          new Runs(function, order, costs, new long[0]).longest(),
          LoopBounds.cost(function, order, costs, new long[0]));
    }
  }

  @Test
  void aLoopCostsItsBodyOnceMoreThanItsHeadIsReachedAgain() {
    FunctionGraph function = graph("""
        r0 = 0
        l: r0 += 1
        if r0 != 5 goto l
        exit
        """);
    WeakTopologicalOrder order = WeakTopologicalOrder.of(function);
    assertEquals(
        1 + 5 * 2 + 1, LoopBounds.cost(function, order, blockCosts(function), new long[] {4}));
  }

  @Test
  void aLoopWithoutABoundCostsNoNumber() {
    FunctionGraph function = graph("l: if r0 != 5 goto l\nexit\n");
    WeakTopologicalOrder order = WeakTopologicalOrder.of(function);
    assertEquals(
        LoopBounds.UNBOUNDED,
        LoopBounds.cost(function, order, blockCosts(function), new long[] {LoopBounds.UNBOUNDED}));
  }

  @Test
  void costsThatAreTooLargeAreNoNumber() {
    FunctionGraph function = graph("""
        a: r0 += 1
        b: r0 += 1
        if r0 != 5 goto b
        if r0 != 6 goto a
        exit
        """);
    WeakTopologicalOrder order = WeakTopologicalOrder.of(function);
    long[] bounds = {1L << 62, 1L << 62};
    assertEquals(
        LoopBounds.UNBOUNDED, LoopBounds.cost(function, order, blockCosts(function), bounds));
    assertEquals(LoopBounds.UNBOUNDED, LoopBounds.add(Long.MAX_VALUE, 1));
    assertEquals(LoopBounds.UNBOUNDED, LoopBounds.add(1L << 62, 1L << 62));
  }
}
