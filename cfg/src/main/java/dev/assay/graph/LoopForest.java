package dev.assay.graph;

import java.util.Arrays;

/**
 * For each vertex, the head of the innermost loop around it, where the loop of h is what can reach h through
 * descendants of h in a depth-first tree alone. Reducible or not, these loops nest.
 *
 * <p>Computed from the tree's leaves to its root, merging each finished loop into its head (P. Havlak, "Nesting of
 * reducible and irreducible loops", 1997). An edge matters first at the lowest common ancestor of its ends, so it is
 * put in only there, which keeps the time nearly linear also on irreducible graphs (G. Ramalingam, "Identifying loops
 * in almost linear time", 1999; S. K. Kim, A. J. Venet, A. V. Thakur, "Deterministic parallel fixpoint computation",
 * 2020).
 */
final class LoopForest {
  private static final int NONE = -1;

  private final int[] header;
  private final boolean[] isHead;

  LoopForest(DirectedGraph graph, DepthFirstSearch search) {
    int size = graph.size();
    header = new int[size];
    Arrays.fill(header, NONE);
    isHead = new boolean[size];
    EdgeLists toHead = new EdgeLists(graph);
    EdgeLists deferred = new EdgeLists(graph);
    EdgeLists inner = new EdgeLists(graph);
    DisjointSets finishedTrees = new DisjointSets(size);
    DisjointSets loops = new DisjointSets(size);
    int[] pending = new int[size];

    for (int i = 0; i < search.reached(); i++) {
      int vertex = search.postOrder(i);
      for (int edge = graph.firstOutgoing(vertex); edge < graph.firstOutgoing(vertex + 1); edge++) {
        int target = graph.target(edge);
        if (search.number(target) >= i) {
          isHead[target] = true;
          toHead.add(target, edge);
        } else {
          deferred.add(finishedTrees.representative(target), edge);
        }
      }
      for (int edge = deferred.first(vertex); edge != NONE; ) {
        int next = deferred.next(edge);
        inner.add(loops.representative(graph.target(edge)), edge);
        edge = next;
      }
      int count = 0;
      for (int edge = toHead.first(vertex); edge != NONE; edge = toHead.next(edge)) {
        count = claim(loops.representative(graph.source(edge)), vertex, pending, count);
      }
      for (int next = 0; next < count; next++) {
        for (int edge = inner.first(pending[next]); edge != NONE; edge = inner.next(edge)) {
          count = claim(loops.representative(graph.source(edge)), vertex, pending, count);
        }
      }
      for (int next = 0; next < count; next++) {
        loops.merge(pending[next], vertex);
      }
      if (search.parent(vertex) != NONE) {
        finishedTrees.merge(vertex, search.parent(vertex));
      }
    }
  }

  private int claim(int member, int head, int[] pending, int count) {
    if (member == head || header[member] != NONE) {
      return count;
    }
    header[member] = head;
    pending[count] = member;
    return count + 1;
  }

  /** Whether {@code vertex} heads a loop. */
  boolean isHead(int vertex) {
    return isHead[vertex];
  }

  /** The head of the innermost loop around {@code vertex}, not counting a loop that it heads itself, or −1. */
  int header(int vertex) {
    return header[vertex];
  }

  /** A list of edges for each vertex; an edge is in one of them at most. */
  private static final class EdgeLists {
    private final int[] first;
    private final int[] next;

    EdgeLists(DirectedGraph graph) {
      first = new int[graph.size()];
      next = new int[graph.edgeCount()];
      Arrays.fill(first, NONE);
    }

    void add(int vertex, int edge) {
      next[edge] = first[vertex];
      first[vertex] = edge;
    }

    int first(int vertex) {
      return first[vertex];
    }

    int next(int edge) {
      return next[edge];
    }
  }
}
