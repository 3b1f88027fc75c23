package dev.assay.interpreter;

import dev.assay.interpreter.memory.Region;

/** An active function: its stack, and what its caller gets back. Frames are used again, level by level. */
final class Frame {
  /** Where a callback returns to: the helper that called it. */
  static final int TO_HELPER = -1;

  private static final int FIRST_SAVED = 6;
  private static final int SAVED = 5;

  private final Region stack;
  private final long[] saved = new long[SAVED];
  private Translation caller;
  private int returnIndex;
  private long loopBudget;

  Frame(Region stack, Translation entry) {
    this.stack = stack;
    this.caller = entry;
  }

  Region stack() {
    return stack;
  }

  /** The program to return to, which after a tail call is not the one that runs. */
  Translation caller() {
    return caller;
  }

  /** The operation to return to, or {@link #TO_HELPER}. */
  int returnIndex() {
    return returnIndex;
  }

  /**
   * Starts a call: saves r6 to r10.
   *
   * @param loopBudget how often {@code may_goto} falls through before it jumps
   */
  void enter(Translation caller, int returnIndex, long[] registers, long loopBudget) {
    this.caller = caller;
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
