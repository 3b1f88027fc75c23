package dev.assay.verifier.semantics;

import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.CriticalSections;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** What a legacy packet load needs: a kind of program that has them, no lock, the context in r6, and numbers to index by. */
final class LegacyPacketLoad {
  private final Setting setting;
  private final Reporter reporter;

  LegacyPacketLoad(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  void check(State state, int slot, int indexRegisters) {
    if (!setting.kind().legacyPacketAccess()) {
      reporter.report(
          slot,
          state,
          Check.CALLABLE,
          "programs of type " + setting.kind().name() + " have no legacy packet access",
          "the packet is read through pointers or helpers",
          0);
    }
    // Outside the packet the function ends at once (Linux 6.18, check_ld_abs: not in a callee
    // either).
    if (!state.lock().isUninitialised() || !state.sections().equals(CriticalSections.NONE)) {
      reporter.report(
          slot,
          state,
          Check.LOCK,
          "a legacy packet load "
              + (state.lock().isUninitialised() ? "in a critical section" : "while a lock is held"),
          "the lock is given back and the critical section left before",
          0);
    }
    Value context = state.register(6);
    if (context.kind() != Kind.Basic.CONTEXT || !context.isLiteral() || context.shift() != 0) {
      reporter.report(
          slot,
          state,
          Check.ARGUMENT,
          "r6 is not the context, which legacy packet access needs",
          "r6 is the context",
          1 << 6);
    }
    for (int r = 0; r < State.REGISTERS; r++) {
      if ((indexRegisters >>> r & 1) != 0 && !state.register(r).isNumber()) {
        reporter.report(
            slot,
            state,
            Check.ARGUMENT,
            "r" + r + " is no number, and is used as an index",
            "r" + r + " is a number",
            1 << r);
      }
    }
  }
}
