package dev.assay.graph;

import java.util.Arrays;

/**
 * A depth-first search of a graph from its root. It tries a vertex's last edge first, so that in reverse post-order
 * what follows the first edge (for blocks: not taken) stands right after the vertex.
 */
final class DepthFirstSearch {
  private final int[] postOrder;
  private final int[] number;
  private final int[] parent;
  private final int reached;

  DepthFirstSearch(DirectedGraph graph) {
    int size = graph.size();
    postOrder = new int[size];
    number = new int[size];
    parent = new int[size];
    Arrays.fill(number, -1);
    Arrays.fill(parent, -1);
    boolean[] seen = new boolean[size];
    int[] stack = new int[size];
    int[] nextEdge = new int[size];
    int depth = 0;
    int finished = 0;
    stack[0] = 0;
    seen[0] = true;
    nextEdge[0] = graph.firstOutgoing(1) - 1;
    while (depth >= 0) {
      int vertex = stack[depth];
      int edge = nextEdge[vertex]--;
      if (edge < graph.firstOutgoing(vertex)) {
        number[vertex] = finished;
        postOrder[finished++] = vertex;
        depth--;
        continue;
      }
      int target = graph.target(edge);
      if (!seen[target]) {
        seen[target] = true;
        parent[target] = vertex;
        nextEdge[target] = graph.firstOutgoing(target + 1) - 1;
        stack[++depth] = target;
      }
    }
    reached = finished;
  }

  /** How many vertices the root reaches, itself included. */
  int reached() {
    return reached;
  }

  /** The vertex that is left as the {@code index}-th, from 0. */
  int postOrder(int index) {
    return postOrder[index];
  }

  /** The index of {@code vertex} in post-order, or −1 if it is not reached. */
  int number(int vertex) {
    return number[vertex];
  }

  /** The vertex from which {@code vertex} was first reached, or −1 for the root and what is not reached. */
  int parent(int vertex) {
    return parent[vertex];
  }
}
