package dev.assay.platform;

import java.util.List;

/**
 * What a function promises to the subprogram that it calls back, and what it demands of it.
 *
 * @param parameters what the callback's {@code r1}, {@code r2}, … hold on entry
 * @param calls when it is called
 * @param result what it must return
 */
public record CallbackContract(List<Parameter> parameters, Calls calls, IntegerRange result) {
  public CallbackContract {
    parameters = List.copyOf(parameters);
  }

  /** What one of the callback's parameters holds. */
  public enum Parameter {
    /** The map that the function was given. */
    MAP,
    /** A pointer to a key of that map. */
    MAP_KEY,
    /** A pointer to a value of that map. */
    MAP_VALUE,
    /** The {@link Argument.CallbackContext} of the call. */
    CONTEXT,
    /** The round: from 0, below {@code r1} of the call. */
    INDEX,
    /** A {@code struct task_struct}. */
    TASK,
    /** A {@code struct vm_area_struct}. */
    VM_AREA,
    /** A live dynptr, read only. */
    DYNPTR
  }

  /** When a callback is called. */
  public enum Calls {
    /** Before the function returns: never, once, or several times. */
    DURING,
    /** After the program has ended, as an entry of its own. */
    LATER
  }
}
