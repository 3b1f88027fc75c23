package dev.assay.verifier.judge;

import dev.assay.graph.CallGraph;
import dev.assay.graph.IntSequence;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.State;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Whether the frames of every chain of calls fit into the host's stack together. A frame counts with the bytes, from its top, that
 * some path stores to; a chain is one of the call graph, callbacks
 * included (Linux 6.18, check_max_stack_depth). A function whose address is taken counts both for the function that takes it and for those from which
 * the judge sees it called: they differ where the address is handed on.
 */
final class StackDepth {
  private final Setting setting;
  private final ProgramShape shape;
  private final int[] used;
  private final boolean[] tailCalls;

  /** For each function those that were seen to be called from it. */
  private final BitSet[] called;

  StackDepth(Setting setting, ProgramShape shape) {
    this.setting = setting;
    this.shape = shape;
    this.used = new int[shape.graph().functions().size()];
    this.tailCalls = new boolean[used.length];
    this.called = new BitSet[used.length];
    Arrays.setAll(called, function -> new BitSet());
  }

  /** Takes a state at which {@code function} is the innermost. */
  void take(int function, State state, boolean tailCall) {
    used[function] = Math.max(used[function], state.innermost().stack().used());
    tailCalls[function] |= tailCall;
  }

  /**
   * Takes a call; what the caller has used counts although the call may not return.
   *
   * @param state at which {@code callee} was just entered from {@code caller}
   */
  void call(int caller, int callee, State state) {
    Frame frame = state.frame(state.depth() - 2);
    used[caller] = Math.max(used[caller], frame.stack().used());
    called[caller].set(callee);
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
      BitSet callees = (BitSet) called[function].clone();
      add(calls.callees(function), callees);
      add(calls.references(function), callees);
      raise(above, callees, depth, pending);
    }
    return above;
  }

  /** The next pending function after {@code function}, or else the first; negative if there is none. */
  private static int next(BitSet pending, int function) {
    int after = pending.nextSetBit(function);
    return after >= 0 ? after : pending.nextSetBit(0);
  }

  private static void add(IntSequence functions, BitSet into) {
    for (int i = 0; i < functions.size(); i++) {
      into.set(functions.at(i));
    }
  }

  private static void raise(int[] above, BitSet functions, int depth, BitSet pending) {
    functions.stream().filter(function -> above[function] < depth).forEach(function -> {
      above[function] = depth;
      pending.set(function);
    });
  }
}
