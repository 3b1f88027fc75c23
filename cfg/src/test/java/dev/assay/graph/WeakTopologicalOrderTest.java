package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WeakTopologicalOrderTest {

  /** The graph with these edges, given as source, target, source, target, … */
  private static DirectedGraph graph(int size, int... ends) {
    int[] sources = IntStream.range(0, ends.length / 2).map(i -> ends[2 * i]).toArray();
    int[] targets =
        IntStream.range(0, ends.length / 2).map(i -> ends[2 * i + 1]).toArray();
    return DirectedGraph.of(size, sources, targets);
  }

  /** Bourdoncle's notation: a component in parentheses, its head first. */
  private static String text(List<WeakTopologicalOrder.Element> elements) {
    List<String> parts = new ArrayList<>();
    for (WeakTopologicalOrder.Element element : elements) {
      parts.add(
          switch (element) {
            case WeakTopologicalOrder.Vertex(int vertex) -> Integer.toString(vertex);
            case WeakTopologicalOrder.Component component ->
              ("(" + component.head() + " " + text(component.elements())).trim() + ")";
          });
    }
    return String.join(" ", parts);
  }

  private static String text(DirectedGraph graph) {
    return text(WeakTopologicalOrder.of(graph).elements());
  }

  @Test
  void theExampleOfThePaper() {
    DirectedGraph graph = graph(8, 0, 1, 1, 2, 1, 7, 2, 3, 3, 4, 4, 5, 4, 6, 5, 4, 6, 2, 2, 7);
    assertEquals("0 1 (2 3 (4 5) 6) 7", text(graph));
  }

  @Test
  void aGraphWithoutCyclesIsInTopologicalOrder() {
    assertEquals("0 1 2 3", text(graph(4, 0, 1, 0, 2, 1, 2, 2, 3)));
  }

  @Test
  void aSelfLoopIsAComponentOfOne() {
    assertEquals("0 (1) 2", text(graph(3, 0, 1, 1, 1, 1, 2)));
  }

  @Test
  void theRootMayBeAHead() {
    assertEquals("(0 1)", text(graph(2, 0, 1, 1, 0)));
  }

  @Test
  void anIrreducibleLoopHasOneHeadAndSeveralEntries() {
    WeakTopologicalOrder order = WeakTopologicalOrder.of(graph(3, 0, 1, 0, 2, 1, 2, 2, 1));
    assertEquals(1, order.componentCount());
    WeakTopologicalOrder.Component loop = order.component(0);
    assertEquals(2, loop.enteringEdges().size());
    assertEquals(1, loop.backEdges().size());
    assertEquals(2, loop.members().size());
  }

  @Test
  void whatTheRootDoesNotReachIsNotInTheOrder() {
    WeakTopologicalOrder order = WeakTopologicalOrder.of(graph(3, 0, 1, 2, 1));
    assertEquals(2, order.size());
    assertEquals(-1, order.position(2));
  }

  @Test
  void enclosingHeadsAreOutermostFirst() {
    WeakTopologicalOrder order = WeakTopologicalOrder.of(graph(4, 0, 1, 1, 2, 2, 3, 3, 2, 3, 1));
    assertEquals(IntSequence.of(1, 2), order.enclosingHeads(3));
    assertEquals(2, order.depth(3));
    assertEquals(Optional.of(order.component(0)), order.component(1).parent());
    assertTrue(order.isHead(2));
  }

  /** Loops within loops: i → i + 1 inward, and from the innermost out again, each latch n + i back to head i. */
  private static DirectedGraph nest(int depth) {
    int[] sources = new int[4 * depth];
    int[] targets = new int[4 * depth];
    int edges = 0;
    for (int i = 0; i < depth; i++) {
      int latch = 2 * depth - 1 - i;
      sources[edges] = i;
      targets[edges++] = i + 1;
      sources[edges] = latch;
      targets[edges++] = latch + 1;
      sources[edges] = latch;
      targets[edges++] = i;
      sources[edges] = i;
      targets[edges++] = latch + 1;
    }
    return DirectedGraph.of(2 * depth + 1, sources, targets);
  }

  @Test
  void aNestOfHundredThousandLoopsIsNoProblem() {
    WeakTopologicalOrder order = assertTimeout(
        java.time.Duration.ofSeconds(10), () -> WeakTopologicalOrder.of(nest(100_000)));
    assertEquals(100_000, order.componentCount());
    assertEquals(100_000, order.depth(100_000));
  }

  @Test
  void aNestOfIrreducibleLoopsIsNoProblem() {
    int depth = 50_000;
    DirectedGraph nest = nest(depth);
    int[] sources = IntStream.range(0, nest.edgeCount() + depth)
        .map(edge -> edge < nest.edgeCount() ? nest.source(edge) : 0)
        .toArray();
    int[] targets = IntStream.range(0, nest.edgeCount() + depth)
        .map(edge ->
            edge < nest.edgeCount() ? nest.target(edge) : 2 * depth - 1 - (edge - nest.edgeCount()))
        .toArray();
    DirectedGraph graph = DirectedGraph.of(nest.size(), sources, targets);
    WeakTopologicalOrder order =
        assertTimeout(java.time.Duration.ofSeconds(10), () -> WeakTopologicalOrder.of(graph));
    checkBourdoncle(graph, order);
  }

  @Property(tries = 5000)
  void everyEdgeGoesForwardOrToTheHeadOfAComponentAroundIt(@ForAll("graphs") DirectedGraph graph) {
    checkBourdoncle(graph, WeakTopologicalOrder.of(graph));
  }

  static void checkBourdoncle(DirectedGraph graph, WeakTopologicalOrder order) {
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      int source = graph.source(edge);
      int target = graph.target(edge);
      if (order.position(source) >= 0 && order.position(target) <= order.position(source)) {
        assertTrue(order.isHead(target), () -> source + " → " + target);
        assertTrue(
            order.component(order.innermost(target)).contains(source),
            () -> source + " → " + target);
      }
    }
  }

  @Property(tries = 2000)
  void aComponentIsStronglyConnectedAndMaximal(@ForAll("graphs") DirectedGraph graph) {
    WeakTopologicalOrder order = WeakTopologicalOrder.of(graph);
    checkParts(
        graph,
        order.elements(),
        IntStream.range(0, order.size()).map(order::vertexAt).toArray());
    for (int i = 0; i < order.componentCount(); i++) {
      WeakTopologicalOrder.Component component = order.component(i);
      int[] body = component.members().stream().skip(1).toArray();
      checkParts(graph, component.elements(), body);
    }
  }

  /** The elements must be the strongly connected parts of the graph on {@code vertices}. */
  private static void checkParts(
      DirectedGraph graph, List<WeakTopologicalOrder.Element> elements, int[] vertices) {
    int[] part = new int[graph.size()];
    for (int i = 0; i < elements.size(); i++) {
      switch (elements.get(i)) {
        case WeakTopologicalOrder.Vertex(int vertex) -> part[vertex] = i;
        case WeakTopologicalOrder.Component component -> {
          for (int member : component.members().toArray()) {
            part[member] = i;
          }
        }
      }
    }
    boolean[][] reaches = new boolean[graph.size()][graph.size()];
    for (int vertex : vertices) {
      for (int successor : graph.successors(vertex).toArray()) {
        reaches[vertex][successor] = IntStream.of(vertices).anyMatch(v -> v == successor);
      }
    }
    for (int via : vertices) {
      for (int from : vertices) {
        for (int to : vertices) {
          reaches[from][to] |= reaches[from][via] && reaches[via][to];
        }
      }
    }
    for (int from : vertices) {
      assertEquals(
          reaches[from][from], !(elements.get(part[from]) instanceof WeakTopologicalOrder.Vertex));
      for (int to : vertices) {
        if (from != to) {
          assertEquals(reaches[from][to] && reaches[to][from], part[from] == part[to]);
        }
      }
    }
  }

  @Property(tries = 1000)
  void positionsAndMembersAgree(@ForAll("graphs") DirectedGraph graph) {
    WeakTopologicalOrder order = WeakTopologicalOrder.of(graph);
    for (int i = 0; i < order.componentCount(); i++) {
      WeakTopologicalOrder.Component component = order.component(i);
      assertEquals(component.head(), component.members().at(0));
      assertEquals(component.head(), order.vertexAt(component.start()));
      for (int edge = 0; edge < graph.edgeCount(); edge++) {
        int source = graph.source(edge);
        boolean within = component.contains(graph.target(edge));
        boolean entering = within && order.position(source) >= 0 && !component.contains(source);
        assertEquals(entering, component.enteringEdges().contains(edge));
        boolean back = graph.target(edge) == component.head() && component.contains(source);
        assertEquals(back, component.backEdges().contains(edge));
      }
    }
  }

  @Provide
  Arbitrary<DirectedGraph> graphs() {
    return Arbitraries.integers()
        .between(1, 12)
        .flatMap(size -> Arbitraries.integers()
            .between(0, size - 1)
            .array(int[].class)
            .ofMinSize(0)
            .ofMaxSize(6 * size)
            .map(ends -> graph(size, ends)));
  }
}
