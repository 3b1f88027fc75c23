package dev.assay.verifier.semantics;

import dev.assay.platform.IntegerRange;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rounds of a call that calls a subprogram back: what is handed to each, and how each has to end. */
final class CallbackRounds {
  private final Setting setting;
  private final ProgramShape shape;
  private final Reporter reporter;

  CallbackRounds(Setting setting, ProgramShape shape, Reporter reporter) {
    this.setting = setting;
    this.shape = shape;
    this.reporter = reporter;
  }

  /** Whether the function may hand through to the callback what it is given for that; if not, says so. */
  boolean handsOn(State state, int slot, CallbackCall call) {
    if (call.context().kind().reference() != 0 || call.context().kind() == Kind.Basic.PACKET) {
      reporter.report(
          slot,
          state,
          Check.ARGUMENT,
          "this pointer cannot be handed to a callback",
          "the callback's context is a stack pointer, a map value or null",
          0);
      return false;
    }
    return true;
  }

  /** One round: {@link Execution#round}. */
  List<State> run(State state, int slot, CallbackCall call, Execution.Listener listener) {
    int[] held = state.references();
    boolean locked = !state.lock().isUninitialised();
    state.enter(setting.options().stackSize());
    call.setArguments(setting, state);
    LoopCounters.begin(state, shape.order(call.callee()));
    List<State> next = new ArrayList<>();
    for (State returned : listener.called(state, slot, call.callee())) {
      checkResult(returned, slot, call);
      if (!Arrays.equals(held, returned.references())
          || locked != !returned.lock().isUninitialised()) {
        reporter.report(
            slot,
            returned,
            Check.REFERENCE,
            "the callback " + call.callee().name()
                + " ends with something acquired, or given back, that was not so before",
            "a callback gives back what it acquires, and nothing else",
            0);
        continue;
      }
      returned.setRegister(0, Value.UNINITIALISED);
      next.add(returned);
    }
    return next;
  }

  private void checkResult(State returned, int slot, CallbackCall call) {
    Value result = returned.register(0);
    IntegerRange legal = call.contract().result();
    boolean within = result.isNumber()
        && returned.scalar(result).signedMin() >= legal.min()
        && returned.scalar(result).signedMax() <= legal.max();
    if (!within) {
      reporter.report(
          slot,
          returned,
          Check.RETURN_VALUE,
          "the callback " + call.callee().name() + " may return something else than it must",
          "it returns at least " + legal.min() + " and at most " + legal.max(),
          1);
    }
  }
}
