package dev.assay.interpreter;

import dev.assay.interpreter.memory.Access;
import java.util.Optional;

/**
 * Why a run was stopped.
 *
 * @param slot of the instruction that was to be executed, counted from the start of the program that it belongs to
 * @param function the entry function of that program: another than the first after a tail call
 * @param cause what sort of fault it is
 * @param access the memory access that was refused, if it was one
 * @param message one sentence: what was wrong, with the region that was hit or missed
 */
public record Fault(
    int slot, String function, Cause cause, Optional<Access> access, String message) {

  /** The sorts of fault. */
  public enum Cause {
    /** A read or write outside every region, over the end of one, or that its region forbids. */
    MEMORY,
    /** A jump or call to where no instruction starts, or code that runs past its end. */
    CONTROL,
    /**
     * A call of a helper or kernel function that the interpreter has no model of, or with arguments that it
     * refuses.
     */
    HELPER,
    /** More nested calls than allowed. */
    CALL_DEPTH,
    /** The instruction limit was reached. */
    INSTRUCTION_LIMIT,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** The program needs something that the interpreter does not model. */
    UNSUPPORTED
  }

  /** For example {@code slot 12: write of 1 byte at 0x0 is in no region}. */
  @Override
  public String toString() {
    return "slot " + slot + ": " + message;
  }
}
