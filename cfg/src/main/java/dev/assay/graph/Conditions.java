package dev.assay.graph;

import dev.assay.isa.Comparison;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.MayGoto;

/** What has to hold for control to go along an edge, as text. */
final class Conditions {
  private Conditions() {}

  /** The condition of {@code edge}, or an empty text if there is none. */
  static String of(FunctionGraph function, int edge) {
    boolean taken = function.edgeKind(edge) == EdgeKind.TAKEN;
    return switch (function.terminator(function.blocks().source(edge))) {
      case ConditionalJump jump -> taken ? text(jump) : negatedText(jump);
      case MayGoto _ -> taken ? "loop budget spent" : "loop budget left";
      default -> "";
    };
  }

  private static String text(ConditionalJump jump) {
    String text = Disassembler.text(jump);
    return text.substring("if ".length(), text.indexOf(" goto "));
  }

  private static String negatedText(ConditionalJump jump) {
    if (jump.comparison() == Comparison.SET) {
      return "not " + text(jump);
    }
    return text(new ConditionalJump(
        jump.comparison().negated(), jump.width(), jump.left(), jump.right(), jump.offset()));
  }
}
