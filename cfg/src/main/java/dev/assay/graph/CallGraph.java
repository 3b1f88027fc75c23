package dev.assay.graph;

import dev.assay.isa.CodeStructure;
import dev.assay.isa.Instruction.CallLocal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which function calls which, by number. A <em>call</em> is a live local call; a <em>reference</em> is a live code
 * address (a callback, which a timer may run later, so a cycle through references is no recursion). Immutable.
 */
public final class CallGraph {
  private static final int NONE = -1;

  private final int size;
  private final IntSequence[] references;

  /** Vertex 0 stands before all functions, so that all are reached, function 0 first; function f is vertex f + 1. */
  private final DirectedGraph graph;

  private final WeakTopologicalOrder order;

  CallGraph(ControlFlowGraph program) {
    List<FunctionGraph> functions = program.functions();
    size = functions.size();
    references = new IntSequence[size];
    IntList callers = new IntList();
    IntList callees = new IntList();
    for (int function = size - 1; function >= 0; function--) {
      callers.add(0);
      callees.add(function + 1);
    }
    for (FunctionGraph function : functions) {
      BitSet called = new BitSet();
      BitSet referenced = new BitSet();
      for (int slot = function.entrySlot(); slot < function.endSlot(); slot++) {
        if (function.blockAt(slot) != NONE
            && ControlFlowGraph.namesFunction(program.code().at(slot))) {
          int target = CodeStructure.target(program.code().at(slot), slot).orElseThrow();
          (program.code().at(slot) instanceof CallLocal ? called : referenced)
              .set(program.functionAt(target).index());
        }
      }
      references[function.index()] = IntSequence.view(referenced.stream().toArray());
      for (int callee = called.nextSetBit(0); callee >= 0; callee = called.nextSetBit(callee + 1)) {
        callers.add(function.index() + 1);
        callees.add(callee + 1);
      }
    }
    graph = DirectedGraph.of(size + 1, callers.toArray(), callees.toArray());
    order = WeakTopologicalOrder.of(graph);
  }

  private static IntSequence functions(IntSequence vertices) {
    return IntSequence.view(vertices.stream()
        .filter(vertex -> vertex > 0)
        .map(vertex -> vertex - 1)
        .sorted()
        .toArray());
  }

  /** The functions that {@code function} calls, ascending, each once. */
  public IntSequence callees(int function) {
    return functions(graph.successors(function + 1));
  }

  /** The functions that call {@code function}, ascending, each once. */
  public IntSequence callers(int function) {
    return functions(graph.predecessors(function + 1));
  }

  /** The functions whose addresses {@code function} takes, ascending, each once. */
  public IntSequence references(int function) {
    return references[function];
  }

  /** Whether {@code function} is on a cycle of calls. */
  public boolean isRecursive(int function) {
    return order.innermost(function + 1) != NONE;
  }

  /** A cycle of calls, from a function through its callees to one that calls the first; empty if there is none. */
  public IntSequence recursion() {
    if (order.componentCount() == 0) {
      return IntSequence.of();
    }
    WeakTopologicalOrder.Component component = order.component(0);
    int[] caller = new int[size + 1];
    Arrays.fill(caller, NONE);
    IntList queue = new IntList();
    queue.add(component.head());
    for (int next = 0; ; next++) {
      int vertex = queue.at(next);
      IntSequence callees = graph.successors(vertex);
      for (int i = 0; i < callees.size(); i++) {
        int callee = callees.at(i);
        if (callee == component.head()) {
          return path(caller, vertex);
        }
        if (component.contains(callee) && caller[callee] == NONE) {
          caller[callee] = vertex;
          queue.add(callee);
        }
      }
    }
  }

  private static IntSequence path(int[] caller, int last) {
    int length = 0;
    for (int vertex = last; vertex != NONE; vertex = caller[vertex]) {
      length++;
    }
    int[] functions = new int[length];
    for (int vertex = last; vertex != NONE; vertex = caller[vertex]) {
      functions[--length] = vertex - 1;
    }
    return IntSequence.view(functions);
  }

  /** All functions, each after all that it calls; within a cycle of calls in some fixed order. */
  public IntSequence bottomUp() {
    int[] functions = new int[size];
    for (int i = 0; i < size; i++) {
      functions[i] = order.vertexAt(size - i) - 1;
    }
    return IntSequence.view(functions);
  }

  /** A longest chain of calls from function 0, which it starts with. Calls that close a cycle do not count. */
  public IntSequence deepestChain() {
    int[] length = new int[size + 1];
    int[] deepest = new int[size + 1];
    Arrays.fill(deepest, NONE);
    for (int position = size; position > 0; position--) {
      int vertex = order.vertexAt(position);
      length[vertex] = 1;
      IntSequence callees = graph.successors(vertex);
      for (int i = 0; i < callees.size(); i++) {
        int callee = callees.at(i);
        if (order.position(callee) > position && length[callee] >= length[vertex]) {
          length[vertex] = length[callee] + 1;
          deepest[vertex] = callee;
        }
      }
    }
    int[] chain = new int[length[1]];
    int vertex = 1;
    for (int i = 0; i < chain.length; i++) {
      chain[i] = vertex - 1;
      vertex = deepest[vertex];
    }
    return IntSequence.view(chain);
  }
}
