package dev.assay.verifier.semantics;

import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.platform.MapType;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

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
          when setting.hasMap(m.index()) -> Value.pointer(new Kind.MapReference(m.index()), 0);
          case WideImmediate.MapValueByIndex m
          when setting.hasMap(m.index()) -> directValue(state, slot, m);
          case WideImmediate.CodeAddress c ->
            Value.pointer(new Kind.CodeReference(slot + 1 + c.offset()), 0);
          case WideImmediate.VariableAddress v
          when setting.program().externals().containsKey(slot) ->
            Value.pointer(Kind.KernelObject.ANY, 0);
          case WideImmediate.MapByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.MapValueByIndex m -> unknownMap(state, slot, m.index());
          case WideImmediate.VariableAddress v -> unknownVariable(state, slot, v.variable());
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

  /** A variable is known by the symbol that the object has for it; numbers alone mean nothing. */
  private Value unknownVariable(State state, int slot, int variable) {
    reporter.report(
        slot,
        state,
        Check.POINTER,
        setting.platform().name() + " has no variable with id " + variable,
        "the object has a symbol for the variable",
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
}
