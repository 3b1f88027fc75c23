package dev.assay.verifier.semantics;

import dev.assay.isa.AccessSize;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.AccessClass;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/**
 * Loads and stores. Only the stack and read-only data have contents; every other load gives a new unknown value, because others may write there at
 * any time.
 */
final class MemorySemantics {
  private final Setting setting;
  private final Reporter reporter;
  private final Dereference dereference;
  private final StackAccess stack;
  private final ContextAccess context;
  private final MapValueAccess mapValues;
  private final RegionAccess regions;
  private final KernelObjectAccess kernelObjects;

  MemorySemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.dereference = new Dereference(reporter);
    this.stack = new StackAccess(setting, reporter);
    this.context = new ContextAccess(setting, reporter);
    this.mapValues = new MapValueAccess(setting, reporter);
    this.regions = new RegionAccess(setting, reporter);
    this.kernelObjects = new KernelObjectAccess(setting, reporter);
  }

  void load(State state, int slot, Instruction.Load load) {
    Value loaded = load(state, slot, load.base(), load.offset(), load.size());
    if (load.signed()) {
      if (!loaded.isNumber()) {
        reportExtendedPointer(state, slot, load.base());
      }
      Scalar extended = loaded.isNumber()
          ? state.scalar(loaded).signExtend(load.size().bits())
          : Scalar.top().signExtend(load.size().bits());
      loaded = state.numbers().freshNumber(extended);
    }
    state.setRegister(load.destination().number(), loaded);
  }

  /** The host puts a pointer in place of the field, whatever the load does to its sign (Linux 92de36080c93). */
  private void reportExtendedPointer(State state, int slot, Register base) {
    if (state.register(base.number()).kind() == Kind.Basic.CONTEXT) {
      reporter.report(
          slot,
          state,
          Check.CONTEXT_ACCESS,
          "a pointer in the context is loaded with its sign extended",
          "pointers are loaded as they are",
          1 << base.number());
    } else {
      stack.reportPartOfPointer(state, slot, 1 << base.number());
    }
  }

  private Value load(State state, int slot, Register base, int offset, AccessSize size) {
    Optional<Value> pointer = dereference.pointer(state, slot, base);
    if (pointer.isEmpty()) {
      return Access.unknown(state, size.bytes());
    }
    Access access = new Access(slot, base, state.plus(pointer.get(), offset), size.bytes(), false);
    tellClass(state, access);
    return switch (access.at().kind()) {
      case Kind.Basic basic ->
        switch (basic) {
          case CONTEXT -> context.load(state, access);
          case PACKET -> {
            regions.checkPacket(state, access);
            yield Access.unknown(state, access.size());
          }
          case NUMBER, UNINITIALISED, UNUSABLE -> Access.unknown(state, access.size());
        };
      case Kind.FramePointer p -> stack.load(state, access, p);
      case Kind.MapValue v -> mapValues.load(state, access, v);
      case Kind.Memory m -> {
        regions.checkMemory(state, access, m);
        yield Access.unknown(state, access.size());
      }
      case Kind.Socket s -> context.loadSocket(state, access, s);
      case Kind.KernelObject k -> kernelObjects.load(state, access, k);
      case Kind.MapReference m -> Access.unknown(state, access.size());
      case Kind.InnerMap m -> Access.unknown(state, access.size());
      case Kind.PerCpuVariable v -> Access.unknown(state, access.size());
      case Kind.CodeReference c -> Access.unknown(state, access.size());
    };
  }

  void store(State state, int slot, Instruction.Store store) {
    Value value = ArithmeticSemantics.operand(state, store.source());
    int sourceRegisters = ArithmeticSemantics.registers(store.source());
    if (value.isUninitialised()) {
      reporter.report(
          slot,
          state,
          Check.INITIALISED,
          store.source() + " is stored, but not written on every path to here",
          store.source() + " is written before",
          sourceRegisters);
      value = state.numbers().freshNumber(Scalar.top());
    }
    Optional<Value> pointer = dereference.pointer(state, slot, store.base());
    if (pointer.isEmpty()) {
      return;
    }
    Access access = new Access(
        slot,
        store.base(),
        state.plus(pointer.get(), store.offset()),
        store.size().bytes(),
        true);
    tellClass(state, access);
    store(state, access, value, sourceRegisters);
  }

  private void store(State state, Access access, Value value, int sourceRegisters) {
    boolean leaks = !value.isNumber()
        && !(access.at().kind() instanceof Kind.FramePointer && access.size() == 8);
    if (leaks && setting.strict()) {
      reporter.report(
          access.slot(),
          state,
          Check.POINTER_LEAK,
          "a pointer is stored where it can be read as a number",
          "pointers are stored on the stack only, as a whole",
          access.registers() | sourceRegisters);
    }
    switch (access.at().kind()) {
      case Kind.Basic basic -> {
        switch (basic) {
          case CONTEXT -> context.contextField(state, access);
          case PACKET -> regions.checkPacket(state, access);
          case NUMBER, UNINITIALISED, UNUSABLE -> {}
        }
      }
      case Kind.FramePointer p -> stack.store(state, access, p, value);
      case Kind.MapValue v -> mapValues.check(state, access, v);
      case Kind.Memory m -> regions.checkMemory(state, access, m);
      case Kind.Socket s -> context.socketField(state, access, s);
      case Kind.KernelObject k ->
        reporter.report(
            access.slot(),
            state,
            Check.WRITABLE,
            "memory of the kernel is written directly",
            "kernel objects are only read",
            access.registers());
      case Kind.MapReference m -> {}
      case Kind.InnerMap m -> {}
      case Kind.PerCpuVariable v -> {}
      case Kind.CodeReference c -> {}
    }
  }

  /** Atomic operations are on memory of one class only, so that they need not tell. */
  private void tellClass(State state, Access access) {
    AccessClass.of(access.at().kind())
        .ifPresent(accessClass ->
            reporter.accessed(access.slot(), state, accessClass, access.registers()));
  }
}
