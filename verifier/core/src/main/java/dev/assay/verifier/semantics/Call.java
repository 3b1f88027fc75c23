package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.FunctionContract.Effect;
import dev.assay.platform.MemoryAccess;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call while it is checked: what later arguments and the result need of earlier ones. */
final class Call {
  final int slot;
  final FunctionContract contract;
  private final Reporter reporter;
  Optional<MapArgument> map = Optional.empty();
  final List<ArgumentMemory.Request> memories = new ArrayList<>();

  Call(int slot, FunctionContract contract, Reporter reporter) {
    this.slot = slot;
    this.contract = contract;
    this.reporter = reporter;
  }

  void report(State state, Check check, String message, String required, int registers) {
    reporter.report(slot, state, check, message, required, registers);
  }

  /** Reports that the argument in {@code register} is not what is expected. */
  void reportArgument(State state, int register, String expected) {
    Value value = state.register(register);
    if (value.isUninitialised()) {
      report(
          state,
          Check.INITIALISED,
          "argument r" + register + " of " + contract.name()
              + " is not written on every path to here",
          "r" + register + " is " + expected,
          1 << register);
      return;
    }
    boolean isNull = value.kind().nullable() || isNull(state, value);
    report(
        state,
        isNull ? Check.NOT_NULL : Check.ARGUMENT,
        "argument r" + register + " of " + contract.name()
            + (isNull ? " may be null" : " is not " + expected),
        "r" + register + " is " + expected,
        1 << register);
  }

  /** Whether the value is the number 0. */
  static boolean isNull(State state, Value value) {
    return value.isNumber() && state.scalar(value).equals(Scalar.constant(0));
  }

  /** The size as the function reads it: of a 32-bit parameter the low half. */
  Value size(State state, int register) {
    Value size = state.register(register);
    return size.isNumber() && contract.takesLowHalf(register)
        ? NumberArithmetic.truncated(state, size, 32)
        : size;
  }

  /** Memory of {@code bytes} bytes in an argument, as this call hands it on. */
  ArgumentMemory.Request memory(int register, Value bytes, MemoryAccess access) {
    return new ArgumentMemory.Request(
        slot, register, bytes, access, contract.has(Effect.PACKET_MEMORY));
  }
}
