package dev.assay.interpreter;

import dev.assay.interpreter.helper.HelperFunction;
import dev.assay.isa.Instruction;
import java.util.Optional;

/** What an operation does that the loop leaves to {@link RareOperations}. */
sealed interface Rare {

  /**
   * An instruction as it stands.
   *
   * @param target the index of the operation that it may jump to or call, if it names one; else 0
   */
  record Plain(Instruction instruction, int target) implements Rare {}

  /** {@code destination = value}, where there was no register left to hold the value. */
  record Constant(int destination, long value) implements Rare {}

  /** A call of a helper, kernel function or C library function; empty if it has no model. */
  record Function(String name, Optional<HelperFunction> function) implements Rare {}

  /** An instruction that cannot be executed. */
  record Refused(Fault.Cause cause, String message) implements Rare {}

  /** What stands where a bad jump leads to: not an instruction, but the end of the one that jumped. */
  record Trap(String message) implements Rare {}
}
