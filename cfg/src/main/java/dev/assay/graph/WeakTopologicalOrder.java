package dev.assay.graph;

import java.util.List;
import java.util.Optional;

/**
 * A hierarchical order of a graph's vertices in which every cycle goes through the head of a component (F. Bourdoncle,
 * "Efficient chaotic iteration strategies with widenings", 1993): for each edge u → v with v not after u, v is the head of
 * a component that contains u.
 *
 * <p>The order is flat: each vertex has a position, and a component is a run of positions that starts with its head.
 * So the recursive iteration strategy needs no recursion: walk the positions upward; at the {@linkplain
 * Component#end end} of a component, if its head has not stabilised, go back to the {@linkplain Component#start start}.
 *
 * <p>Components are numbered in the order of their heads' positions, so an outer one comes before those in it. Vertices
 * that the root does not reach are not in the order. Immutable.
 */
public final class WeakTopologicalOrder {
  private WeakTopologicalOrder() {}

  /** The order of {@code graph}; takes nearly linear time, also if loops are deeply nested or irreducible. */
  public static WeakTopologicalOrder of(DirectedGraph graph) {
    throw new UnsupportedOperationException();
  }

  /** The order of the blocks of {@code function}. */
  public static WeakTopologicalOrder of(FunctionGraph function) {
    return of(function.blocks());
  }

  /** A vertex or a component, as it stands in the list of the component around it. */
  public sealed interface Element {}

  /** A vertex that is not a head. */
  public record Vertex(int vertex) implements Element {}

  /** A maximal strongly connected part of the graph within the component around it, whose incoming edges to the head do not count. */
  public final class Component implements Element {
    private final int index;

    private Component(int index) {
      this.index = index;
    }

    /** The component's number. */
    public int index() {
      return index;
    }

    /** The vertex that all of the component's cycles go through, but for those of inner components. */
    public int head() {
      throw new UnsupportedOperationException();
    }

    /** How many components contain this one, itself included: 1 for an outermost. */
    public int depth() {
      throw new UnsupportedOperationException();
    }

    /** The innermost component around this one. */
    public Optional<Component> parent() {
      throw new UnsupportedOperationException();
    }

    /** The position of the head. */
    public int start() {
      throw new UnsupportedOperationException();
    }

    /** The position after the last member's. */
    public int end() {
      throw new UnsupportedOperationException();
    }

    /** All vertices of the component in order: the head first, those of inner components included. */
    public IntSequence members() {
      throw new UnsupportedOperationException();
    }

    /** Whether {@code vertex} is a member. */
    public boolean contains(int vertex) {
      throw new UnsupportedOperationException();
    }

    /** What follows the head, in order. */
    public List<Element> elements() {
      throw new UnsupportedOperationException();
    }

    /** The edges from outside to any member, ascending by the target's position; takes time linear in the component's size. */
    public IntSequence enteringEdges() {
      throw new UnsupportedOperationException();
    }

    /** The edges from members to the head. */
    public IntSequence backEdges() {
      throw new UnsupportedOperationException();
    }
  }

  /** The outermost elements in order. */
  public List<Element> elements() {
    throw new UnsupportedOperationException();
  }

  /** The number of vertices in the order. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The vertex at {@code position}. */
  public int vertexAt(int position) {
    throw new UnsupportedOperationException();
  }

  /** The position of {@code vertex}, from 0, or −1 if the root does not reach it. */
  public int position(int vertex) {
    throw new UnsupportedOperationException();
  }

  /** The number of components. */
  public int componentCount() {
    throw new UnsupportedOperationException();
  }

  /** The component numbered {@code index}. */
  public Component component(int index) {
    throw new UnsupportedOperationException();
  }

  /** The number of the innermost component that contains {@code vertex} (its own if it is a head), or −1. */
  public int innermost(int vertex) {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code vertex} is the head of a component. */
  public boolean isHead(int vertex) {
    throw new UnsupportedOperationException();
  }

  /** How many components contain {@code vertex}. */
  public int depth(int vertex) {
    throw new UnsupportedOperationException();
  }

  /** The heads of the components that contain {@code vertex}, outermost first, its own included if it is a head. */
  public IntSequence enclosingHeads(int vertex) {
    throw new UnsupportedOperationException();
  }
}
