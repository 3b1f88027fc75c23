package dev.assay.graph;

import java.io.IOException;

/** Lists graphs as plain text: the blocks in weak topological order, with edges and loop nesting. */
public final class TextListing {
  private TextListing() {}

  /** Writes one function. */
  public static void write(FunctionGraph function, Appendable out) throws IOException {
    throw new UnsupportedOperationException();
  }
}
