package dev.assay.referee.kernel;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.referee.CodeBuilder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Code without what no path leads to. Linux refuses code that nothing leads to before it looks at anything else, and generated programs often
 * have some, so that without this it would have no opinion on them.
 */
final class Reachable {
  private final Code code;
  private final BitSet reached = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();

  private Reachable(Code code) {
    this.code = code;
  }

  /** The instructions that paths lead to, whatever jumps decide; with the functions that are called or named there. */
  static Code of(Code code) {
    Reachable reachable = new Reachable(code);
    reachable.reach(0);
    while (!reachable.open.isEmpty()) {
      reachable.follow(reachable.open.pop());
    }
    return reachable.kept();
  }

  private void follow(int slot) {
    Instruction instruction = code.at(slot);
    int next = slot + instruction.slots();
    switch (instruction) {
      case Instruction.Exit _ -> {}
      case Instruction.Jump(int offset, var _) -> reach(slot + 1 + offset);
      case Instruction.ConditionalJump jump -> {
        reach(slot + 1 + jump.offset());
        reach(next);
      }
      case Instruction.MayGoto(short offset) -> {
        reach(slot + 1 + offset);
        reach(next);
      }
      case Instruction.CallLocal(int offset) -> {
        reach(slot + 1 + offset);
        reach(next);
      }
      case Instruction.LoadImmediate(var _, WideImmediate.CodeAddress(int offset)) -> {
        reach(slot + 1 + offset);
        reach(next);
      }
      default -> reach(next);
    }
  }

  /** A jump may lead out of the code; that is for the verifiers to say. */
  private void reach(int slot) {
    if (code.startsAt(slot) && !reached.get(slot)) {
      reached.set(slot);
      open.push(slot);
    }
  }

  private Code kept() {
    CodeBuilder builder = CodeBuilder.of(code);
    int index = code.instructions().size();
    for (int slot = code.size() - 1; slot >= 0; slot--) {
      if (code.startsAt(slot)) {
        index--;
        if (!reached.get(slot)) {
          builder = builder.without(index);
        }
      }
    }
    return builder.build();
  }
}
