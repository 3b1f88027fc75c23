package dev.assay.interpreter;

import dev.assay.interpreter.memory.Region;
import java.util.Optional;

/** An active function: its stack, and what its caller gets back. Frames are used again, level by level. */
final class Frame {
  /** Where a callback and the entry function return to: out of the loop. */
  static final int OUT = -1;

  private static final int FIRST_SAVED = 6;
  private static final int SAVED = 5;

  private final Region stack;
  private final long[] saved = new long[SAVED];
  private Optional<Translation> caller = Optional.empty();
  private int returnIndex = OUT;
  private long loopBudget;

  Frame(Region stack) {
    this.stack = stack;
  }

  Region stack() {
    return stack;
  }

  /** The program to return to, which after a tail call is not the one that runs. */
  Optional<Translation> caller() {
    return caller;
  }

  /** The operation to return to, or {@link #OUT}. */
  int returnIndex() {
    return returnIndex;
  }

  /**
   * Starts a call: saves r6 to r10.
   *
   * @param loopBudget how often {@code may_goto} falls through before it jumps
   */
  void enter(Translation caller, int returnIndex, long[] registers, long loopBudget) {
    this.caller = Optional.of(caller);
    this.returnIndex = returnIndex;
    this.loopBudget = loopBudget;
    System.arraycopy(registers, FIRST_SAVED, saved, 0, SAVED);
  }

  /** Ends the call: restores r6 to r10. */
  void leave(long[] registers) {
    System.arraycopy(saved, 0, registers, FIRST_SAVED, SAVED);
  }

  /** Spends one round of the loop budget; false if none is left. */
  boolean spendLoop() {
    if (loopBudget == 0) {
      return false;
    }
    loopBudget--;
    return true;
  }
}
