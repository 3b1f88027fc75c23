package dev.assay.graph;

/**
 * Which function calls which, by number. A <em>call</em> is a live local call; a <em>reference</em> is a live code
 * address (a callback, which a timer may run later, so a cycle through references is no recursion).
 */
public final class CallGraph {
  CallGraph() {}

  /** The functions that {@code function} calls, ascending, each once. */
  public IntSequence callees(int function) {
    throw new UnsupportedOperationException();
  }

  /** The functions that call {@code function}, ascending, each once. */
  public IntSequence callers(int function) {
    throw new UnsupportedOperationException();
  }

  /** The functions whose addresses {@code function} takes, ascending, each once. */
  public IntSequence references(int function) {
    throw new UnsupportedOperationException();
  }

  /** A cycle of calls, from a function through its callees to one that calls the first; empty if there is none. */
  public IntSequence recursion() {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code function} is on a cycle of calls. */
  public boolean isRecursive(int function) {
    throw new UnsupportedOperationException();
  }

  /** All functions, each after those that it calls (but for cycles, and where there is a choice after those it references). */
  public IntSequence bottomUp() {
    throw new UnsupportedOperationException();
  }

  /** A longest chain of calls from function 0, starting with 0; as far as the first repetition if there is recursion. */
  public IntSequence deepestChain() {
    throw new UnsupportedOperationException();
  }
}
