package dev.assay.verifier.judge;

import dev.assay.graph.CallGraph;
import dev.assay.graph.IntSequence;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import java.util.BitSet;

/**
 * Whether the frames of every chain of calls fit into the host's stack together. A frame counts with the bytes, from its top, that
 * some path stores to; a chain is one of the call graph, callbacks included (Linux 6.18, check_max_stack_depth).
 */
final class StackDepth {
  private final Setting setting;
  private final ProgramShape shape;
  private final int[] used;
  private final boolean[] tailCalls;

  StackDepth(Setting setting, ProgramShape shape) {
    this.setting = setting;
    this.shape = shape;
    this.used = new int[shape.graph().functions().size()];
    this.tailCalls = new boolean[used.length];
  }

  /** Takes a state at which {@code function} is the innermost. */
  void take(int function, State state, boolean tailCall) {
    used[function] = Math.max(used[function], state.innermost().stack().used());
    tailCalls[function] |= tailCall;
  }

  /** Reports chains that are too deep; recursion is reported elsewhere. */
  void check(FindingCollector collector) {
    CallGraph calls = shape.graph().calls();
    if (!calls.recursion().isEmpty()) {
      return;
    }
    int limit =
        Math.max(setting.platform().limits().stackBytes(), setting.options().stackSize());
    int[] above = above(calls, limit + 1);
    for (int function = 0; function < used.length; function++) {
      int depth = above[function] + used[function];
      int slot = shape.graph().functions().get(function).entrySlot();
      if (depth > limit) {
        collector.report(
            slot,
            Check.STACK_DEPTH,
            "the frames of the calls that lead here take " + depth + " bytes of stack together",
            "they take at most " + limit + " bytes");
      }
      if (tailCalls[function]
          && above[function] > setting.platform().limits().stackBytesAboveTailCall()) {
        collector.report(
            slot,
            Check.STACK_DEPTH,
            "this function makes a tail call, and its callers' frames take " + above[function]
                + " bytes of stack",
            "they take at most " + setting.platform().limits().stackBytesAboveTailCall()
                + " bytes");
      }
    }
  }

  /**
   * The bytes that the deepest chain of callers of each function takes, {@code most} for all that is
   * deeper, which also ends the cycles that callbacks make.
   */
  private int[] above(CallGraph calls, int most) {
    int[] above = new int[used.length];
    BitSet pending = new BitSet(used.length);
    pending.set(0, used.length);
    for (int function = 0; function >= 0; function = next(pending, function)) {
      pending.clear(function);
      int depth = Math.min(above[function] + used[function], most);
      raise(above, calls.callees(function), depth, pending);
      raise(above, calls.references(function), depth, pending);
    }
    return above;
  }

  /** The next pending function after {@code function}, or else the first; negative if there is none. */
  private static int next(BitSet pending, int function) {
    int after = pending.nextSetBit(function);
    return after >= 0 ? after : pending.nextSetBit(0);
  }

  private static void raise(int[] above, IntSequence functions, int depth, BitSet pending) {
    for (int i = 0; i < functions.size(); i++) {
      int function = functions.at(i);
      if (above[function] < depth) {
        above[function] = depth;
        pending.set(function);
      }
    }
  }
}
