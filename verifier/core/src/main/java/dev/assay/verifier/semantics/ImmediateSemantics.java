package dev.assay.verifier.semantics;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.numeric.Scalar;
import dev.assay.object.ExternalSymbol;
import dev.assay.object.MapDefinition;
import dev.assay.platform.MapType;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Loads of 64-bit immediates: numbers, and the addresses of maps, of their values, of code and of variables of the kernel. */
final class ImmediateSemantics {
  private final Setting setting;
  private final Reporter reporter;

  ImmediateSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  void load(State state, int slot, Instruction.LoadImmediate load) {
    Value value =
        switch (load.immediate()) {
          case WideImmediate.Constant c -> Value.constant(c.value());
          case WideImmediate.MapByIndex m
          when setting.hasMap(m.index()) -> map(state, slot, m.index());
          case WideImmediate.MapValueByIndex m
          when setting.hasMap(m.index()) -> directValue(state, slot, m);
          case WideImmediate.CodeAddress c ->
            Value.pointer(new Kind.CodeReference(slot + 1 + c.offset()), 0);
          case WideImmediate.VariableAddress v -> variable(state, slot, v.variable());
          case WideImmediate.MapByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.MapValueByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.MapByFd m -> unknownDescriptor(state, slot, m.fd());
          case WideImmediate.MapValueByFd m -> unknownDescriptor(state, slot, m.fd());
        };
    state.setRegister(load.destination().number(), value);
  }

  /**
   * The address of something that the kernel defines. Only of variables whose type the object and the kernel tell does it say what lies there;
   * of others it is a number, as Linux has it, which may be 0 where the kernel does not have them.
   */
  private Value variable(State state, int slot, int number) {
    @Nullable ExternalSymbol symbol = setting.program().externals().get(slot);
    if (symbol == null) {
      return unknownVariable(state, slot, number);
    }
    if (setting.kernelTypes().isEmpty()) {
      return Value.pointer(Kind.KernelObject.ANY, 0);
    }
    if (!isTyped(symbol)) {
      return state.numbers().freshNumber(Scalar.top());
    }
    KernelTypes types = setting.kernelTypes().get();
    OptionalInt id = types.variable(symbol.name());
    if (id.isPresent() && types.types().type(id.getAsInt()) instanceof BtfType.Variable variable) {
      return Value.pointer(
          types.isPerCpu(symbol.name())
              ? new Kind.PerCpuVariable(symbol.name(), variable.type())
              : setting.kernelVariable(
                  "the kernel's variable " + symbol.name(), variable.type(), false),
          0);
    }
    if (symbol.weak()) {
      return Value.constant(0);
    }
    reporter.report(
        slot,
        state,
        Check.TARGET,
        "the target kernel has no variable " + symbol.name() + " whose type it tells",
        "the kernel whose types --btf gives has the variable, or it is declared __weak",
        0);
    return Value.UNUSABLE;
  }

  /** Whether the object declares a type for the symbol, rather than {@code const void}. */
  private boolean isTyped(ExternalSymbol symbol) {
    Optional<BtfTypes> types = setting.object().btf();
    return types.isPresent()
        && symbol.btfType() != 0
        && types.get().type(symbol.btfType()) instanceof BtfType.Variable variable
        && types.get().resolve(variable.type()) != 0;
  }

  private Value map(State state, int slot, int index) {
    checkLock(state, slot, index);
    return Value.pointer(new Kind.MapReference(index), 0);
  }

  /** The host refuses a map with a lock to programs of some kinds as a whole, whether they touch the lock or not. */
  private void checkLock(State state, int slot, int index) {
    if (setting.hasLock(setting.map(index)) && !setting.kind().locks()) {
      reporter.report(
          slot,
          state,
          Check.LOCK,
          "the values of " + setting.mapName(index) + " have a lock, and programs of type "
              + setting.kind() + " may not use such maps",
          "a program type that may, or a map without a lock",
          0);
    }
  }

  /** Only a map with a single value has it at an address that is known in advance; an address behind its end is none of it. */
  private Value directValue(State state, int slot, WideImmediate.MapValueByIndex immediate) {
    MapDefinition map = setting.map(immediate.index());
    String name = setting.mapName(immediate.index());
    if (!setting.mapType(map).map(MapType::directValue).orElse(false)) {
      return unusable(
          state,
          slot,
          name + " has no value with a fixed address",
          "the map is of a type that has");
    }
    if (map.maxEntries() != 1) {
      return unusable(
          state,
          slot,
          name + " has " + Integer.toUnsignedString(map.maxEntries())
              + " entries, so that none has a fixed address",
          "the map has one entry");
    }
    checkLock(state, slot, immediate.index());
    return Value.pointer(new Kind.MapValue(immediate.index(), false, false, 0), immediate.offset());
  }

  private Value unknownMap(State state, int slot, int index) {
    return unusable(
        state, slot, "the object has no map with index " + index, "the object defines the map");
  }

  /** A variable is known by the symbol that the object has for it; numbers alone mean nothing. */
  private Value unknownVariable(State state, int slot, int variable) {
    return unusable(
        state,
        slot,
        setting.platform().name() + " has no variable with id " + variable,
        "the object has a symbol for the variable");
  }

  private Value unknownDescriptor(State state, int slot, int descriptor) {
    return unusable(
        state,
        slot,
        "nothing tells which map is open at file descriptor " + descriptor,
        "the loader tells it (--map-fd " + descriptor + "=NAME)");
  }

  private Value unusable(State state, int slot, String message, String required) {
    reporter.report(slot, state, Check.POINTER, message, required, 0);
    return Value.UNUSABLE;
  }
}
