package dev.assay.graph;

import java.io.IOException;

/** Writes graphs in Graphviz's DOT language: a node a block, loops as nested clusters. */
public final class DotWriter {
  private DotWriter() {}

  /** Writes one function as a digraph. */
  public static void write(FunctionGraph function, Appendable out) throws IOException {
    throw new UnsupportedOperationException();
  }
}
