package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.numeric.Truth;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/**
 * Atomic operations: where they may be, and what the memory and the registers hold afterwards.
 *
 * <p>An address is base + offset, and the bases of all regions that have atomic operations are multiples of 8 (docs/analysis.md, "What is
 * assumed of the host"), as the tops of stack frames are. So the address is a multiple of the size exactly if the offset is.
 */
final class AtomicSemantics {
  private final Reporter reporter;
  private final Dereference dereference;
  private final StackAccess stack;
  private final MapValueAccess mapValues;
  private final RegionAccess regions;

  AtomicSemantics(Setting setting, Reporter reporter) {
    this.reporter = reporter;
    this.dereference = new Dereference(reporter);
    this.stack = new StackAccess(setting, reporter);
    this.mapValues = new MapValueAccess(setting, reporter);
    this.regions = new RegionAccess(setting, reporter);
  }

  void atomic(State state, int slot, Instruction.Atomic atomic) {
    int size = atomic.width().bytes();
    int used = 1 << atomic.base().number() | 1 << atomic.source().number();
    Value operand = number(state, slot, atomic.source(), used);
    if (atomic.operator() == AtomicOperator.CMPXCHG) {
      number(state, slot, Register.R0, used | 1);
    }
    Optional<Value> pointer = dereference.pointer(state, slot, atomic.base());
    Value old = Access.unknown(state, size);
    if (pointer.isPresent()) {
      Access access =
          new Access(slot, atomic.base(), state.plus(pointer.get(), atomic.offset()), size, true);
      old =
          update(state, access, atomic, NumberArithmetic.truncated(state, operand, 8 * size), old);
    }
    if (atomic.operator() == AtomicOperator.CMPXCHG) {
      state.setRegister(0, old);
    } else if (atomic.fetch()) {
      state.setRegister(atomic.source().number(), old);
    }
  }

  private Value number(State state, int slot, Register register, int used) {
    Value value = state.register(register.number());
    if (value.isNumber()) {
      return value;
    }
    reporter.report(
        slot,
        state,
        value.isUninitialised() ? Check.INITIALISED : Check.POINTER_LEAK,
        register
            + (value.isUninitialised()
                ? " is not written on every path to here"
                : " is a pointer in an atomic operation"),
        register + " is a number",
        used);
    return state.numbers().freshNumber(Scalar.top());
  }

  /** Checks the access, changes the memory, and gives what was there before. */
  private Value update(
      State state, Access access, Instruction.Atomic atomic, Value operand, Value unknown) {
    checkAligned(state, access);
    switch (access.at().kind()) {
      case Kind.FramePointer p -> {
        return updateStack(state, access, atomic, operand, p, unknown);
      }
      case Kind.MapValue v -> {
        if (mapValues.check(state, access, v)) {
          mapValues.check(
              state,
              new Access(access.slot(), access.base(), access.at(), access.size(), false),
              v);
        }
      }
      case Kind.Memory m -> {
        if (m.atomics()) {
          regions.checkMemory(state, access, m);
        } else {
          reportAtomic(state, access, m.type());
        }
      }
      case Kind.Basic b ->
        reportAtomic(state, access, b == Kind.Basic.PACKET ? "the packet" : "the context");
      case Kind.Socket s -> reportAtomic(state, access, "sockets");
      case Kind.KernelObject k -> reportAtomic(state, access, "kernel objects");
      // These are not dereferenced at all.
      case Kind.MapReference m -> {}
      case Kind.InnerMap m -> {}
      case Kind.PerCpuVariable v -> {}
      case Kind.CodeReference c -> {}
    }
    return unknown;
  }

  /** Linux ca36960211eb: on some machines an atomic operation at another address faults. */
  private void checkAligned(State state, Access access) {
    Scalar offset = state.scalar(access.at());
    if (((offset.bitsValue() | offset.bitsMask()) & (access.size() - 1)) != 0) {
      reporter.report(
          access.slot(),
          state,
          Check.ALIGNMENT,
          "an atomic operation on " + access.size() + " bytes at offset"
              + Describe.range(offset, " ") + " may not be aligned",
          "the offset is a multiple of " + access.size(),
          access.registers());
    }
  }

  private void reportAtomic(State state, Access access, String what) {
    reporter.report(
        access.slot(),
        state,
        Check.POINTER,
        "atomic operations on " + what + " are not permitted",
        "atomic operations are on the stack, on map values or on allocated memory",
        access.registers());
  }

  private Value updateStack(
      State state,
      Access access,
      Instruction.Atomic atomic,
      Value operand,
      Kind.FramePointer pointer,
      Value unknown) {
    Access read = new Access(access.slot(), access.base(), access.at(), access.size(), false);
    Value old = stack.load(state, read, pointer);
    if (!old.isNumber()) {
      reporter.report(
          access.slot(),
          state,
          Check.POINTER_LEAK,
          "an atomic operation on a stored pointer",
          "the memory holds a number",
          access.registers());
      old = unknown;
    }
    if (stack.check(state, access, pointer)) {
      stack.store(state, access, pointer, updated(state, atomic, old, operand));
    }
    return old;
  }

  private static Value updated(State state, Instruction.Atomic atomic, Value old, Value operand) {
    Width width = atomic.width();
    return switch (atomic.operator()) {
      case ADD -> NumberArithmetic.apply(state, ArithmeticOperator.ADD, width, old, operand);
      case OR -> NumberArithmetic.apply(state, ArithmeticOperator.OR, width, old, operand);
      case AND -> NumberArithmetic.apply(state, ArithmeticOperator.AND, width, old, operand);
      case XOR -> NumberArithmetic.apply(state, ArithmeticOperator.XOR, width, old, operand);
      case XCHG -> operand;
      case CMPXCHG -> exchangedIfEqual(state, width, old, operand);
    };
  }

  /** What memory holds after {@code old} was replaced by {@code replacement} if it is what r0 says. */
  private static Value exchangedIfEqual(State state, Width width, Value old, Value replacement) {
    Value expected = state.register(0);
    Truth equal = expected.isNumber()
        ? Scalar.decide(Condition.EQ, width == Width.W32, state.scalar(old), state.scalar(expected))
        : Truth.MAYBE;
    return switch (equal) {
      case ALWAYS -> replacement;
      case NEVER -> old;
      case MAYBE -> state.numbers().freshNumber(state.scalar(old).join(state.scalar(replacement)));
    };
  }
}
