package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.object.BpfProgram;
import dev.assay.object.Subprogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The control flow of a program: a graph for each function, and who calls whom. Immutable. */
public final class ControlFlowGraph {
  private final Code code;
  private final List<FunctionGraph> functions;
  private final int[] entries;
  private final CallGraph calls;

  private ControlFlowGraph(Code code, List<Subprogram> subprograms) throws MalformedGraphException {
    this.code = code;
    if (code.size() == 0) {
      throw new MalformedGraphException(0, "there is no code");
    }
    entries = entries(code, subprograms);
    functions = List.copyOf(build(subprograms));
    calls = new CallGraph(this);
  }

  /**
   * The control flow of code whose functions are not named. A function starts at slot 0, at each target of a local call
   * and at each code address, and ends where the next starts.
   *
   * @throws MalformedGraphException if reachable control leaves a function by another way than an exit
   */
  public static ControlFlowGraph of(Code code) throws MalformedGraphException {
    return new ControlFlowGraph(code, List.of());
  }

  /**
   * The control flow of a linked program: as {@link #of(Code)}, and functions start and end at the subprograms' bounds
   * too.
   *
   * @throws MalformedGraphException if reachable control leaves a function by another way than an exit
   */
  public static ControlFlowGraph of(BpfProgram program) throws MalformedGraphException {
    return new ControlFlowGraph(program.code(), program.subprograms());
  }

  private static int[] entries(Code code, List<Subprogram> subprograms)
      throws MalformedGraphException {
    BitSet entries = new BitSet(code.size());
    entries.set(0);
    for (Subprogram subprogram : subprograms) {
      if (!code.startsAt(subprogram.firstSlot())) {
        throw new MalformedGraphException(
            subprogram.firstSlot(), subprogram.name() + " starts where no instruction does");
      }
      entries.set(subprogram.firstSlot());
    }
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot) && namesFunction(code.at(slot))) {
        int target = CodeStructure.target(code.at(slot), slot).orElseThrow();
        if (!code.startsAt(target)) {
          throw new MalformedGraphException(
              slot, "calls slot " + target + ", where no instruction starts");
        }
        entries.set(target);
      }
    }
    return entries.stream().toArray();
  }

  /** Whether the target of {@code instruction} is the entry of a function. */
  static boolean namesFunction(Instruction instruction) {
    return instruction instanceof CallLocal
        || (instruction instanceof LoadImmediate load && load.immediate() instanceof CodeAddress);
  }

  private List<FunctionGraph> build(List<Subprogram> subprograms) throws MalformedGraphException {
    int[] ends = Arrays.copyOfRange(entries, 1, entries.length + 1);
    ends[entries.length - 1] = code.size();
    String[] names = new String[entries.length];
    Arrays.setAll(names, index -> "function at slot " + entries[index]);
    for (Subprogram subprogram : subprograms) {
      int index = indexAt(subprogram.firstSlot());
      names[index] = subprogram.name();
      int end = subprogram.firstSlot() + subprogram.slots();
      for (int inside = index; inside < entries.length && entries[inside] < end; inside++) {
        ends[inside] = Math.min(ends[inside], end);
      }
    }
    List<FunctionGraph> graphs = new ArrayList<>(entries.length);
    for (int index = 0; index < entries.length; index++) {
      BlockFinder finder =
          new BlockFinder(code, entries[index], ends[index], slot -> names[indexAt(slot)]);
      graphs.add(new FunctionGraph(finder, index, names[index]));
    }
    return graphs;
  }

  private int indexAt(int slot) {
    int index = Arrays.binarySearch(entries, slot);
    return index >= 0 ? index : -index - 2;
  }

  /** The whole code. */
  public Code code() {
    return code;
  }

  /** The functions in order of their slots; the first is the program's entry. */
  public List<FunctionGraph> functions() {
    return functions;
  }

  /** The function that the program starts with. */
  public FunctionGraph entry() {
    return functions.getFirst();
  }

  /**
   * The function whose extent holds {@code slot}.
   *
   * @throws IndexOutOfBoundsException if {@code slot} is in no function
   */
  public FunctionGraph functionAt(int slot) {
    if (slot >= 0 && slot < code.size()) {
      FunctionGraph function = functions.get(indexAt(slot));
      if (slot < function.endSlot()) {
        return function;
      }
    }
    throw new IndexOutOfBoundsException("slot " + slot + " is in no function");
  }

  /** Who calls whom. */
  public CallGraph calls() {
    return calls;
  }
}
