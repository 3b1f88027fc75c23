package dev.assay.numeric;

import java.util.Arrays;

/** A dense matrix of difference bounds over a few symbols, to be closed at once. Local to one computation. */
final class Matrix {
  private final int[] symbols;
  private final long[] bounds;

  /** Nothing known between {@code symbols}, which are ascending. */
  Matrix(int[] symbols) {
    this.symbols = symbols;
    this.bounds = new long[symbols.length * symbols.length];
    Arrays.fill(bounds, Relations.UNBOUNDED);
  }

  void set(int i, int j, long bound) {
    bounds[i * symbols.length + j] = bound;
  }

  /** Adds all consequences (Floyd and Warshall's shortest paths); false if the bounds contradict each other. */
  boolean close() {
    int n = symbols.length;
    for (int via = 0; via < n; via++) {
      for (int i = 0; i < n; i++) {
        long first = bounds[i * n + via];
        if (first != Relations.UNBOUNDED && i != via) {
          for (int j = 0; j < n; j++) {
            long path = DifferenceBounds.sum(first, bounds[via * n + j]);
            if (path < bounds[i * n + j]) {
              if (i == j && path < 0) {
                return false;
              }
              bounds[i * n + j] = path;
            }
          }
        }
      }
    }
    return true;
  }

  /** The bounds that pass {@code kept}. */
  Edges edges(BoundPredicate kept) {
    int n = symbols.length;
    Edges edges = new Edges(16);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long bound = bounds[i * n + j];
        if (i != j && bound != Relations.UNBOUNDED && kept.test(symbols[i], symbols[j], bound)) {
          edges.add(Edges.key(symbols[i], symbols[j]), bound);
        }
      }
    }
    return edges;
  }
}
