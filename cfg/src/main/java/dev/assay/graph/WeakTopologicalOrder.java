package dev.assay.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical order of a graph's vertices in which every cycle goes through the head of a component (F. Bourdoncle,
 * "Efficient chaotic iteration strategies with widenings", 1993): for each edge u → v with v not after u, v is the head
 * of a component that contains u.
 *
 * <p>The order is flat: each vertex has a position, and a component is a run of positions that starts with its head. So
 * the recursive iteration strategy needs no recursion: walk the positions upward; at the {@linkplain Component#end end}
 * of a component, if its head has not stabilised, go back to the {@linkplain Component#start start}.
 *
 * <p>Components are numbered in the order of their heads' positions, so an outer one comes before those in it. Vertices
 * that the root does not reach are not in the order. Immutable.
 */
public final class WeakTopologicalOrder {
  private static final int NONE = -1;

  private final DirectedGraph graph;
  private final int[] order;
  private final int[] position;
  private final int[] innermost;
  private final int[] head;
  private final int[] parent;
  private final int[] depth;
  private final int[] end;

  private WeakTopologicalOrder(DirectedGraph graph, DepthFirstSearch search, LoopForest loops) {
    this.graph = graph;
    int size = search.reached();
    order = new int[size];
    position = new int[graph.size()];
    innermost = new int[graph.size()];
    Arrays.fill(position, NONE);
    Arrays.fill(innermost, NONE);
    int componentCount = 0;
    for (int i = 0; i < size; i++) {
      componentCount += loops.isHead(search.postOrder(i)) ? 1 : 0;
    }
    head = new int[componentCount];
    parent = new int[componentCount];
    depth = new int[componentCount];
    end = new int[componentCount];
    layOut(search, loops);
  }

  /**
   * Lists each loop's members, inner loops by their heads, in reverse post-order. That is topological, since within a
   * loop and without its head the depth-first tree is again one of a depth-first search, whose root in each strongly
   * connected part is left last.
   */
  private void layOut(DepthFirstSearch search, LoopForest loops) {
    int outermost = graph.size();
    int[] firstMember = new int[graph.size() + 1];
    int[] nextMember = new int[graph.size()];
    Arrays.fill(firstMember, NONE);
    for (int i = 0; i < order.length; i++) {
      int vertex = search.postOrder(i);
      int list = loops.header(vertex) == NONE ? outermost : loops.header(vertex);
      nextMember[vertex] = firstMember[list];
      firstMember[list] = vertex;
    }
    int components = 0;
    int current = NONE;
    int placed = 0;
    int vertex = firstMember[outermost];
    while (vertex != NONE || current != NONE) {
      if (vertex == NONE) {
        end[current] = placed;
        vertex = nextMember[head[current]];
        current = parent[current];
        continue;
      }
      position[vertex] = placed;
      order[placed++] = vertex;
      if (loops.isHead(vertex)) {
        int component = components++;
        head[component] = vertex;
        parent[component] = current;
        depth[component] = current == NONE ? 1 : depth[current] + 1;
        innermost[vertex] = component;
        current = component;
        vertex = firstMember[vertex];
      } else {
        innermost[vertex] = current;
        vertex = nextMember[vertex];
      }
    }
  }

  /** The order of {@code graph}; takes nearly linear time, also if loops are deeply nested or irreducible. */
  public static WeakTopologicalOrder of(DirectedGraph graph) {
    DepthFirstSearch search = new DepthFirstSearch(graph);
    return new WeakTopologicalOrder(graph, search, new LoopForest(graph, search));
  }

  /** The order of the blocks of {@code function}. */
  public static WeakTopologicalOrder of(FunctionGraph function) {
    return of(function.blocks());
  }

  /** A vertex or a component, as it stands in the list of the component around it. */
  public sealed interface Element {}

  /** A vertex that is not a head. */
  public record Vertex(int vertex) implements Element {}

  /**
   * A maximal strongly connected part of the graph; or, within another component, of what that component is without its
   * head.
   */
  public final class Component implements Element {
    private final int index;

    private Component(int index) {
      this.index = index;
    }

    private WeakTopologicalOrder order() {
      return WeakTopologicalOrder.this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Component that && index == that.index && order() == that.order();
    }

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public String toString() {
      return "component of " + head();
    }

    /** The component's number. */
    public int index() {
      return index;
    }

    /** The vertex that all of the component's cycles go through, but for those of inner components. */
    public int head() {
      return head[index];
    }

    /** How many components contain this one, itself included: 1 for an outermost. */
    public int depth() {
      return depth[index];
    }

    /** The innermost component around this one. */
    public Optional<Component> parent() {
      return parent[index] == NONE ? Optional.empty() : Optional.of(new Component(parent[index]));
    }

    /** The position of the head. */
    public int start() {
      return position[head[index]];
    }

    /** The position after the last member's. */
    public int end() {
      return end[index];
    }

    /** All vertices of the component in order: the head first, those of inner components included. */
    public IntSequence members() {
      return IntSequence.view(order, start(), end());
    }

    /** Whether {@code vertex} is a member. */
    public boolean contains(int vertex) {
      return position[vertex] >= start() && position[vertex] < end();
    }

    /** What follows the head, in order. */
    public List<Element> elements() {
      return elementsBetween(start() + 1, end());
    }

    /**
     * The edges from outside to any member, ascending by the target's position; takes time linear in the component's
     * size.
     */
    public IntSequence enteringEdges() {
      IntList edges = new IntList();
      for (int i = start(); i < end(); i++) {
        IntSequence incoming = graph.incoming(order[i]);
        for (int j = 0; j < incoming.size(); j++) {
          int source = graph.source(incoming.at(j));
          if (position[source] != NONE && !contains(source)) {
            edges.add(incoming.at(j));
          }
        }
      }
      return edges.toSequence();
    }

    /** The edges from members to the head. */
    public IntSequence backEdges() {
      return IntSequence.view(graph.incoming(head()).stream()
          .filter(edge -> contains(graph.source(edge)))
          .toArray());
    }
  }

  private List<Element> elementsBetween(int from, int to) {
    List<Element> elements = new ArrayList<>();
    for (int i = from; i < to; ) {
      int vertex = order[i];
      if (isHead(vertex)) {
        elements.add(new Component(innermost[vertex]));
        i = end[innermost[vertex]];
      } else {
        elements.add(new Vertex(vertex));
        i++;
      }
    }
    return List.copyOf(elements);
  }

  /** The outermost elements in order. */
  public List<Element> elements() {
    return elementsBetween(0, order.length);
  }

  /** The number of vertices in the order. */
  public int size() {
    return order.length;
  }

  /** The vertex at {@code position}. */
  public int vertexAt(int position) {
    return order[position];
  }

  /** The position of {@code vertex}, from 0, or −1 if the root does not reach it. */
  public int position(int vertex) {
    return position[vertex];
  }

  /** The number of components. */
  public int componentCount() {
    return head.length;
  }

  /** The component numbered {@code index}. */
  public Component component(int index) {
    return new Component(Objects.checkIndex(index, head.length));
  }

  /** The number of the innermost component that contains {@code vertex} (its own if it is a head), or −1. */
  public int innermost(int vertex) {
    return innermost[vertex];
  }

  /** Whether {@code vertex} is the head of a component. */
  public boolean isHead(int vertex) {
    return innermost[vertex] != NONE && head[innermost[vertex]] == vertex;
  }

  /** How many components contain {@code vertex}. */
  public int depth(int vertex) {
    return innermost[vertex] == NONE ? 0 : depth[innermost[vertex]];
  }

  /** The heads of the components that contain {@code vertex}, outermost first, its own included if it is a head. */
  public IntSequence enclosingHeads(int vertex) {
    int[] heads = new int[depth(vertex)];
    int component = innermost[vertex];
    for (int i = heads.length - 1; i >= 0; i--) {
      heads[i] = head[component];
      component = parent[component];
    }
    return IntSequence.view(heads);
  }
}
