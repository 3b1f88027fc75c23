package dev.assay.graph;

/** Disjoint sets of vertices, each with a representative that the caller chooses. */
final class DisjointSets {
  private final int[] up;

  DisjointSets(int size) {
    up = new int[size];
    for (int vertex = 0; vertex < size; vertex++) {
      up[vertex] = vertex;
    }
  }

  int representative(int vertex) {
    int at = vertex;
    while (up[at] != at) {
      up[at] = up[up[at]];
      at = up[at];
    }
    return at;
  }

  /** Puts the set that {@code member} represents into the one that {@code representative} represents. */
  void merge(int member, int representative) {
    up[member] = representative;
  }
}
