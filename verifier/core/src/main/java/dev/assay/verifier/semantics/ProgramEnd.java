package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.platform.IntegerRange;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.CriticalSections;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/** What has to hold where a program ends: nothing is held any more, and the result is one that the host takes. */
final class ProgramEnd {
  private final Setting setting;
  private final Reporter reporter;

  ProgramEnd(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  void checkNothingHeld(State state, int slot, String where) {
    if (state.references().length > 0) {
      reporter.report(
          slot,
          state,
          Check.REFERENCE,
          "something that was acquired is not given back before " + where,
          "everything acquired is released on every path",
          0);
    }
    if (!state.lock().isUninitialised()) {
      reporter.report(
          slot,
          state,
          Check.LOCK,
          "a lock is held at " + where,
          "the lock is given back before",
          0);
    }
    if (!state.sections().equals(CriticalSections.NONE)) {
      reporter.report(
          slot,
          state,
          Check.LOCK,
          "a critical section is not left before " + where,
          "each section that is entered is left",
          0);
    }
  }

  void checkResult(State state, int slot) {
    Value result = state.register(0);
    if (result.isUninitialised()) {
      reporter.report(
          slot,
          state,
          Check.INITIALISED,
          "r0 is returned, but not written on every path to here",
          "r0 is written before",
          1);
      return;
    }
    Optional<IntegerRange> legal = setting.legalResult();
    if (!result.isNumber()) {
      if (setting.strict() || legal.isPresent()) {
        reporter.report(
            slot,
            state,
            setting.strict() ? Check.POINTER_LEAK : Check.RETURN_VALUE,
            "the program returns a pointer",
            "r0 is a number",
            1);
      }
      return;
    }
    if (legal.isPresent()) {
      // The host looks at the low half, as a signed number.
      Scalar known = state.scalar(result);
      if (known.lowSignedMin() < legal.get().min()
          || known.lowSignedMax() > legal.get().max()) {
        reporter.report(
            slot,
            state,
            Check.RETURN_VALUE,
            "the program may return a value that programs of type "
                + setting.kind().name() + " must not return",
            "r0 is at least " + legal.get().min() + " and at most "
                + legal.get().max(),
            1);
      }
    }
  }
}
