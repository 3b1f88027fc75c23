package dev.assay.verifier.semantics;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.WeakTopologicalOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control flow of a program with the loops of its functions: what search and judge both walk. */
public final class ProgramShape {
  private final ControlFlowGraph graph;
  private final List<WeakTopologicalOrder> orders = new ArrayList<>();
  private final Map<Integer, FunctionGraph> byEntry = new HashMap<>();

  /** The shape of a program whose control flow is {@code graph}. */
  public ProgramShape(ControlFlowGraph graph) {
    this.graph = graph;
    for (FunctionGraph function : graph.functions()) {
      orders.add(WeakTopologicalOrder.of(function));
      byEntry.put(function.entrySlot(), function);
    }
  }

  /** The control flow. */
  public ControlFlowGraph graph() {
    return graph;
  }

  /** The loops of a function. */
  public WeakTopologicalOrder order(FunctionGraph function) {
    return orders.get(function.index());
  }

  /** The function that starts at a slot. */
  public Optional<FunctionGraph> functionStartingAt(int slot) {
    return Optional.ofNullable(byEntry.get(slot));
  }

  /**
   * Whether states are kept at the start of a block: at a function's entry, at merges and at loop heads. Every cycle goes through such a
   * block; other blocks have one way in.
   */
  public boolean isCutPoint(FunctionGraph function, int block) {
    return block == 0
        || function.predecessors(block).size() > 1
        || order(function).isHead(block);
  }
}
