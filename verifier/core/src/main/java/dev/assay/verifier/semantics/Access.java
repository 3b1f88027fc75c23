package dev.assay.verifier.semantics;

import dev.assay.isa.Register;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** An access as it is checked: where, how many bytes, and what for. {@code at} is the pointer with the instruction's offset added. */
record Access(int slot, Register base, Value at, int size, boolean write) {
  String what() {
    return (write ? "store of " : "load of ") + size + (size == 1 ? " byte" : " bytes");
  }

  int registers() {
    return 1 << base.number();
  }

  /** A number of which nothing but its size is known. */
  static Value unknown(State state, int bytes) {
    return state.numbers().freshNumber(Scalar.top().zeroExtend(8 * bytes));
  }
}
