package dev.assay.interpreter;

import dev.assay.interpreter.helper.FunctionTable;
import dev.assay.interpreter.map.BpfMap;
import dev.assay.interpreter.map.MapTable;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.WideImmediate.MapByFd;
import dev.assay.isa.WideImmediate.MapByIndex;
import dev.assay.isa.WideImmediate.MapValueByFd;
import dev.assay.isa.WideImmediate.MapValueByIndex;
import dev.assay.isa.WideImmediate.VariableAddress;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the names and numbers in one program's instructions stand for on one machine. */
final class Linker {
  private final Platform platform;
  private final MapTable maps;
  private final AddressSpace memory;
  private final BpfProgram program;
  private final Map<String, Long> variables = new HashMap<>();

  Linker(Platform platform, MapTable maps, AddressSpace memory, BpfProgram program) {
    this.platform = platform;
    this.maps = maps;
    this.memory = memory;
    this.program = program;
  }

  /** What a 64-bit immediate stands for. */
  sealed interface Meaning {
    /** This number, mostly an address. */
    record Value(long value) implements Meaning {}

    /** Nothing on this machine, for a reason. */
    record Nothing(String reason) implements Meaning {}
  }

  BpfProgram program() {
    return program;
  }

  /** Why the instruction at a slot cannot be executed, if its relocation failed. */
  Optional<String> refusal(int slot) {
    return Optional.ofNullable(program.poisoned().get(slot))
        .map(reason -> "the instruction was not relocated: " + reason);
  }

  /** The function that {@code call helper} at a slot means. */
  Rare.Function helper(int slot, int helper) {
    return externalFunction(slot)
        .or(() -> platform.helper(helper).map(FunctionContract::name).map(Linker::function))
        .orElseGet(() -> new Rare.Function("helper " + helper, Optional.empty()));
  }

  /** The function that a call of a kernel function at a slot means. */
  Rare.Function kernelFunction(int slot, int id) {
    return externalFunction(slot)
        .orElseGet(
            () -> new Rare.Function("the kernel function with BTF id " + id, Optional.empty()));
  }

  /** The function of another's that the instruction at a slot calls, if the object does not define it. */
  Optional<Rare.Function> externalFunction(int slot) {
    return Optional.ofNullable(program.externals().get(slot))
        .map(symbol -> function(symbol.name()));
  }

  private static Rare.Function function(String name) {
    return new Rare.Function(name, FunctionTable.find(name));
  }

  /** What the 64-bit immediate at a slot of code with these {@code addresses} stands for. */
  Meaning immediate(int slot, WideImmediate immediate, Region addresses) {
    ExternalSymbol external = program.externals().get(slot);
    if (external != null) {
      return new Meaning.Value(external.weak() ? 0 : variable(external.name()));
    }
    return switch (immediate) {
      case Constant(long value) -> new Meaning.Value(value);
      case CodeAddress(int offset) ->
        new Meaning.Value(Translation.address(addresses, (long) slot + 1 + offset));
      case MapByIndex(int index) ->
        maps.at(index)
            .<Meaning>map(map -> new Meaning.Value(map.address()))
            .orElseGet(() -> new Meaning.Nothing("the object has no map with index " + index));
      case MapValueByIndex(int index, int offset) -> mapValue(index, offset);
      case MapByFd _, MapValueByFd _ ->
        new Meaning.Nothing("there is no map behind a file descriptor");
      case VariableAddress(int variable) ->
        new Meaning.Nothing("the platform has no variable with id " + variable);
    };
  }

  private Meaning mapValue(int index, int offset) {
    Optional<BpfMap> map = maps.at(index);
    if (map.isEmpty()) {
      return new Meaning.Nothing("the object has no map with index " + index);
    }
    try {
      return map.get()
          .lookup(new byte[Integer.BYTES], 0)
          .<Meaning>map(value -> new Meaning.Value(value.base() + offset))
          .orElseGet(() -> new Meaning.Nothing(
              "map " + map.get().definition().name() + " has no value that stays"));
    } catch (MemoryException e) {
      return new Meaning.Nothing(e.reason());
    }
  }

  /** The address that stands for a variable of the kernel; what is there is not known. */
  private long variable(String name) {
    return variables.computeIfAbsent(
        name,
        any -> memory
            .reserve(Role.KERNEL_OBJECT, "kernel variable " + name, Long.BYTES)
            .base());
  }
}
