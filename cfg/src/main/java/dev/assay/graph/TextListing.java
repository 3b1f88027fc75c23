package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.Disassembler;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Lists graphs as plain text: the blocks in weak topological order, with their instructions and edges, those of loops
 * indented.
 */
public final class TextListing {
  /** Deeper loops are not indented further, so that a listing's size stays in proportion to the code's. */
  private static final int DEEPEST_INDENT = 12;

  private final FunctionGraph function;
  private final WeakTopologicalOrder order;
  private final Appendable out;

  private TextListing(FunctionGraph function, Appendable out) {
    this.function = function;
    this.order = WeakTopologicalOrder.of(function);
    this.out = out;
  }

  /**
   * Writes one function.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(FunctionGraph function, Appendable out) throws IOException {
    new TextListing(function, out).write();
  }

  private void write() throws IOException {
    line(
        0,
        "%s: slots %d to %d"
            .formatted(
                Text.printable(function.name()), function.entrySlot(), function.endSlot() - 1));
    for (int position = 0; position < order.size(); position++) {
      int block = order.vertexAt(position);
      int depth = order.depth(block);
      if (order.isHead(block)) {
        line(depth, "loop of block " + block);
      }
      block(block, depth + 1);
    }
    if (!function.deadSlots().isEmpty()) {
      line(
          1,
          "dead: "
              + function.deadSlots().stream()
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
    }
  }

  private void block(int block, int indent) throws IOException {
    Code code = function.code();
    line(indent, "block " + block);
    for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); slot++) {
      if (code.startsAt(slot)) {
        line(indent + 1, slot + ": " + Disassembler.text(code.at(slot), slot));
      }
    }
    int end = function.blocks().firstOutgoing(block + 1);
    for (int edge = function.blocks().firstOutgoing(block); edge < end; edge++) {
      String condition = Conditions.of(function, edge);
      line(
          indent + 1,
          "-> block " + function.blocks().target(edge)
              + (condition.isEmpty() ? "" : " if " + condition));
    }
  }

  private void line(int indent, String text) throws IOException {
    out.append("  ".repeat(Math.min(indent, DEEPEST_INDENT))).append(text).append('\n');
  }
}
