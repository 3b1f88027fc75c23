package dev.assay.graph;

import dev.assay.isa.Register;
import java.util.List;
import java.util.OptionalInt;

/**
 * What calls of platform functions do with their arguments and with the caller's frame. Asked only for calls by number
 * and by BTF id; calls of the program's own functions are looked into, and whatever runs a code address is taken to
 * read and write the whole frame that it is given a pointer into.
 */
public interface CallEffects {

  /** Which of r1 to r5 the call reads: bit n for register n. */
  int argumentsRead(CallSite site);

  /** The memory that the call touches through its arguments. Arguments that are not listed are not dereferenced. */
  List<Access> accesses(CallSite site);

  /** Whether r0 may be a pointer into memory that an argument points into. */
  boolean mayReturnArgument(CallSite site);

  /** How sure it is that an access writes. */
  enum Writing {
    NEVER,
    /** Some or all of the bytes, or none. */
    MAYBE,
    /** All of the bytes, whatever the call returns. */
    ALWAYS
  }

  /**
   * Memory from a pointer upward that a call touches.
   *
   * @param pointer R1 to R5
   * @param size in bytes: at most these are read or maybe written, exactly these are always written; empty if there
   *     is no known bound, so that it may be everything up to the end of the frame
   * @param reads whether it may read them before it writes them
   */
  record Access(Register pointer, OptionalInt size, boolean reads, Writing writes) {}

  /**
   * Every call reads r1 to r5, may read and write a frame that they point into from there to its end, and may return a
   * pointer into it.
   */
  static CallEffects conservative() {
    return ConservativeCallEffects.INSTANCE;
  }
}
