package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.object.BpfProgram;
import java.util.List;

/** The control flow of a program: a graph for each function, and who calls whom. Immutable. */
public final class ControlFlowGraph {
  private ControlFlowGraph() {}

  /**
   * The control flow of code whose functions are not named. A function starts at slot 0, at each target of a local call
   * and at each code address, and ends where the next starts.
   *
   * @throws MalformedGraphException if reachable control leaves a function by another way than an exit
   */
  public static ControlFlowGraph of(Code code) throws MalformedGraphException {
    throw new UnsupportedOperationException();
  }

  /**
   * The control flow of a linked program: as {@link #of(Code)}, and functions start and end at the subprograms' bounds
   * too.
   *
   * @throws MalformedGraphException if reachable control leaves a function by another way than an exit
   */
  public static ControlFlowGraph of(BpfProgram program) throws MalformedGraphException {
    throw new UnsupportedOperationException();
  }

  /** The whole code. */
  public Code code() {
    throw new UnsupportedOperationException();
  }

  /** The functions in order of their slots; the first is the program's entry. */
  public List<FunctionGraph> functions() {
    throw new UnsupportedOperationException();
  }

  /** The function that the program starts with. */
  public FunctionGraph entry() {
    return functions().getFirst();
  }

  /**
   * The function whose extent holds {@code slot}.
   *
   * @throws IndexOutOfBoundsException if {@code slot} is in no function
   */
  public FunctionGraph functionAt(int slot) {
    throw new UnsupportedOperationException();
  }

  /** Who calls whom. */
  public CallGraph calls() {
    throw new UnsupportedOperationException();
  }
}
