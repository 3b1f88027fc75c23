package dev.assay.verifier.search;

import dev.assay.graph.CallEffects;
import dev.assay.graph.CallSite;
import dev.assay.graph.Origin;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.object.ExternalSymbol;
import dev.assay.platform.Argument;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.MemoryAccess;
import dev.assay.platform.Result;
import dev.assay.verifier.semantics.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What calls read and write, by their contracts. */
final class ContractEffects implements CallEffects {
  private static final int ALL_ARGUMENTS = 0b111110;

  private final Setting setting;

  ContractEffects(Setting setting) {
    this.setting = setting;
  }

  private Optional<FunctionContract> contract(CallSite site) {
    if (site.call() instanceof Instruction.CallHelper helper) {
      return setting.helper(helper.helper());
    }
    ExternalSymbol symbol = setting.program().externals().get(site.slot());
    return symbol == null ? Optional.empty() : setting.function(symbol.name());
  }

  @Override
  public int argumentsRead(CallSite site) {
    return contract(site).map(c -> (1 << (c.arguments().size() + 1)) - 2).orElse(ALL_ARGUMENTS);
  }

  @Override
  public boolean mayReturnArgument(CallSite site) {
    return contract(site).map(c -> c.result() instanceof Result.Argument).orElse(false);
  }

  @Override
  public List<Access> accesses(CallSite site) {
    Optional<FunctionContract> contract = contract(site);
    if (contract.isEmpty()) {
      return CallEffects.conservative().accesses(site);
    }
    List<Access> accesses = new ArrayList<>();
    List<Argument> arguments = contract.get().arguments();
    for (int i = 0; i < arguments.size(); i++) {
      Register register = Register.of(i + 1);
      switch (arguments.get(i)) {
        case Argument.MapKey a ->
          accesses.add(access(register, mapBytes(site, arguments, i, false), MemoryAccess.READ));
        case Argument.MapValue a ->
          accesses.add(access(register, mapBytes(site, arguments, i, true), a.access()));
        case Argument.SizedMemory a ->
          accesses.add(access(register, size(site, a.size()), a.access()));
        case Argument.FixedMemory a ->
          accesses.add(access(register, OptionalInt.of(a.bytes()), a.access()));
        case Argument.Dynptr a -> accesses.add(any(register));
        case Argument.Iterator a -> accesses.add(any(register));
        case Argument.CallbackContext a -> accesses.add(any(register));
        case Argument.Anything a -> {}
        case Argument.Scalar a -> {}
        case Argument.Zero a -> {}
        case Argument.MapPointer a -> {}
        case Argument.Size a -> {}
        case Argument.AllocationSize a -> {}
        case Argument.Context a -> {}
        case Argument.Socket a -> {}
        case Argument.KernelObject a -> {}
        case Argument.PerCpuVariable a -> {}
        case Argument.SpinLock a -> {}
        case Argument.SpecialField a -> {}
        case Argument.AllocatedMemory a -> {}
        case Argument.Callback a -> {}
        case Argument.ConstantString a -> {}
      }
    }
    return accesses;
  }

  private static Access any(Register register) {
    return new Access(register, OptionalInt.empty(), true, Writing.MAYBE);
  }

  private static Access access(Register register, OptionalInt bytes, MemoryAccess access) {
    Writing writing =
        switch (access) {
          case READ -> Writing.NEVER;
          case READ_WRITE -> Writing.MAYBE;
          case WRITE -> bytes.isPresent() ? Writing.ALWAYS : Writing.MAYBE;
        };
    return new Access(register, bytes, access.reads(), writing);
  }

  /** The size of keys or values of the map among the arguments before, if it is known, or of all maps that it may be. */
  private OptionalInt mapBytes(CallSite site, List<Argument> arguments, int index, boolean value) {
    for (int i = index - 1; i >= 0; i--) {
      if (arguments.get(i) instanceof Argument.MapPointer) {
        return switch (site.argument(Register.of(i + 1))) {
          case Origin.Immediate(WideImmediate map) -> mapBytes(List.of(map), value);
          case Origin.AnyImmediate(List<WideImmediate> maps) -> mapBytes(maps, value);
          case Origin.Elsewhere _, Origin.Number _, Origin.Frame _ -> OptionalInt.empty();
        };
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt mapBytes(List<WideImmediate> maps, boolean value) {
    OptionalInt bytes = OptionalInt.empty();
    for (WideImmediate map : maps) {
      if (!(map instanceof WideImmediate.MapByIndex(int index)) || !setting.hasMap(index)) {
        return OptionalInt.empty();
      }
      int size = value ? setting.map(index).valueSize() : setting.map(index).keySize();
      if (bytes.isPresent() && bytes.getAsInt() != size) {
        return OptionalInt.empty();
      }
      bytes = OptionalInt.of(size);
    }
    return bytes;
  }

  private static OptionalInt size(CallSite site, int register) {
    return site.argument(Register.of(register)) instanceof Origin.Number(long bytes)
            && bytes >= 0
            && bytes <= Integer.MAX_VALUE
        ? OptionalInt.of((int) bytes)
        : OptionalInt.empty();
  }
}
