package dev.assay.verifier.semantics;

import dev.assay.platform.FunctionContract;
import dev.assay.platform.FunctionContract.Effect;
import dev.assay.platform.Result;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.state.CriticalSections;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** What a call acquires and gives back: references, the lock, critical sections. */
final class Ownership {
  /** More than this is not held at a time, so that loops that keep what they acquire do not go on forever. */
  private static final int MOST_REFERENCES = 32;

  /** Critical sections are not nested deeper than this. */
  private static final int MOST_SECTIONS = 8;

  private Ownership() {}

  /** Gives the result its reference, if the contract says that it has to be released. */
  static Value acquired(State state, Call call, Value result) {
    FunctionContract contract = call.contract;
    boolean socketOfMap = result.kind() instanceof Kind.Socket s
        && s.socketClass() != SocketClass.XDP
        && contract.result() instanceof Result.MapValue;
    boolean owned = contract.has(Effect.ACQUIRES)
        || contract.result() instanceof Result.AllocatedMemory
        || contract.result() instanceof Result.ExchangedPointer
        || socketOfMap;
    if (!owned) {
      return result;
    }
    if (state.references().length >= MOST_REFERENCES) {
      call.report(
          state,
          Check.REFERENCE,
          "more than " + MOST_REFERENCES + " things are acquired and not given back",
          "what is acquired is released soon",
          0);
      return Value.UNUSABLE;
    }
    int reference = state.acquire();
    return switch (result.kind()) {
      case Kind.Socket s ->
        result.withKind(new Kind.Socket(s.socketClass(), s.nullable(), reference, false));
      case Kind.Memory m -> result.withKind(m.withReference(reference));
      case Kind.KernelObject k -> result.withKind(k.owned(reference));
      case Kind.Basic b -> result;
      case Kind.FramePointer p -> result;
      case Kind.MapReference m -> result;
      case Kind.InnerMap m -> result;
      case Kind.MapValue v -> result;
      case Kind.PerCpuVariable v -> result;
      case Kind.CodeReference c -> result;
    };
  }

  static void release(State state, Call call) {
    if (call.contract.released().isEmpty()) {
      return;
    }
    int register = call.contract.released().getAsInt();
    Kind kind = state.register(register).kind();
    if (kind.reference() != 0 && !kind.view() && state.holds(kind.reference())) {
      state.release(kind.reference());
    } else if (kind.isPointer() && !kind.nullable()) {
      call.report(
          state,
          Check.REFERENCE,
          "argument r" + register + " of " + call.contract.name()
              + " is given back, but was not acquired",
          "r" + register + " was acquired and not given back before",
          1 << register);
    }
  }

  static void lock(State state, Call call) {
    if (call.contract.has(Effect.LOCKS)) {
      if (!state.lock().isUninitialised()) {
        return;
      }
      state.setLock(state.register(1));
    } else if (call.contract.has(Effect.UNLOCKS)) {
      Value held = state.lock();
      Value given = state.register(1);
      if (held.isUninitialised()
          || !held.kind().equals(given.kind())
          || !state.numbers().same(held, given)) {
        call.report(
            state,
            Check.LOCK,
            "a lock is given back that is not held",
            "the same lock was taken before",
            1 << 1);
      }
      state.setLock(Value.UNINITIALISED);
    }
  }

  static void sections(State state, Call call) {
    FunctionContract contract = call.contract;
    int rcu = (contract.has(Effect.RCU_LOCKS) ? 1 : 0) - (contract.has(Effect.RCU_UNLOCKS) ? 1 : 0);
    int preemption = (contract.has(Effect.DISABLES_PREEMPTION) ? 1 : 0)
        - (contract.has(Effect.ENABLES_PREEMPTION) ? 1 : 0);
    CriticalSections after = new CriticalSections(
        state.sections().rcu() + rcu, state.sections().preemption() + preemption);
    if (Math.min(after.rcu(), after.preemption()) < 0) {
      call.report(
          state,
          Check.LOCK,
          contract.name() + " leaves a critical section that was not entered",
          "the section was entered before",
          0);
    } else if (Math.max(after.rcu(), after.preemption()) > MOST_SECTIONS) {
      call.report(
          state,
          Check.LOCK,
          "more than " + MOST_SECTIONS + " critical sections are entered",
          "sections are left soon",
          0);
    } else {
      state.setSections(after);
    }
  }
}
