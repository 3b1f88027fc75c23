package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.MapType;
import dev.assay.platform.Result;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** What a function returns by its contract, before it is known who owns it. */
final class CallResult {
  private static final long LEAST_ERROR = -4095;

  private final Setting setting;
  private final StackMemory stack;

  CallResult(Setting setting) {
    this.setting = setting;
    this.stack = new StackMemory(setting.object().byteOrder());
  }

  Value of(State state, Call call) {
    int viewed = viewed(state, call);
    return switch (call.contract.result()) {
      case Result.Integer r -> integer(state, r.range());
      case Result.ErrorOrSize r -> errorOrSize(state, call, r.argument());
      case Result.Nothing r -> Value.UNINITIALISED;
      // Linux leaves whatever was in r0.
      case Result.ErrorOrNoReturn r ->
        setting.strict() ? Value.UNINITIALISED : state.numbers().freshNumber(Scalar.top());
      case Result.MapValue r -> mapValue(state, call, r.nullable());
      case Result.Socket r ->
        Value.pointer(new Kind.Socket(r.socket(), r.nullable(), viewed, viewed != 0), 0);
      case Result.KernelObject r ->
        Value.pointer(
            setting.kernelObject(r.type(), trust(call), r.nullable(), viewed, viewed != 0), 0);
      case Result.AllocatedMemory r ->
        ownedMemory(state, "reserved memory", r.argument(), true, true);
      case Result.BorrowedMemory r ->
        ownedMemory(state, "borrowed memory", r.argument(), r.writable(), r.atomics());
      case Result.FixedMemory r ->
        Value.pointer(
            new Kind.Memory(
                "memory of the kernel", r.bytes(), r.writable(), false, r.nullable(), 0),
            0);
      case Result.PerCpuVariable r -> perCpuVariable(state, r.nullable());
      case Result.Argument r -> state.register(r.argument());
      case Result.ExchangedPointer r ->
        Value.pointer(setting.kernelObject("kptr", Kind.Trust.CERTAIN, true), 0);
    };
  }

  /** A CPU's variable, of the type of the one that r1 names. */
  private Value perCpuVariable(State state, boolean nullable) {
    Kind kind = state.register(1).kind() instanceof Kind.PerCpuVariable variable
        ? setting.kernelVariable(
            "the per-CPU variable " + variable.name(), variable.btfType(), nullable)
        : setting.kernelObject(Kind.KernelObject.UNTYPED, Kind.Trust.PASSED, nullable);
    return Value.pointer(kind, 0);
  }

  /** What a function makes of one of its arguments is no more alive than that; what it makes of none, it vouches for. */
  private static Kind.Trust trust(Call call) {
    return call.contract.arguments().isEmpty() ? Kind.Trust.CERTAIN : Kind.Trust.DERIVED;
  }

  /**
   * The reference that a socket or object dies with, if it is got from another one: of those among the arguments the first that has one. A
   * view of what has no reference is as good as any pointer.
   */
  private static int viewed(State state, Call call) {
    for (int r = 1; r <= call.contract.arguments().size(); r++) {
      int reference = state.register(r).kind().reference();
      if (reference != 0) {
        return reference;
      }
    }
    return 0;
  }

  private static Value integer(State state, IntegerRange range) {
    return state.numbers().freshNumber(Scalar.signed(range.min(), range.max()));
  }

  /** r0 is a negative error or at most the size that was asked for; the relation to the size is kept where it is a variable. */
  private static Value errorOrSize(State state, Call call, int argument) {
    Value size = call.size(state, argument);
    if (!size.isNumber() || state.scalar(size).signedMin() < 0) {
      return state.numbers().freshNumber(Scalar.top());
    }
    Value result = state
        .numbers()
        .freshNumber(Scalar.signed(LEAST_ERROR, state.scalar(size).signedMax()));
    state.numbers().assumeDifference(result, state.plus(size, 0), 0);
    return result;
  }

  private Value ownedMemory(
      State state, String name, int argument, boolean writable, boolean atomics) {
    Value size = state.register(argument);
    Scalar known = size.isNumber() ? state.scalar(size) : Scalar.top();
    long bytes = known.isConstant()
            && known.constantValue() >= 0
            && known.constantValue() <= Integer.MAX_VALUE
        ? known.constantValue()
        : 0;
    return Value.pointer(new Kind.Memory(name, bytes, writable, atomics, true, 0), 0);
  }

  private Value mapValue(State state, Call call, boolean nullable) {
    if (call.map.isEmpty()) {
      return state.numbers().freshNumber(Scalar.top());
    }
    MapArgument map = call.map.get();
    MapType.Lookup lookup = map.type().map(MapType::lookup).orElse(MapType.Lookup.VALUE);
    return switch (lookup) {
      case VALUE, NONE ->
        Value.pointer(
            new Kind.MapValue(
                map.index(),
                map.inner(),
                nullable && !present(state, call, map),
                map.shape() != null && setting.hasLock(map.shape()) ? state.freeLookup() : 0),
            0);
      case INNER_MAP -> Value.pointer(new Kind.InnerMap(map.index(), true), 0);
      case SOCKET -> Value.pointer(new Kind.Socket(SocketClass.FULL, true, 0, false), 0);
      case XDP_SOCKET -> Value.pointer(new Kind.Socket(SocketClass.XDP, true, 0, false), 0);
    };
  }

  /**
   * Whether a lookup surely finds: in an array whose every index is present, with a key on the stack that is known to be below its size.
   * A helper that takes the map in r1 and the key in r2 is meant.
   */
  private boolean present(State state, Call call, MapArgument map) {
    if (!map.type().map(MapType::everyIndexPresent).orElse(false)
        || map.inner()
        || map.shape() == null
        || map.shape().keySize() != 4
        || call.contract.arguments().size() != 2
        || !(state.register(2).kind() instanceof Kind.FramePointer p)
        || !state.scalar(state.register(2)).isConstant()) {
      return false;
    }
    int index = (int)
        (state.frame(p.frame()).stack().size() + state.scalar(state.register(2)).constantValue());
    if (index < 0 || index + 4 > state.frame(p.frame()).stack().size()) {
      return false;
    }
    return stack.load(state, p.frame(), index, 4) instanceof StackMemory.Loaded.Known known
        && known.value().isNumber()
        && Long.compareUnsigned(
                state.scalar(known.value()).unsignedMax(), map.shape().maxEntries() & 0xffffffffL)
            < 0;
  }
}
