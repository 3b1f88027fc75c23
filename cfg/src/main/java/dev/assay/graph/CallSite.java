package dev.assay.graph;

import dev.assay.isa.Instruction;
import dev.assay.isa.Register;

/** A call of a platform function (by number or BTF id), with what a forward pass knows of its arguments. */
public interface CallSite {

  /** The slot of the call. */
  int slot();

  /** The call. */
  Instruction call();

  /**
   * What {@code register} holds just before the call.
   *
   * @param register R1 to R5
   */
  Origin argument(Register register);
}
