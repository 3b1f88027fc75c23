package dev.assay.verifier.semantics;

import dev.assay.graph.FunctionGraph;
import dev.assay.isa.Instruction;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.object.ExternalSymbol;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.Result;
import dev.assay.verifier.Entry;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.List;
import java.util.Optional;

/**
 * Runs a state through the code from one cut point to the next ones: every instruction's checks and effects. A function of the state, but
 * for what it tells its {@link Listener}. Search and judge use the same one.
 */
public final class Execution {
  /** How often the clock is looked at: a step takes much less than a millisecond, but in domains outside of Java it may take longer. */
  private static final int STEPS_BETWEEN_LOOKS = 64;

  private final Setting setting;
  private final ProgramShape shape;
  private final Reporter reporter;
  private final ArithmeticSemantics arithmetic;
  private final ImmediateSemantics immediates;
  private final MemorySemantics memory;
  private final AtomicSemantics atomics;
  private final LegacyPacketLoad packetLoads;
  private final JumpSemantics jumps;
  private final CallSemantics calls;
  private final CallbackRounds rounds;
  private final ProgramEnd end;
  private final Trace trace;
  private final Budget budget;
  private long steps;
  private boolean cutShort;

  /** Execution that tells {@code reporter} what is not proved, however long it takes. */
  public Execution(Setting setting, ProgramShape shape, Reporter reporter) {
    this(setting, shape, reporter, Trace.NONE);
  }

  /** Execution that also shows {@code trace} the state before each instruction. */
  public Execution(Setting setting, ProgramShape shape, Reporter reporter, Trace trace) {
    this(setting, shape, reporter, trace, Budget.ofSteps(Long.MAX_VALUE));
  }

  /**
   * Execution of a limited length. Paths between two cut points may double with each instruction that tells null from the rest, so that
   * the limit has to hold within them, too.
   *
   * @param budget how many instructions, in abstract steps, are run at most, and until when
   */
  public Execution(Setting setting, ProgramShape shape, Reporter reporter, Budget budget) {
    this(setting, shape, reporter, Trace.NONE, budget);
  }

  private Execution(
      Setting setting, ProgramShape shape, Reporter reporter, Trace trace, Budget budget) {
    this.trace = trace;
    this.budget = budget;
    this.setting = setting;
    this.shape = shape;
    this.reporter = reporter;
    this.arithmetic = new ArithmeticSemantics(setting, reporter);
    this.immediates = new ImmediateSemantics(setting, reporter);
    this.memory = new MemorySemantics(setting, reporter);
    this.atomics = new AtomicSemantics(setting, reporter);
    this.packetLoads = new LegacyPacketLoad(setting, reporter);
    this.jumps = new JumpSemantics(setting, reporter);
    this.calls = new CallSemantics(setting, reporter);
    this.rounds = new CallbackRounds(setting, shape, reporter);
    this.end = new ProgramEnd(setting, reporter);
  }

  /** Where paths go. The states are the listener's to keep and to change. */
  public interface Listener {
    /** A path reaches a cut point along an edge from block {@code from}. */
    void reached(State state, int from, int block);

    /** A path leaves the function; for a callee the state is already the caller's, just after the call. */
    void left(State state);

    /**
     * A path calls a function; the state is the callee's on entry.
     *
     * @return the states in which it may return, the caller's to change
     */
    List<State> called(State state, int slot, FunctionGraph callee);

    /**
     * A call calls a subprogram back, any number of times.
     *
     * @param first the caller's state before the first round
     * @param rounds runs one round: {@link Execution#round}
     * @return states of which one describes the caller before each round and after the last one, the caller's to change
     */
    List<State> calledBack(State first, int slot, CallbackCall call, Execution rounds);

    /** A path is about to leave the function; {@code tailCall} tells that it does so by a tail call. */
    default void leaving(State state, boolean tailCall) {}

    /** The code between the cut points is entered by a path: block by block, for what is forgotten there. */
    default void entered(State state, int block) {}
  }

  /** How many instructions were run so far, in abstract steps. */
  public long steps() {
    return steps;
  }

  /** The state on entry to the program. */
  public State entry(Relations relations) {
    State state = new State(setting.options().stackSize(), relations);
    switch (setting.entry()) {
      case Entry.Context context -> state.setRegister(1, Value.pointer(Kind.Basic.CONTEXT, 0));
      case Entry.Memory(int bytes) -> {
        Kind memory = new Kind.Memory("the memory in r1", bytes, true, true, false, 0);
        state.setRegister(1, bytes == 0 ? Value.constant(0) : Value.pointer(memory, 0));
        state.setRegister(2, Value.constant(bytes));
      }
    }
    CallSemantics.newPacket(state, setting);
    return state;
  }

  /** Starts the loop counters of a state that enters a function. */
  public void begin(State state, FunctionGraph function) {
    LoopCounters.begin(state, shape.order(function));
  }

  /**
   * Runs a state, which it may change, from the start of a block of {@code function}.
   *
   * @return whether every path was followed to its next cut point; false if there were more steps than allowed, or the deadline has passed
   */
  public boolean run(State start, FunctionGraph function, int block, Listener listener) {
    PendingPaths paths = new PendingPaths(shape, function, listener);
    paths.push(start, function.firstSlot(block));
    while (!paths.isEmpty()) {
      if (steps > budget.steps()) {
        return false;
      }
      PendingPaths.Path next = paths.pop();
      runPath(next.state(), next.slot(), paths);
      if (cutShort) {
        return false;
      }
    }
    return true;
  }

  private void runPath(State state, int from, PendingPaths paths) {
    FunctionGraph function = paths.function();
    Listener listener = paths.listener();
    int slot = from;
    while (true) {
      steps++;
      if (steps % STEPS_BETWEEN_LOOKS == 0 && budget.deadline().isPast()) {
        cutShort = true;
        return;
      }
      trace.before(state, slot);
      Instruction instruction = function.code().at(slot);
      for (int split = NullSplit.register(state, instruction);
          split >= 0;
          split = NullSplit.register(state, instruction)) {
        State isNull = state.copy();
        JumpSemantics.assumeNull(isNull, split, true);
        paths.push(isNull, slot);
        JumpSemantics.assumeNull(state, split, false);
      }
      switch (instruction) {
        case Instruction.Exit exit -> {
          leave(state, slot, listener);
          return;
        }
        case Instruction.ConditionalJump jump -> {
          jump(state, slot, jump, paths);
          return;
        }
        case Instruction.MayGoto jump -> {
          paths.branch(state.copy(), slot, 1);
          paths.branch(state, slot, 0);
          return;
        }
        case Instruction.Jump jump -> {
          paths.branch(state, slot, 0);
          return;
        }
        case Instruction.CallLocal call -> {
          callFunction(state, slot, shape.functionStartingAt(slot + 1 + call.offset()), paths);
          return;
        }
        case Instruction.CallRegister call -> {
          callFunction(state, slot, codeIn(state, call.target().number()), paths);
          return;
        }
        case Instruction.CallHelper call -> {
          Optional<FunctionContract> contract = setting.helper(call.helper());
          String name = "helper " + call.helper();
          if (callHost(state, slot, contract, name, paths)) {
            return;
          }
        }
        case Instruction.CallBtf call -> {
          Optional<String> name = Optional.ofNullable(
                  setting.program().externals().get(slot))
              .map(ExternalSymbol::name);
          Optional<FunctionContract> contract = name.flatMap(setting::function);
          String text = name.map(n -> "function " + n).orElse("kernel function " + call.id());
          if (callHost(state, slot, contract, text, paths)) {
            return;
          }
        }
        case Instruction.LoadPacketAbsolute load ->
          loadPacket(state, slot, load.size().bits(), 0, listener);
        case Instruction.LoadPacketIndirect load ->
          loadPacket(state, slot, load.size().bits(), 1 << load.source().number(), listener);
        case Instruction.Binary binary -> arithmetic.binary(state, slot, binary);
        case Instruction.Negate negate -> arithmetic.negate(state, slot, negate);
        case Instruction.ByteSwap swap -> arithmetic.byteSwap(state, slot, swap);
        case Instruction.LoadImmediate load -> immediates.load(state, slot, load);
        case Instruction.Load load -> memory.load(state, slot, load);
        case Instruction.Store store -> memory.store(state, slot, store);
        case Instruction.Atomic atomic -> atomics.atomic(state, slot, atomic);
        case Instruction.AddressSpaceCast cast -> {
          reporter.report(
              slot,
              state,
              Check.POINTER,
              "address spaces are not modelled",
              "the program does without arenas",
              1 << cast.source().number());
          state.setRegister(cast.destination().number(), Value.UNUSABLE);
        }
      }
      int next = slot + instruction.slots();
      if (slot == function.lastSlot(function.blockAt(slot))) {
        paths.branch(state, slot, 0);
        return;
      }
      slot = next;
    }
  }

  private void jump(State state, int slot, Instruction.ConditionalJump jump, PendingPaths paths) {
    jumps.check(state, slot, jump);
    State taken = state.copy();
    if (jumps.assume(taken, jump, true)) {
      paths.branch(taken, slot, 1);
    }
    if (jumps.assume(state, jump, false)) {
      paths.branch(state, slot, 0);
    }
  }

  /**
   * Calls a function of the host, by number or by name: either may call subprograms back.
   *
   * @return whether it did, so that the paths behind the call are in {@code paths} and not in {@code state}
   */
  private boolean callHost(
      State state, int slot, Optional<FunctionContract> contract, String name, PendingPaths paths) {
    Optional<CallbackCall> callback =
        contract.flatMap(known -> CallbackCall.of(setting, shape, state, known));
    if (callback.isEmpty()) {
      callContract(state, slot, contract, name, paths.listener());
      return false;
    }
    callBack(state, slot, contract.orElseThrow(), callback.get(), paths);
    return true;
  }

  private void callContract(
      State state, int slot, Optional<FunctionContract> contract, String name, Listener listener) {
    if (contract.isEmpty()) {
      calls.callUnknown(state, slot, name);
      return;
    }
    boolean mayNotReturn = contract.get().result() instanceof Result.ErrorOrNoReturn;
    calls.call(state, slot, contract.get());
    if (mayNotReturn) {
      leaveByTailCall(state.copy(), slot, listener);
    }
  }

  /**
   * A call that calls a subprogram back, any number of times, before it returns: like a loop whose body is the subprogram, with the caller's
   * frames as what it may change.
   */
  private void callBack(
      State state, int slot, FunctionContract contract, CallbackCall call, PendingPaths paths) {
    if (!rounds.handsOn(state, slot, call) || !mayGoDeeper(state, slot)) {
      return;
    }
    calls.call(state, slot, contract);
    Scalar result = state.scalar(state.register(0));
    state.setRegister(0, Value.UNINITIALISED);
    for (State after : paths.listener().calledBack(state, slot, call, this)) {
      after.setRegister(0, after.numbers().freshNumber(result));
      paths.resume(after, slot);
    }
  }

  /**
   * One round of a call that calls back: the subprogram is entered, and each state in which it returns is the caller's before the next round. What
   * a round acquires it must give back.
   *
   * @param state the caller's before the round; it is changed
   */
  public List<State> round(State state, int slot, CallbackCall call, Listener listener) {
    return rounds.run(state, slot, call, listener);
  }

  /**
   * A tail call that succeeds ends the function: its program's result becomes the function's, and it may have moved the packet. The frames of
   * callers are not within its reach.
   */
  private void leaveByTailCall(State state, int slot, Listener listener) {
    listener.leaving(state, true);
    end.checkNothingHeld(state, slot, "a tail call");
    if (state.depth() > 1) {
      calls.movePacket(state);
      state.setRegister(0, state.numbers().freshNumber(Scalar.top()));
      state.leave();
      listener.left(state);
    }
  }

  private void leave(State state, int slot, Listener listener) {
    listener.leaving(state, false);
    if (state.depth() > 1) {
      state.leave();
      listener.left(state);
      return;
    }
    end.checkNothingHeld(state, slot, "the program's end");
    end.checkResult(state, slot);
    // A legacy packet load may end the program amid a loop; all ends are one point.
    state.setInnermost(state.innermost().outsideLoops());
    listener.left(state);
  }

  private Optional<FunctionGraph> codeIn(State state, int register) {
    return state.register(register).kind() instanceof Kind.CodeReference c
        ? shape.functionStartingAt(c.slot())
        : Optional.empty();
  }

  private void callFunction(
      State state, int slot, Optional<FunctionGraph> callee, PendingPaths paths) {
    if (callee.isEmpty()) {
      reporter.report(
          slot,
          state,
          Check.CALLABLE,
          "the called function is not known",
          "the call has one known target",
          0);
      return;
    }
    if (!mayGoDeeper(state, slot)) {
      return;
    }
    state.enter(setting.options().stackSize());
    begin(state, callee.get());
    for (State returned : paths.listener().called(state, slot, callee.get())) {
      paths.resume(returned, slot);
    }
  }

  /** Whether another function may become active; if not, says so. */
  private boolean mayGoDeeper(State state, int slot) {
    if (state.depth() >= setting.options().callDepth()) {
      reporter.report(
          slot,
          state,
          Check.CALL_DEPTH,
          "the call chain is deeper than " + setting.options().callDepth() + " functions",
          "at most " + setting.options().callDepth() + " functions are active at a time",
          0);
      return false;
    }
    return true;
  }

  /**
   * A legacy packet load: r6 is the context, r1 to r5 are lost, r0 is the loaded number; outside the packet the function ends with
   * r0 = 0 (RFC 9669, section 5.5; Linux).
   */
  private void loadPacket(State state, int slot, int bits, int indexRegisters, Listener listener) {
    packetLoads.check(state, slot, indexRegisters);
    for (int r = 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
    State outside = state.copy();
    outside.setRegister(0, Value.constant(0));
    leave(outside, slot, listener);
    state.setRegister(0, state.numbers().freshNumber(Scalar.top().zeroExtend(bits)));
  }
}
