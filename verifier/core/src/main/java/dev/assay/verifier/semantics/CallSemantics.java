package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.platform.Argument;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.FunctionContract.Effect;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Set;

/**
 * Calls of functions of the host, by their contracts: each argument is what the contract demands, and afterwards the state is what the
 * contract promises, whatever the function did within it.
 */
final class CallSemantics {
  private static final Set<String> GPL_COMPATIBLE = Set.of(
      "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

  private final Setting setting;
  private final Reporter reporter;
  private final ArgumentMemory memory;
  private final ArgumentChecks arguments;
  private final CallResult results;

  CallSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.memory = new ArgumentMemory(setting, reporter);
    this.arguments = new ArgumentChecks(setting, reporter, memory);
    this.results = new CallResult(setting);
  }

  /** Whether the object's license lets its programs call functions for GPL programs. */
  static boolean gplCompatible(String license) {
    return GPL_COMPATIBLE.contains(license);
  }

  /** Calls a function: checks, effects, result. */
  void call(State state, int slot, FunctionContract general) {
    FunctionContract contract = form(state, general);
    Call call = new Call(slot, contract, reporter);
    checkCallable(state, call);
    for (int i = 0; i < contract.arguments().size(); i++) {
      arguments.check(state, call, i);
    }
    Value result = results.of(state, call);
    for (ArgumentMemory.Request request : call.memories) {
      memory.write(state, request);
    }
    Ownership.release(state, call);
    Ownership.lock(state, call);
    Ownership.sections(state, call);
    if (contract.has(Effect.MOVES_PACKET)) {
      movePacket(state);
    }
    for (int r = 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
    state.setRegister(0, Ownership.acquired(state, call, result));
  }

  /** Calls a function that the host is not known to have: its result may be anything. */
  void callUnknown(State state, int slot, String name) {
    reporter.report(
        slot,
        state,
        Check.CALLABLE,
        name + " is not known to " + setting.platform().name(),
        "the function exists on the host",
        0);
    for (int r = 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
    state.setRegister(0, state.numbers().freshNumber(Scalar.top()));
  }

  /** The form of the function that works on the map it is given, if it has several. */
  private FunctionContract form(State state, FunctionContract general) {
    for (int i = 0; i < general.arguments().size(); i++) {
      if (general.arguments().get(i) instanceof Argument.MapPointer) {
        return MapArgument.of(setting, state.register(i + 1).kind())
            .flatMap(map -> map.type())
            .flatMap(type -> setting.platform().helper(general.id(), setting.kind(), type))
            .orElse(general);
      }
    }
    return general;
  }

  /** Pointers into the packet are dead, and its size is anything. */
  void movePacket(State state) {
    state.replaceAll(value -> value.kind() == Kind.Basic.PACKET ? Value.UNUSABLE : value);
    newPacket(state, setting);
  }

  /** A packet of which only the largest size is known. */
  static void newPacket(State state, Setting setting) {
    state.setPacket(
        state.numbers().freshNumber(Scalar.signed(0, setting.packetLimit())),
        state.numbers().freshNumber(Scalar.signed(-4096, 0)));
  }

  private void checkCallable(State state, Call call) {
    FunctionContract contract = call.contract;
    if (!contract.callable(setting.kind())) {
      call.report(
          state,
          Check.CALLABLE,
          "programs of type " + setting.kind().name() + " may not call " + contract.name(),
          "the function is one that this program type may call",
          0);
    } else if (contract.has(Effect.ADDRESSES) && setting.strict()) {
      call.report(
          state,
          Check.CALLABLE,
          contract.name()
              + " tells addresses or reads any memory, which programs under the strict policy may"
              + " not",
          "the policy is privileged, as for loaders with CAP_PERFMON",
          0);
    } else if (contract.has(Effect.GPL_ONLY) && setting.object().license().isEmpty()) {
      reporter.assume(
          "the loader gives the program a GPL-compatible license (the object names none)");
    } else if (contract.has(Effect.GPL_ONLY) && !gplCompatible(setting.object().license())) {
      call.report(
          state,
          Check.CALLABLE,
          contract.name()
              + " is only for programs under a GPL-compatible license, and the object's is \""
              + setting.object().license() + "\"",
          "the object's license section names a GPL-compatible license",
          0);
    } else if (contract.has(Effect.SLEEPS) && !setting.kind().sleepable()) {
      call.report(
          state,
          Check.CALLABLE,
          contract.name() + " may sleep, and this program may not",
          "the program is sleepable",
          0);
    } else if (contract.has(Effect.SLEEPS) && !state.sections().maySleep()) {
      call.report(
          state,
          Check.LOCK,
          contract.name() + " may sleep, in a critical section",
          "the critical section is left before",
          0);
    }
    if (!state.lock().isUninitialised() && !contract.has(Effect.UNLOCKS)) {
      call.report(
          state,
          Check.LOCK,
          contract.name() + " is called while a lock is held",
          "the lock is given back before",
          0);
    }
  }
}
