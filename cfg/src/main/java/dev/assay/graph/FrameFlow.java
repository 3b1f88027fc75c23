package dev.assay.graph;

import static dev.assay.graph.FrameValue.ELSEWHERE;
import static dev.assay.graph.FrameValue.UNKNOWN;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.Width;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass over one function that follows pointers into its frame through registers and spills, and so finds
 * out which bytes of the frame each instruction touches.
 *
 * <p>A register holds a known frame offset, or is certainly no such pointer, or may be anything; so each value rises at most twice.
 * A callee is taken not to write pointers into its caller's frame to that frame; Linux refuses it.
 */
final class FrameFlow {
  private final FunctionGraph function;
  private final Arguments arguments;
  private final CallEffects effects;
  private final int frameSize;
  private final ImmediateSets immediates = new ImmediateSets();
  private final boolean takesCodeAddress;
  private final long[] noBytes;
  private final long[] allBytes;
  private final long[] bases;
  private final @Nullable ResolvedCall[] calls;
  private final Map<Integer, Long> constants = new HashMap<>();

  /** Which of r1 to r5 the local function that starts at a slot reads: bit n for register n. */
  interface Arguments {
    int readBy(int entrySlot);
  }

  FrameFlow(FunctionGraph function, Arguments arguments, CallEffects effects, int frameSize) {
    this.function = function;
    this.arguments = arguments;
    this.effects = effects;
    this.frameSize = frameSize;
    noBytes = new long[FrameBytes.words(frameSize)];
    allBytes = FrameBytes.all(frameSize);
    int slots = function.endSlot() - function.entrySlot();
    bases = new long[slots];
    calls = new @Nullable ResolvedCall[slots];
    takesCodeAddress = takesCodeAddress(function);
    FrameState.@Nullable Stored[] starts = solve();
    FrameState state = new FrameState(frameSize, immediates);
    for (int block = 0; block < function.blockCount(); block++) {
      Objects.requireNonNull(starts[block]).restore(state);
      run(block, state);
    }
  }

  private static boolean takesCodeAddress(FunctionGraph function) {
    for (int slot = function.entrySlot(); slot < function.endSlot(); slot++) {
      if (function.blockAt(slot) >= 0
          && function.code().at(slot) instanceof LoadImmediate load
          && load.immediate() instanceof CodeAddress) {
        return true;
      }
    }
    return false;
  }

  /** What the load, store or atomic at {@code slot} has in its base register, a {@link FrameValue}. */
  long base(int slot) {
    return bases[slot - function.entrySlot()];
  }

  /** What the call at {@code slot} does. */
  ResolvedCall call(int slot) {
    return Objects.requireNonNull(calls[slot - function.entrySlot()]);
  }

  /** The number that the conditional jump at {@code slot} compares with, if an operand is the same on every path. */
  OptionalLong constantAt(int slot) {
    Long constant = constants.get(slot);
    return constant == null ? OptionalLong.empty() : OptionalLong.of(constant);
  }

  private FrameState.@Nullable Stored[] solve() {
    FrameState state = new FrameState(frameSize, immediates);
    state.setRegister(Register.R10.number(), FrameValue.frame(0));
    FrameState.@Nullable Stored[] starts = new FrameState.@Nullable Stored[function.blockCount()];
    starts[0] = new FrameState.Stored(state);
    BitSet pending = new BitSet(function.blockCount());
    pending.set(0);
    for (int block = 0; block >= 0; block = next(pending, block)) {
      pending.clear(block);
      Objects.requireNonNull(starts[block]).restore(state);
      run(block, state);
      IntSequence successors = function.successors(block);
      for (int i = 0; i < successors.size(); i++) {
        int successor = successors.at(i);
        FrameState.Stored start = starts[successor];
        if (start == null) {
          starts[successor] = new FrameState.Stored(state);
          pending.set(successor);
        } else if (start.join(state)) {
          pending.set(successor);
        }
      }
    }
    return starts;
  }

  private static int next(BitSet pending, int block) {
    int next = pending.nextSetBit(block);
    return next >= 0 ? next : pending.nextSetBit(0);
  }

  private void run(int block, FrameState state) {
    for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); ) {
      Instruction instruction = function.code().at(slot);
      step(slot, instruction, state);
      slot += instruction.slots();
    }
  }

  private void step(int slot, Instruction instruction, FrameState state) {
    int place = slot - function.entrySlot();
    switch (instruction) {
      case Binary binary -> set(state, binary.destination(), value(binary, state));
      case LoadImmediate(Register destination, WideImmediate immediate) ->
        set(state, destination, immediates.value(immediate));
      case Load load -> {
        long base = get(state, load.base());
        bases[place] = base;
        set(
            state,
            load.destination(),
            state.load(base, load.offset(), load.size().bytes()));
      }
      case Store store -> {
        long base = get(state, store.base());
        bases[place] = base;
        state.store(base, store.offset(), store.size().bytes(), value(store.source(), state));
      }
      case Atomic atomic -> {
        bases[place] = get(state, atomic.base());
        stepAtomic(atomic, state);
      }
      case CallHelper _, CallBtf _, CallLocal _, CallRegister _ -> {
        ResolvedCall call = resolve(slot, instruction, state);
        calls[place] = call;
        state.weaken(call.maybeWrites());
        forgetWritten(instruction, state);
        set(state, Register.R0, call.returnsFrame() ? UNKNOWN : ELSEWHERE);
      }
      case ConditionalJump jump -> noteConstant(slot, jump, state);
      default -> forgetWritten(instruction, state);
    }
  }

  private void noteConstant(int slot, ConditionalJump jump, FrameState state) {
    long right = value(jump.right(), state);
    long constant = FrameValue.isNumber(right) ? right : get(state, jump.left());
    if (FrameValue.isNumber(constant)) {
      constants.put(slot, FrameValue.payload(constant));
    } else {
      constants.remove(slot);
    }
  }

  private static void forgetWritten(Instruction instruction, FrameState state) {
    for (int written = RegisterEffects.writes(instruction); written != 0; written &= written - 1) {
      state.setRegister(Integer.numberOfTrailingZeros(written), ELSEWHERE);
    }
  }

  private static long get(FrameState state, Register register) {
    return state.register(register.number());
  }

  private static void set(FrameState state, Register register, long value) {
    if (register != Register.R10) {
      state.setRegister(register.number(), value);
    }
  }

  private static long value(Operand operand, FrameState state) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> get(state, register);
      case Operand.OfImmediate(int value) -> FrameValue.number(value);
    };
  }

  private static long value(Binary binary, FrameState state) {
    long source = value(binary.source(), state);
    if (binary.width() == Width.W32) {
      boolean keeps = binary.operator() == ArithmeticOperator.MOV && FrameValue.isNumber(source);
      return keeps ? FrameValue.number(FrameValue.payload(source) & 0xffff_ffffL) : ELSEWHERE;
    }
    long destination = get(state, binary.destination());
    return switch (binary.operator()) {
      case MOV -> source;
      case ADD -> FrameValue.add(destination, source);
      case SUB -> FrameValue.subtract(destination, source);
      default -> ELSEWHERE;
    };
  }

  private void stepAtomic(Atomic atomic, FrameState state) {
    long base = get(state, atomic.base());
    int size = atomic.width().bytes();
    long old = state.load(base, atomic.offset(), size);
    boolean storesSource =
        atomic.operator() == AtomicOperator.XCHG || atomic.operator() == AtomicOperator.CMPXCHG;
    long stored = storesSource ? get(state, atomic.source()) : ELSEWHERE;
    state.store(base, atomic.offset(), size, immediates.join(old, stored));
    if (atomic.fetch()) {
      set(state, atomic.operator() == AtomicOperator.CMPXCHG ? Register.R0 : atomic.source(), old);
    }
  }

  private ResolvedCall resolve(int slot, Instruction call, FrameState state) {
    return switch (call) {
      case CallLocal(int offset) -> runningCode(state, arguments.readBy(slot + 1 + offset));
      case CallRegister(Register target) ->
        runningCode(state, RegisterEffects.ARGUMENTS | RegisterEffects.bit(target));
      default -> platformCall(new Site(slot, call, state), state);
    };
  }

  /** A call that runs code of the program, which may do anything to a frame that it can reach. */
  private ResolvedCall runningCode(FrameState state, int registersRead) {
    boolean reaches = state.escaped();
    for (int number = 1; number <= 5; number++) {
      reaches |=
          (registersRead >>> number & 1) != 0 && FrameValue.mayBeFrame(state.register(number));
    }
    long[] touched = reaches ? allBytes : noBytes;
    return new ResolvedCall(registersRead, touched, touched, noBytes, reaches);
  }

  private ResolvedCall platformCall(Site site, FrameState state) {
    int registersRead = effects.argumentsRead(site) & RegisterEffects.ARGUMENTS;
    boolean passesFrame = false;
    boolean passesCode = false;
    for (int number = 1; number <= 5; number++) {
      if ((registersRead >>> number & 1) != 0) {
        passesFrame |= FrameValue.mayBeFrame(state.register(number));
        passesCode |= FrameValue.mayBeCode(state.register(number));
      }
    }
    if (takesCodeAddress && passesCode && (passesFrame || state.escaped())) {
      return runningCode(state, registersRead);
    }
    boolean returnsFrame = (passesFrame || state.escaped()) && effects.mayReturnArgument(site);
    if (!passesFrame) {
      return new ResolvedCall(registersRead, noBytes, noBytes, noBytes, returnsFrame);
    }
    long[] reads = noBytes.clone();
    long[] maybeWrites = noBytes.clone();
    long[] alwaysWrites = noBytes.clone();
    for (CallEffects.Access access : effects.accesses(site)) {
      long pointer = get(state, access.pointer());
      if (!FrameValue.mayBeFrame(pointer)) {
        continue;
      }
      int offset = FrameValue.lowest(pointer);
      int spread = FrameValue.highest(pointer) - offset;
      int size = spread + Math.min(access.size().orElse(frameSize), frameSize);
      if (access.reads()) {
        FrameBytes.add(reads, frameSize, offset, size);
      }
      if (access.writes() != CallEffects.Writing.NEVER) {
        FrameBytes.add(maybeWrites, frameSize, offset, size);
      }
      boolean always =
          access.writes() == CallEffects.Writing.ALWAYS && access.size().isPresent();
      if (always && FrameValue.isExactFrame(pointer)) {
        FrameBytes.add(alwaysWrites, frameSize, offset, size);
      }
    }
    if (state.mayHoldPointer(reads)) {
      reads = allBytes;
    }
    return new ResolvedCall(registersRead, reads, maybeWrites, alwaysWrites, returnsFrame);
  }

  private final class Site implements CallSite {
    private final int slot;
    private final Instruction call;
    private final long[] values = new long[6];

    Site(int slot, Instruction call, FrameState state) {
      this.slot = slot;
      this.call = call;
      for (int number = 1; number <= 5; number++) {
        values[number] = state.register(number);
      }
    }

    @Override
    public int slot() {
      return slot;
    }

    @Override
    public Instruction call() {
      return call;
    }

    @Override
    public Origin argument(Register register) {
      Objects.checkIndex(register.number() - 1, 5);
      return immediates.origin(values[register.number()]);
    }
  }
}
