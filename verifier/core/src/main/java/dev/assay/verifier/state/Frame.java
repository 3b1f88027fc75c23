package dev.assay.verifier.state;

import java.util.Arrays;

/**
 * One activation of a function: its stack frame, the registers r6 to r9 that it left to its callee (if it is not the innermost), and a
 * pair of counters for each loop that it is in. Immutable.
 *
 * @param saved r6 to r9 as they will be after the callee returns; empty for the innermost frame
 * @param loops the heads (block numbers) of the loops that the activation is in, outermost first
 * @param rising for each loop, how often its head was reached again since it was entered
 * @param falling the same count, negated: values that fall by one a round differ from it by a constant
 */
public record Frame(StackFrame stack, Value[] saved, int[] loops, Value[] rising, Value[] falling) {
  private static final Value[] NONE = {};
  private static final int[] NO_LOOPS = {};

  /** An activation that has just begun. */
  public static Frame entered(int stackSize) {
    return new Frame(StackFrame.empty(stackSize), NONE, NO_LOOPS, NONE, NONE);
  }

  /** The same activation with another stack. */
  public Frame withStack(StackFrame other) {
    return other == stack ? this : new Frame(other, saved, loops, rising, falling);
  }

  /** The same activation, having left these registers to its callee. */
  public Frame withSaved(Value[] registers) {
    return new Frame(stack, registers, loops, rising, falling);
  }

  /** The same activation as the innermost one. */
  public Frame withoutSaved() {
    return new Frame(stack, NONE, loops, rising, falling);
  }

  /** The same activation with other counters. */
  public Frame withLoops(int[] heads, Value[] up, Value[] down) {
    return new Frame(stack, saved, heads, up, down);
  }

  /** The same activation after it left all loops. */
  public Frame outsideLoops() {
    return loops.length == 0 ? this : new Frame(stack, saved, NO_LOOPS, NONE, NONE);
  }

  /** The position of a loop head in {@link #loops}, or −1. */
  public int indexOfLoop(int head) {
    for (int i = 0; i < loops.length; i++) {
      if (loops[i] == head) {
        return i;
      }
    }
    return -1;
  }

  boolean sameShape(Frame other) {
    return saved.length == other.saved.length && Arrays.equals(loops, other.loops);
  }
}
