package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.Disassembler;
import java.io.IOException;

/** Writes graphs in Graphviz's DOT language: a node a block, loops as nested clusters, back edges dashed. */
public final class DotWriter {
  private final FunctionGraph function;
  private final WeakTopologicalOrder order;
  private final Appendable out;

  private DotWriter(FunctionGraph function, Appendable out) {
    this.function = function;
    this.order = WeakTopologicalOrder.of(function);
    this.out = out;
  }

  /**
   * Writes one function as a digraph.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(FunctionGraph function, Appendable out) throws IOException {
    new DotWriter(function, out).write();
  }

  private void write() throws IOException {
    line("digraph \"" + escape(function.name()) + "\" {");
    line("node [shape=box, fontname=monospace];");
    int open = -1;
    for (int position = 0; position < order.size(); position++) {
      open = closeUpTo(position, open);
      int block = order.vertexAt(position);
      if (order.isHead(block)) {
        open = order.innermost(block);
        line("subgraph cluster_" + open + " {");
        line("label=\"loop of block " + block + "\";");
      }
      node(block);
    }
    closeUpTo(order.size(), open);
    for (int edge = 0; edge < function.blocks().edgeCount(); edge++) {
      edge(edge);
    }
    line("}");
  }

  /**
   * Closes the clusters of the components that end before {@code position}; returns the one that is open then, or −1.
   */
  private int closeUpTo(int position, int open) throws IOException {
    int component = open;
    while (component >= 0 && order.component(component).end() == position) {
      line("}");
      component = order
          .component(component)
          .parent()
          .map(WeakTopologicalOrder.Component::index)
          .orElse(-1);
    }
    return component;
  }

  private void node(int block) throws IOException {
    Code code = function.code();
    out.append("b")
        .append(Integer.toString(block))
        .append(" [label=\"block ")
        .append(Integer.toString(block))
        .append("\\l");
    for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); slot++) {
      if (code.startsAt(slot)) {
        String text = Disassembler.text(code.at(slot), slot);
        out.append(Integer.toString(slot)).append(": ").append(escape(text)).append("\\l");
      }
    }
    line("\"];");
  }

  private void edge(int edge) throws IOException {
    int source = function.blocks().source(edge);
    int target = function.blocks().target(edge);
    boolean back = order.position(target) <= order.position(source);
    line("b%d -> b%d [label=\"%s\"%s];"
        .formatted(
            source, target, escape(Conditions.of(function, edge)), back ? ", style=dashed" : ""));
  }

  private void line(String text) throws IOException {
    out.append(text).append('\n');
  }

  /** Names come from files, so they may hold anything. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Text.printable(text).toCharArray()) {
      escaped.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    return escaped.toString();
  }
}
