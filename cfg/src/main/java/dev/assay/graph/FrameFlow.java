package dev.assay.graph;

import static dev.assay.graph.FrameValue.ELSEWHERE;
import static dev.assay.graph.FrameValue.UNKNOWN;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.MayGoto;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import java.util.BitSet;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass over one function that follows pointers into its frame through registers and spills, and so finds
 * out which bytes of the frame each instruction touches.
 *
 * <p>A callee is taken not to write pointers into its caller's frame to that frame; Linux refuses it.
 */
final class FrameFlow {
  /** After so many visits of a block, offsets that still grow there may be any. */
  private static final int PATIENCE = 4;

  private final FunctionGraph function;
  private final CallResolver resolver;
  private final int frameSize;
  private final ImmediateSets immediates = new ImmediateSets();

  /** By slot, counted from the function's entry: what {@link #base} and {@link #constantAt} tell. */
  private final long[] operands;

  private final @Nullable ResolvedCall[] calls;

  FrameFlow(
      FunctionGraph function,
      CallResolver.CalleeArguments callees,
      CallEffects effects,
      int frameSize) {
    this.function = function;
    this.frameSize = frameSize;
    resolver = new CallResolver(function, callees, effects, immediates, frameSize);
    int slots = function.endSlot() - function.entrySlot();
    operands = new long[slots];
    calls = new @Nullable ResolvedCall[slots];
    FrameState.@Nullable Stored[] starts = solve();
    FrameState state = new FrameState(frameSize, immediates);
    for (int block = 0; block < function.blockCount(); block++) {
      Objects.requireNonNull(starts[block]).restore(state);
      run(block, state);
    }
  }

  /** What the load, store or atomic at {@code slot} has in its base register, a {@link FrameValue}. */
  long base(int slot) {
    return operands[slot - function.entrySlot()];
  }

  /** What the call at {@code slot} does. */
  ResolvedCall call(int slot) {
    return Objects.requireNonNull(calls[slot - function.entrySlot()]);
  }

  /** The number that the conditional jump at {@code slot} compares with, if an operand is the same on every path. */
  OptionalLong constantAt(int slot) {
    long operand = operands[slot - function.entrySlot()];
    return FrameValue.isNumber(operand)
        ? OptionalLong.of(FrameValue.payload(operand))
        : OptionalLong.empty();
  }

  private FrameState.@Nullable Stored[] solve() {
    FrameState state = new FrameState(frameSize, immediates);
    FrameState.@Nullable Stored[] starts = new FrameState.@Nullable Stored[function.blockCount()];
    starts[0] = new FrameState.Stored(state);
    BitSet pending = new BitSet(function.blockCount());
    int[] visits = new int[function.blockCount()];
    pending.set(0);
    for (int block = 0; block >= 0; block = next(pending, block)) {
      pending.clear(block);
      visits[block]++;
      Objects.requireNonNull(starts[block]).restore(state);
      run(block, state);
      IntSequence successors = function.successors(block);
      for (int i = 0; i < successors.size(); i++) {
        int successor = successors.at(i);
        FrameState.Stored start = starts[successor];
        if (start == null) {
          starts[successor] = new FrameState.Stored(state);
          pending.set(successor);
        } else if (start.join(state, visits[successor] > PATIENCE)) {
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
      case Binary binary -> state.setRegister(binary.destination(), value(binary, state));
      case LoadImmediate(Register destination, WideImmediate immediate) ->
        state.setRegister(destination, immediates.value(immediate));
      case Load load -> {
        long base = state.register(load.base());
        operands[place] = base;
        state.setRegister(
            load.destination(), state.load(base, load.offset(), load.size().bytes()));
      }
      case Store store -> {
        long base = state.register(store.base());
        operands[place] = base;
        state.store(base, store.offset(), store.size().bytes(), value(store.source(), state));
      }
      case Atomic atomic -> {
        operands[place] = state.register(atomic.base());
        stepAtomic(atomic, state);
      }
      case CallHelper _, CallBtf _, CallLocal _, CallRegister _ -> {
        ResolvedCall call = resolver.resolve(slot, instruction, state);
        calls[place] = call;
        state.weaken(call.maybeWrites());
        forgetWritten(instruction, state);
        state.setRegister(Register.R0, call.returnsFrame() ? UNKNOWN : ELSEWHERE);
      }
      case ConditionalJump jump -> operands[place] = constant(jump, state);
      case Negate _, ByteSwap _, LoadPacketAbsolute _, LoadPacketIndirect _, AddressSpaceCast _ ->
        forgetWritten(instruction, state);
      case Jump _, MayGoto _, Exit _ -> {}
    }
  }

  /** The constant operand of a comparison, if it has one. */
  private static long constant(ConditionalJump jump, FrameState state) {
    long right = value(jump.right(), state);
    return FrameValue.isNumber(right) ? right : state.register(jump.left());
  }

  private static void forgetWritten(Instruction instruction, FrameState state) {
    for (int written = RegisterEffects.writes(instruction); written != 0; written &= written - 1) {
      state.setRegister(Register.of(Integer.numberOfTrailingZeros(written)), ELSEWHERE);
    }
  }

  private static long value(Operand operand, FrameState state) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> state.register(register);
      case Operand.OfImmediate(int value) -> FrameValue.number(value);
    };
  }

  private static long value(Binary binary, FrameState state) {
    long source = value(binary.source(), state);
    if (binary.width() == Width.W32) {
      boolean keeps = binary.operator() == ArithmeticOperator.MOV && FrameValue.isNumber(source);
      return keeps ? FrameValue.number(FrameValue.payload(source) & 0xffff_ffffL) : ELSEWHERE;
    }
    long destination = state.register(binary.destination());
    return switch (binary.operator()) {
      case MOV -> source;
      case ADD -> FrameValue.add(destination, source);
      case SUB -> FrameValue.subtract(destination, source);
      default -> ELSEWHERE;
    };
  }

  private void stepAtomic(Atomic atomic, FrameState state) {
    long base = state.register(atomic.base());
    int size = atomic.width().bytes();
    long old = state.load(base, atomic.offset(), size);
    boolean storesSource =
        atomic.operator() == AtomicOperator.XCHG || atomic.operator() == AtomicOperator.CMPXCHG;
    long stored = storesSource ? state.register(atomic.source()) : ELSEWHERE;
    state.store(base, atomic.offset(), size, immediates.join(old, stored));
    if (atomic.fetch()) {
      state.setRegister(
          atomic.operator() == AtomicOperator.CMPXCHG ? Register.R0 : atomic.source(), old);
    }
  }
}
