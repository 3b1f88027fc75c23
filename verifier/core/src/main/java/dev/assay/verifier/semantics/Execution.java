package dev.assay.verifier.semantics;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.IntSequence;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.object.ExternalSymbol;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.MapType;
import dev.assay.platform.Result;
import dev.assay.verifier.Entry;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.CriticalSections;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Runs a state through the code from one cut point to the next ones: every instruction's checks and effects. A function of the state, but
 * for what it tells its {@link Listener}. Search and judge use the same one.
 */
public final class Execution {
  private final Setting setting;
  private final ProgramShape shape;
  private final Reporter reporter;
  private final ArithmeticSemantics arithmetic;
  private final MemorySemantics memory;
  private final AtomicSemantics atomics;
  private final JumpSemantics jumps;
  private final CallSemantics calls;
  private final long mostSteps;
  private long steps;

  /** Execution that tells {@code reporter} what is not proved, however long it takes. */
  public Execution(Setting setting, ProgramShape shape, Reporter reporter) {
    this(setting, shape, reporter, Long.MAX_VALUE);
  }

  /**
   * Execution of a limited length. Paths between two cut points may double with each instruction that tells null from the rest, so that
   * the limit has to hold within them, too.
   *
   * @param mostSteps how many instructions, in abstract steps, are run at most
   */
  public Execution(Setting setting, ProgramShape shape, Reporter reporter, long mostSteps) {
    this.mostSteps = mostSteps;
    this.setting = setting;
    this.shape = shape;
    this.reporter = reporter;
    this.arithmetic = new ArithmeticSemantics(setting, reporter);
    this.memory = new MemorySemantics(setting, reporter);
    this.atomics = new AtomicSemantics(setting, reporter);
    this.jumps = new JumpSemantics(setting, reporter);
    this.calls = new CallSemantics(setting, reporter);
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

  /** A path that still has to be followed. */
  private record Pending(State state, int slot) {}

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
        Kind memory = new Kind.Memory("the memory in r1", bytes, true, false, 0);
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
   * @return whether every path was followed to its next cut point; false if there were more steps than allowed
   */
  public boolean run(State start, FunctionGraph function, int block, Listener listener) {
    Deque<Pending> work = new ArrayDeque<>();
    work.push(new Pending(start, function.firstSlot(block)));
    while (!work.isEmpty()) {
      if (steps > mostSteps) {
        return false;
      }
      Pending next = work.pop();
      runPath(next.state(), next.slot(), function, listener, work);
    }
    return true;
  }

  private void runPath(
      State state, int from, FunctionGraph function, Listener listener, Deque<Pending> work) {
    int slot = from;
    while (true) {
      steps++;
      Instruction instruction = function.code().at(slot);
      int split = registerToSplit(state, slot, instruction);
      if (split >= 0) {
        State isNull = state.copy();
        JumpSemantics.assumeNull(isNull, split, true);
        work.push(new Pending(isNull, slot));
        JumpSemantics.assumeNull(state, split, false);
      }
      switch (instruction) {
        case Instruction.Exit exit -> {
          leave(state, slot, listener);
          return;
        }
        case Instruction.ConditionalJump jump -> {
          jump(state, slot, jump, function, listener, work);
          return;
        }
        case Instruction.MayGoto jump -> {
          branch(state.copy(), slot, 1, function, listener, work);
          branch(state, slot, 0, function, listener, work);
          return;
        }
        case Instruction.Jump jump -> {
          branch(state, slot, 0, function, listener, work);
          return;
        }
        case Instruction.CallLocal call -> {
          callFunction(
              state,
              slot,
              shape.functionStartingAt(slot + 1 + call.offset()),
              function,
              listener,
              work);
          return;
        }
        case Instruction.CallRegister call -> {
          callFunction(
              state, slot, codeIn(state, call.target().number()), function, listener, work);
          return;
        }
        case Instruction.CallHelper call -> {
          Optional<FunctionContract> contract = setting.helper(call.helper());
          String name = "helper " + call.helper();
          if (callHost(state, slot, contract, name, function, listener, work)) {
            return;
          }
        }
        case Instruction.CallBtf call -> {
          Optional<String> name = Optional.ofNullable(
                  setting.program().externals().get(slot))
              .map(ExternalSymbol::name);
          Optional<FunctionContract> contract = name.flatMap(setting::function);
          String text = name.map(n -> "function " + n).orElse("kernel function " + call.id());
          if (callHost(state, slot, contract, text, function, listener, work)) {
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
        case Instruction.LoadImmediate load -> loadImmediate(state, slot, load);
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
        branch(state, slot, 0, function, listener, work);
        return;
      }
      slot = next;
    }
  }

  /** Goes along the n-th edge out of the block that ends at {@code slot}. Edges that are not taken come first. */
  private void branch(
      State state,
      int slot,
      int n,
      FunctionGraph function,
      Listener listener,
      Deque<Pending> work) {
    int from = function.blockAt(slot);
    IntSequence successors = function.successors(from);
    int to = successors.at(Math.min(n, successors.size() - 1));
    WeakTopologicalOrder order = shape.order(function);
    LoopCounters.follow(state, order, from, to);
    if (shape.isCutPoint(function, to)) {
      listener.reached(state, from, to);
    } else {
      listener.entered(state, to);
      work.push(new Pending(state, function.firstSlot(to)));
    }
  }

  private void jump(
      State state,
      int slot,
      Instruction.ConditionalJump jump,
      FunctionGraph function,
      Listener listener,
      Deque<Pending> work) {
    jumps.check(state, slot, jump);
    State taken = state.copy();
    if (jumps.assume(taken, jump, true)) {
      branch(taken, slot, 1, function, listener, work);
    }
    if (jumps.assume(state, jump, false)) {
      branch(state, slot, 0, function, listener, work);
    }
  }

  /**
   * The register whose nullable pointer is about to be copied, handed on or compared with something else than null, or −1. The path is then
   * split into the one where it is null and the one where it is not, so that a nullable pointer is in one place only.
   */
  private int registerToSplit(State state, int slot, Instruction instruction) {
    return switch (instruction) {
      case Instruction.Binary b
      when b.operator() == ArithmeticOperator.MOV && b.width() == Width.W64 ->
        nullable(state, ArithmeticSemantics.registers(b.source()));
      case Instruction.Store s -> nullable(state, ArithmeticSemantics.registers(s.source()));
      case Instruction.ConditionalJump j -> {
        int used = JumpSemantics.registers(j);
        int r = nullable(state, used);
        yield r >= 0 && JumpSemantics.isNullTest(state, j, r)
            ? nullable(state, used & ~(1 << r))
            : r;
      }
      case Instruction.CallHelper c -> nullable(state, 0b111110);
      case Instruction.CallBtf c -> nullable(state, 0b111110);
      case Instruction.Exit e -> nullable(state, 1);
      case Instruction.Binary b -> -1;
      case Instruction.Negate n -> -1;
      case Instruction.ByteSwap b -> -1;
      case Instruction.LoadImmediate l -> -1;
      case Instruction.Load l -> -1;
      case Instruction.Atomic a -> -1;
      case Instruction.LoadPacketAbsolute l -> -1;
      case Instruction.LoadPacketIndirect l -> -1;
      case Instruction.Jump j -> -1;
      case Instruction.CallLocal c -> -1;
      case Instruction.CallRegister c -> -1;
      case Instruction.MayGoto m -> -1;
      case Instruction.AddressSpaceCast a -> -1;
    };
  }

  private static int nullable(State state, int registers) {
    for (int r = 0; r < 10; r++) {
      if ((registers >>> r & 1) != 0 && state.register(r).kind().nullable()) {
        return r;
      }
    }
    return -1;
  }

  private void loadImmediate(State state, int slot, Instruction.LoadImmediate load) {
    Value value =
        switch (load.immediate()) {
          case WideImmediate.Constant c -> Value.constant(c.value());
          case WideImmediate.MapByIndex m
          when setting.hasMap(m.index()) -> Value.pointer(new Kind.MapReference(m.index()), 0);
          case WideImmediate.MapValueByIndex m
          when setting.hasMap(m.index()) -> directValue(state, slot, m);
          case WideImmediate.CodeAddress c ->
            Value.pointer(new Kind.CodeReference(slot + 1 + c.offset()), 0);
          case WideImmediate.VariableAddress v -> Value.pointer(Kind.KernelObject.ANY, 0);
          case WideImmediate.MapByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.MapValueByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.MapByFd m -> unknownDescriptor(state, slot, m.fd());
          case WideImmediate.MapValueByFd m -> unknownDescriptor(state, slot, m.fd());
        };
    state.setRegister(load.destination().number(), value);
  }

  private Value directValue(State state, int slot, WideImmediate.MapValueByIndex immediate) {
    if (setting
        .mapType(setting.map(immediate.index()))
        .map(MapType::directValue)
        .orElse(false)) {
      return Value.pointer(
          new Kind.MapValue(immediate.index(), false, false, 0), immediate.offset());
    }
    String name = setting.mapName(immediate.index());
    reporter.report(
        slot,
        state,
        Check.POINTER,
        name + " has no value with a fixed address",
        "the map is of a type that has",
        0);
    return Value.UNUSABLE;
  }

  private Value unknownMap(State state, int slot, int index) {
    reporter.report(
        slot,
        state,
        Check.POINTER,
        "the object has no map with index " + index,
        "the object defines the map",
        0);
    return Value.UNUSABLE;
  }

  private Value unknownDescriptor(State state, int slot, int descriptor) {
    reporter.report(
        slot,
        state,
        Check.POINTER,
        "nothing tells which map is open at file descriptor " + descriptor,
        "the loader tells it (--map-fd " + descriptor + "=NAME)",
        0);
    return Value.UNUSABLE;
  }

  /**
   * Calls a function of the host, by number or by name: either may call subprograms back.
   *
   * @return whether it did, so that the paths behind the call are in {@code work} and not in {@code state}
   */
  private boolean callHost(
      State state,
      int slot,
      Optional<FunctionContract> contract,
      String name,
      FunctionGraph function,
      Listener listener,
      Deque<Pending> work) {
    Optional<CallbackCall> callback =
        contract.flatMap(known -> CallbackCall.of(setting, shape, state, known));
    if (callback.isEmpty()) {
      callContract(state, slot, contract, name, listener);
      return false;
    }
    callBack(state, slot, contract.orElseThrow(), callback.get(), function, listener, work);
    return true;
  }

  private void callContract(
      State state, int slot, Optional<FunctionContract> contract, String name, Listener listener) {
    if (contract.isEmpty()) {
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
      State state,
      int slot,
      FunctionContract contract,
      CallbackCall call,
      FunctionGraph function,
      Listener listener,
      Deque<Pending> work) {
    if (call.context().kind().reference() != 0 || call.context().kind() == Kind.Basic.PACKET) {
      reporter.report(
          slot,
          state,
          Check.ARGUMENT,
          "this pointer cannot be handed to a callback",
          "the callback's context is a stack pointer, a map value or null",
          0);
      return;
    }
    if (state.depth() >= setting.options().callDepth()) {
      reporter.report(
          slot,
          state,
          Check.CALL_DEPTH,
          "the call chain is deeper than " + setting.options().callDepth() + " functions",
          "at most " + setting.options().callDepth() + " functions are active at a time",
          0);
      return;
    }
    calls.call(state, slot, contract);
    Scalar result = state.scalar(state.register(0));
    state.setRegister(0, Value.UNINITIALISED);
    boolean last = slot == function.lastSlot(function.blockAt(slot));
    for (State after : listener.calledBack(state, slot, call, this)) {
      after.setRegister(0, after.numbers().freshNumber(result));
      if (last) {
        branch(after, slot, 0, function, listener, work);
      } else {
        work.push(new Pending(after, slot + 1));
      }
    }
  }

  /**
   * One round of a call that calls back: the subprogram is entered, and each state in which it returns is the caller's before the next round. What
   * a round acquires it must give back.
   *
   * @param state the caller's before the round; it is changed
   */
  public List<State> round(State state, int slot, CallbackCall call, Listener listener) {
    int[] held = state.references();
    boolean locked = !state.lock().isUninitialised();
    state.enter(setting.options().stackSize());
    call.setArguments(setting, state);
    begin(state, call.callee());
    List<State> next = new ArrayList<>();
    for (State returned : listener.called(state, slot, call.callee())) {
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

  /**
   * A tail call that succeeds ends the function: its program's result becomes the function's, and it may have moved the packet. The frames of
   * callers are not within its reach.
   */
  private void leaveByTailCall(State state, int slot, Listener listener) {
    listener.leaving(state, true);
    checkNothingHeld(state, slot, "a tail call");
    if (state.depth() > 1) {
      calls.movePacket(state);
      state.setRegister(0, state.numbers().freshNumber(Scalar.top()));
      state.leave();
      listener.left(state);
    }
  }

  private void checkNothingHeld(State state, int slot, String where) {
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

  private void leave(State state, int slot, Listener listener) {
    listener.leaving(state, false);
    if (state.depth() > 1) {
      state.leave();
      listener.left(state);
      return;
    }
    checkNothingHeld(state, slot, "the program's end");
    checkResult(state, slot);
    listener.left(state);
  }

  private void checkResult(State state, int slot) {
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
    Optional<IntegerRange> legal = setting.kind().result();
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

  private Optional<FunctionGraph> codeIn(State state, int register) {
    return state.register(register).kind() instanceof Kind.CodeReference c
        ? shape.functionStartingAt(c.slot())
        : Optional.empty();
  }

  private void callFunction(
      State state,
      int slot,
      Optional<FunctionGraph> callee,
      FunctionGraph function,
      Listener listener,
      Deque<Pending> work) {
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
    if (state.depth() >= setting.options().callDepth()) {
      reporter.report(
          slot,
          state,
          Check.CALL_DEPTH,
          "the call chain is deeper than " + setting.options().callDepth() + " functions",
          "at most " + setting.options().callDepth() + " functions are active at a time",
          0);
      return;
    }
    state.enter(setting.options().stackSize());
    begin(state, callee.get());
    int next = slot + 1;
    boolean last = slot == function.lastSlot(function.blockAt(slot));
    for (State returned : listener.called(state, slot, callee.get())) {
      if (last) {
        branch(returned, slot, 0, function, listener, work);
      } else {
        work.push(new Pending(returned, next));
      }
    }
  }

  /**
   * A legacy packet load: r6 is the context, r1 to r5 are lost, r0 is the loaded number; outside the packet the function ends with
   * r0 = 0 (RFC 9669, section 5.5; Linux).
   */
  private void loadPacket(State state, int slot, int bits, int indexRegisters, Listener listener) {
    if (!setting.kind().legacyPacketAccess()) {
      reporter.report(
          slot,
          state,
          Check.CALLABLE,
          "programs of type " + setting.kind().name() + " have no legacy packet access",
          "the packet is read through pointers or helpers",
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
    for (int r = 0; r < 10; r++) {
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
    for (int r = 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
    State outside = state.copy();
    outside.setRegister(0, Value.constant(0));
    leave(outside, slot, listener);
    state.setRegister(0, state.numbers().freshNumber(Scalar.top().zeroExtend(bits)));
  }
}
