package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.platform.Argument;
import dev.assay.platform.CallbackContract;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.FunctionContract.Effect;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.MapType;
import dev.assay.platform.MemoryAccess;
import dev.assay.platform.Result;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.CriticalSections;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions of the host, by their contracts: each argument is what the contract demands, and afterwards the state is what the
 * contract promises, whatever the function did within it.
 */
final class CallSemantics {
  private static final Set<String> GPL_COMPATIBLE = Set.of(
      "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

  /** The kernel's types that begin with a {@code sock_common} (Linux 6.12, include/linux/btf_ids.h, BTF_SOCK_TYPE_xxx). */
  private static final Set<String> SOCKET_TYPES = Set.of(
      "inet_sock",
      "inet_connection_sock",
      "inet_request_sock",
      "inet_timewait_sock",
      "request_sock",
      "sock",
      "sock_common",
      "tcp_sock",
      "tcp_request_sock",
      "tcp_timewait_sock",
      "tcp6_sock",
      "udp_sock",
      "udp6_sock",
      "unix_sock",
      "mptcp_sock");

  private static final long LEAST_ERROR = -4095;

  /** More than this is not held at a time, so that loops that keep what they acquire do not go on forever. */
  private static final int MOST_REFERENCES = 32;

  /** Critical sections are not nested deeper than this. */
  private static final int MOST_SECTIONS = 8;

  private final Setting setting;
  private final Reporter reporter;
  private final ArgumentMemory memory;
  private final StackMemory stack;

  CallSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.memory = new ArgumentMemory(setting, reporter);
    this.stack = new StackMemory(setting.object().byteOrder());
  }

  /** A map that is an argument: what it is called, its shape, and how pointers to its values are kinds. */
  private record MapArgument(
      int index, boolean inner, @Nullable MapDefinition shape, Optional<MapType> type) {}

  /** One call while it is checked: what later arguments and the result need of earlier ones. */
  private static final class Call {
    final int slot;
    final FunctionContract contract;
    Optional<MapArgument> map = Optional.empty();
    final List<ArgumentMemory.Request> memories = new ArrayList<>();

    Call(int slot, FunctionContract contract) {
      this.slot = slot;
      this.contract = contract;
    }
  }

  /** Whether the object's license lets its programs call functions for GPL programs. */
  static boolean gplCompatible(String license) {
    return GPL_COMPATIBLE.contains(license);
  }

  /** Calls a function: checks, effects, result. */
  void call(State state, int slot, FunctionContract general) {
    FunctionContract contract = form(state, general);
    Call call = new Call(slot, contract);
    checkCallable(state, call);
    List<Argument> arguments = contract.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      checkArgument(state, call, arguments, i);
    }
    Value result = result(state, call);
    for (ArgumentMemory.Request request : call.memories) {
      memory.write(state, request);
    }
    release(state, call);
    lock(state, call);
    sections(state, call);
    if (contract.has(Effect.MOVES_PACKET)) {
      movePacket(state);
    }
    for (int r = 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
    state.setRegister(0, acquired(state, call, result));
  }

  /** The form of the function that works on the map it is given, if it has several. */
  private FunctionContract form(State state, FunctionContract general) {
    for (int i = 0; i < general.arguments().size(); i++) {
      if (general.arguments().get(i) instanceof Argument.MapPointer) {
        return mapArgument(state.register(i + 1).kind())
            .flatMap(map -> map.type())
            .flatMap(type -> setting.platform().helper(general.id(), setting.kind(), type))
            .orElse(general);
      }
    }
    return general;
  }

  /** Pointers into the packet are dead, and its size is anything. */
  void movePacket(State state) {
    state.replaceAll(value -> value.kind() == Kind.Basic.PACKET ? Value.UNUSABLE : value);
    newPacket(state, setting);
  }

  /** A packet of which only the largest size is known. */
  static void newPacket(State state, Setting setting) {
    state.setPacket(
        state.numbers().freshNumber(Scalar.signed(0, setting.packetLimit())),
        state.numbers().freshNumber(Scalar.signed(-4096, 0)));
  }

  private void checkCallable(State state, Call call) {
    FunctionContract contract = call.contract;
    if (!contract.callable(setting.kind())) {
      report(
          state,
          call,
          Check.CALLABLE,
          "programs of type " + setting.kind().name() + " may not call " + contract.name(),
          "the function is one that this program type may call",
          0);
    } else if (contract.has(Effect.GPL_ONLY) && setting.object().license().isEmpty()) {
      reporter.assume(
          "the loader gives the program a GPL-compatible license (the object names none)");
    } else if (contract.has(Effect.GPL_ONLY) && !gplCompatible(setting.object().license())) {
      report(
          state,
          call,
          Check.CALLABLE,
          contract.name()
              + " is only for programs under a GPL-compatible license, and the object's is \""
              + setting.object().license() + "\"",
          "the object's license section names a GPL-compatible license",
          0);
    } else if (contract.has(Effect.SLEEPS) && !setting.kind().sleepable()) {
      report(
          state,
          call,
          Check.CALLABLE,
          contract.name() + " may sleep, and this program may not",
          "the program is sleepable",
          0);
    } else if (contract.has(Effect.SLEEPS) && !state.sections().maySleep()) {
      report(
          state,
          call,
          Check.LOCK,
          contract.name() + " may sleep, in a critical section",
          "the critical section is left before",
          0);
    }
    if (!state.lock().isUninitialised() && !contract.has(Effect.UNLOCKS)) {
      report(
          state,
          call,
          Check.LOCK,
          contract.name() + " is called while a lock is held",
          "the lock is given back before",
          0);
    }
  }

  private void report(
      State state, Call call, Check check, String message, String required, int registers) {
    reporter.report(call.slot, state, check, message, required, registers);
  }

  private void reportArgument(State state, Call call, int register, String expected) {
    Value value = state.register(register);
    if (value.isUninitialised()) {
      report(
          state,
          call,
          Check.INITIALISED,
          "argument r" + register + " of " + call.contract.name()
              + " is not written on every path to here",
          "r" + register + " is " + expected,
          1 << register);
      return;
    }
    boolean isNull = value.kind().nullable()
        || (value.isNumber() && state.scalar(value).equals(Scalar.constant(0)));
    report(
        state,
        call,
        isNull ? Check.NOT_NULL : Check.ARGUMENT,
        "argument r" + register + " of " + call.contract.name()
            + (isNull ? " may be null" : " is not " + expected),
        "r" + register + " is " + expected,
        1 << register);
  }

  private static boolean isNull(State state, Value value) {
    return value.isNumber() && state.scalar(value).equals(Scalar.constant(0));
  }

  private void checkArgument(State state, Call call, List<Argument> arguments, int index) {
    int register = index + 1;
    Value value = state.register(register);
    switch (arguments.get(index)) {
      case Argument.Anything a -> anything(state, call, register);
      case Argument.Scalar a -> {
        if (!value.isNumber()) {
          reportArgument(state, call, register, "a number");
        }
      }
      case Argument.Zero a -> {
        if (!isNull(state, value)) {
          reportArgument(state, call, register, "0");
        }
      }
      case Argument.MapPointer a -> mapPointer(state, call, register);
      case Argument.MapKey a -> mapMemory(state, call, register, false, MemoryAccess.READ);
      case Argument.MapValue a -> {
        if (!(a.nullable() && isNull(state, value))) {
          mapMemory(state, call, register, true, a.access());
        }
      }
      case Argument.SizedMemory a -> sizedMemory(state, call, register, a);
      case Argument.FixedMemory a ->
        handOn(state, call, memory(call, register, Value.constant(a.bytes()), a.access()));
      case Argument.Size a -> size(state, call, register, a);
      case Argument.AllocationSize a -> {
        if (!value.isNumber() || !state.scalar(value).isConstant()) {
          reportArgument(state, call, register, "a number that is known");
        }
      }
      case Argument.Context a -> {
        boolean context = value.kind() == Kind.Basic.CONTEXT && isAt(state, value, 0);
        if (!context && !(a.nullable() && isNull(state, value))) {
          reportArgument(state, call, register, "the context as it was given");
        }
      }
      case Argument.Socket a -> {
        boolean socket = value.kind() instanceof Kind.Socket s
            && !s.nullable()
            && isAt(state, value, 0)
            && (!a.full() || s.socketClass() != SocketClass.COMMON);
        boolean object = a.kernelObjects()
            && value.kind() instanceof Kind.KernelObject k
            && !k.nullable()
            && SOCKET_TYPES.contains(k.type())
            && isAt(state, value, 0);
        if (!socket && !object && !(a.nullable() && isNull(state, value))) {
          reportArgument(state, call, register, a.full() ? "a full socket" : "a socket");
        }
      }
      case Argument.KernelObject a -> {
        boolean object = value.kind() instanceof Kind.KernelObject k
            && !k.nullable()
            && fits(k, a)
            && isAt(state, value, 0);
        if (!object && !(a.nullable() && isNull(state, value))) {
          reportArgument(state, call, register, pointerTo(a));
        }
        if (object && ((Kind.KernelObject) value.kind()).untyped()) {
          // The function follows it unguarded, unlike loads of the program.
          reporter.assume("argument r" + register + " of " + call.contract.name() + " is "
              + pointerTo(a) + " (no target BTF tells its type)");
        }
      }
      case Argument.PerCpuVariable a -> {
        if (!(value.kind() instanceof Kind.KernelObject)) {
          reportArgument(state, call, register, "the address of a per-CPU variable of the kernel");
        }
      }
      case Argument.SpinLock a -> specialField(state, call, register, Setting.SPIN_LOCK);
      case Argument.SpecialField a -> specialField(state, call, register, a.typeName());
      case Argument.AllocatedMemory a -> {
        if (!(value.kind() instanceof Kind.Memory m)
            || m.nullable()
            || m.reference() == 0
            || !isAt(state, value, 0)) {
          reportArgument(
              state,
              call,
              register,
              "the start of memory that was reserved and not yet given back");
        }
      }
      case Argument.Dynptr a -> unsupported(state, call, register, "dynptrs");
      case Argument.Iterator a -> unsupported(state, call, register, "iterators");
      case Argument.Callback a -> {
        if (!(value.kind() instanceof Kind.CodeReference)) {
          reportArgument(state, call, register, "the address of a function of this program");
        } else if (a.contract().calls() == CallbackContract.Calls.LATER) {
          unsupported(state, call, register, "callbacks that run later");
        } else if (a.contract().parameters().contains(CallbackContract.Parameter.DYNPTR)) {
          unsupported(state, call, register, "dynptrs");
        }
      }
      case Argument.CallbackContext a -> anything(state, call, register);
      case Argument.ConstantString a -> constantString(state, call, register);
    }
  }

  private static String pointerTo(Argument.KernelObject argument) {
    return "a pointer to the kernel's " + (argument.type().isEmpty() ? "objects" : argument.type());
  }

  private void unsupported(State state, Call call, int register, String what) {
    report(
        state,
        call,
        Check.ARGUMENT,
        call.contract.name() + " works with " + what + ", which this version does not model",
        "the program does without " + what,
        1 << register);
  }

  private static boolean fits(Kind.KernelObject kind, Argument.KernelObject argument) {
    return kind.untyped() || argument.type().isEmpty() || kind.type().equals(argument.type());
  }

  private static boolean isAt(State state, Value value, long offset) {
    Scalar known = state.scalar(value);
    return known.isConstant() && known.constantValue() == offset;
  }

  private void anything(State state, Call call, int register) {
    Value value = state.register(register);
    if (value.isUninitialised()) {
      reportArgument(state, call, register, "written before");
    } else if (setting.strict() && !value.isNumber()) {
      report(
          state,
          call,
          Check.POINTER_LEAK,
          "argument r" + register + " of " + call.contract.name()
              + " is a pointer, where a number is expected",
          "r" + register + " is a number",
          1 << register);
    }
  }

  private void mapPointer(State state, Call call, int register) {
    Optional<MapArgument> map = mapArgument(state.register(register).kind());
    if (map.isEmpty()) {
      reportArgument(state, call, register, "a map");
      return;
    }
    call.map = map;
    Optional<MapType> type = map.get().type();
    if (type.isEmpty() || !call.contract.accepts(type.get())) {
      report(
          state,
          call,
          Check.ARGUMENT,
          call.contract.name()
              + " does not work on "
              + setting.mapName(map.get().index())
              + type.map(t -> ", a map of type " + t.name()).orElse(", whose type is not known"),
          "the map has a type that the function works on",
          1 << register);
    }
    MapDefinition shape = map.get().shape();
    if (call.contract.has(Effect.CHANGES_MAP) && shape != null && !setting.changeable(shape)) {
      report(
          state,
          call,
          Check.WRITABLE,
          call.contract.name() + " changes " + setting.mapName(map.get().index())
              + ", which programs may only read",
          "the map permits it",
          1 << register);
    }
  }

  private Optional<MapArgument> mapArgument(Kind kind) {
    return switch (kind) {
      case Kind.MapReference m
      when setting.hasMap(m.map()) -> {
        MapDefinition map = setting.map(m.map());
        yield Optional.of(new MapArgument(m.map(), false, map, setting.mapType(map)));
      }
      case Kind.InnerMap m
      when !m.nullable() ->
        setting
            .inner(m.outer())
            .map(map -> new MapArgument(m.outer(), true, map, setting.mapType(map)));
      case Kind.MapReference m -> Optional.empty();
      case Kind.InnerMap m -> Optional.empty();
      case Kind.Basic b -> Optional.empty();
      case Kind.FramePointer p -> Optional.empty();
      case Kind.MapValue v -> Optional.empty();
      case Kind.Memory m -> Optional.empty();
      case Kind.KernelObject k -> Optional.empty();
      case Kind.Socket s -> Optional.empty();
      case Kind.CodeReference c -> Optional.empty();
    };
  }

  private void mapMemory(State state, Call call, int register, boolean value, MemoryAccess access) {
    if (call.map.isEmpty() || call.map.get().shape() == null) {
      return;
    }
    MapDefinition map = call.map.get().shape();
    long bytes = (value ? map.valueSize() : map.keySize()) & 0xffffffffL;
    handOn(state, call, memory(call, register, Value.constant(bytes), access));
  }

  private static ArgumentMemory.Request memory(
      Call call, int register, Value bytes, MemoryAccess access) {
    return new ArgumentMemory.Request(
        call.slot, register, bytes, access, call.contract.has(Effect.PACKET_MEMORY));
  }

  private void handOn(State state, Call call, ArgumentMemory.Request request) {
    memory.check(state, request);
    call.memories.add(request);
  }

  /** The size as the function reads it: of a 32-bit parameter the low half. */
  private static Value sizeArgument(State state, Call call, int register) {
    Value size = state.register(register);
    return size.isNumber() && call.contract.takesLowHalf(register)
        ? ArithmeticSemantics.truncated(state, size, 32)
        : size;
  }

  private void sizedMemory(State state, Call call, int register, Argument.SizedMemory argument) {
    int sizeRegister = argument.size();
    Value size = sizeArgument(state, call, sizeRegister);
    if (!size.isNumber() || state.scalar(size).signedMin() < 0) {
      // The size is reported where it stands.
      return;
    }
    Value pointer = state.register(register);
    boolean empty = state.scalar(size).signedMax() == 0;
    if (isNull(state, pointer) && argument.nullable() && empty) {
      return;
    }
    if (isNull(state, pointer) && argument.nullable()) {
      report(
          state,
          call,
          Check.NOT_NULL,
          "argument r" + register + " of " + call.contract.name() + " is null, and its size r"
              + sizeRegister + " may not be 0",
          "the size of null is 0",
          1 << register | 1 << sizeRegister);
      return;
    }
    handOn(state, call, memory(call, register, state.plus(size, 0), argument.access()));
  }

  private void size(State state, Call call, int register, Argument.Size argument) {
    Value size = sizeArgument(state, call, register);
    if (!size.isNumber()) {
      reportArgument(state, call, register, "a number of bytes");
      return;
    }
    Scalar known = state.scalar(size);
    if (known.signedMin() < (argument.zeroAllowed() ? 0 : 1)) {
      report(
          state,
          call,
          Check.ARGUMENT,
          "the size r" + register + " of " + call.contract.name() + " may be "
              + (known.signedMin() < 0 ? "negative" : "zero"),
          "r" + register + " is at least " + (argument.zeroAllowed() ? 0 : 1),
          1 << register);
    }
  }

  private void specialField(State state, Call call, int register, String typeName) {
    Value value = state.register(register);
    boolean found = value.kind() instanceof Kind.MapValue v
        && !v.nullable()
        && setting.shape(v).isPresent()
        && setting.shape(v).get().specialFields().stream()
            .anyMatch(
                field -> field.typeName().equals(typeName) && isAt(state, value, field.offset()));
    if (!found) {
      reportArgument(state, call, register, "the " + typeName + " of a map value");
    }
  }

  private void constantString(State state, Call call, int register) {
    Value value = state.register(register);
    if (value.kind() instanceof Kind.MapValue v
        && !v.inner()
        && state.scalar(value).isConstant()) {
      Optional<DataSection> data = setting.map(v.map()).data();
      long offset = state.scalar(value).constantValue();
      if (data.isPresent() && data.get().readOnly() && endsWithin(data.get(), offset)) {
        return;
      }
    }
    reportArgument(state, call, register, "a string in read-only data, ended by 0");
  }

  private static boolean endsWithin(DataSection data, long offset) {
    for (long i = Math.max(0, offset); offset >= 0 && i < data.contents().size(); i++) {
      if (data.contents().at((int) i) == 0) {
        return true;
      }
    }
    return false;
  }

  private Value result(State state, Call call) {
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
        Value.pointer(new Kind.KernelObject(r.type(), r.nullable(), viewed, viewed != 0), 0);
      case Result.AllocatedMemory r -> ownedMemory(state, "reserved memory", r.argument(), true);
      case Result.BorrowedMemory r ->
        ownedMemory(state, "borrowed memory", r.argument(), r.writable());
      case Result.FixedMemory r ->
        Value.pointer(
            new Kind.Memory("memory of the kernel", r.bytes(), r.writable(), r.nullable(), 0), 0);
      case Result.PerCpuVariable r ->
        Value.pointer(new Kind.KernelObject(Kind.KernelObject.UNTYPED, r.nullable(), 0, false), 0);
      case Result.Argument r -> state.register(r.argument());
      case Result.ExchangedPointer r ->
        Value.pointer(new Kind.KernelObject("kptr", true, 0, false), 0);
    };
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
    Value size = sizeArgument(state, call, argument);
    if (!size.isNumber() || state.scalar(size).signedMin() < 0) {
      return state.numbers().freshNumber(Scalar.top());
    }
    Value result = state
        .numbers()
        .freshNumber(Scalar.signed(LEAST_ERROR, state.scalar(size).signedMax()));
    state.numbers().assumeDifference(result, state.plus(size, 0), 0);
    return result;
  }

  private Value ownedMemory(State state, String name, int argument, boolean writable) {
    Value size = state.register(argument);
    Scalar known = size.isNumber() ? state.scalar(size) : Scalar.top();
    long bytes = known.isConstant()
            && known.constantValue() >= 0
            && known.constantValue() <= Integer.MAX_VALUE
        ? known.constantValue()
        : 0;
    return Value.pointer(new Kind.Memory(name, bytes, writable, true, 0), 0);
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

  /** Gives the result its reference, if the contract says that it has to be released. */
  private Value acquired(State state, Call call, Value result) {
    FunctionContract contract = call.contract;
    boolean socketOfMap = result.kind() instanceof Kind.Socket s
        && s.socketClass() != SocketClass.XDP
        && contract.result() instanceof Result.MapValue;
    boolean owned = contract.has(Effect.ACQUIRES)
        || contract.result() instanceof Result.AllocatedMemory
        || contract.result() instanceof Result.ExchangedPointer
        || socketOfMap;
    if (!owned) {
      return result;
    }
    if (state.references().length >= MOST_REFERENCES) {
      report(
          state,
          call,
          Check.REFERENCE,
          "more than " + MOST_REFERENCES + " things are acquired and not given back",
          "what is acquired is released soon",
          0);
      return Value.UNUSABLE;
    }
    int reference = state.acquire();
    return switch (result.kind()) {
      case Kind.Socket s ->
        result.withKind(new Kind.Socket(s.socketClass(), s.nullable(), reference, false));
      case Kind.Memory m ->
        result.withKind(new Kind.Memory(m.type(), m.size(), m.writable(), m.nullable(), reference));
      case Kind.KernelObject k ->
        result.withKind(new Kind.KernelObject(k.type(), k.nullable(), reference, false));
      case Kind.Basic b -> result;
      case Kind.FramePointer p -> result;
      case Kind.MapReference m -> result;
      case Kind.InnerMap m -> result;
      case Kind.MapValue v -> result;
      case Kind.CodeReference c -> result;
    };
  }

  private void release(State state, Call call) {
    if (call.contract.released().isEmpty()) {
      return;
    }
    int register = call.contract.released().getAsInt();
    Kind kind = state.register(register).kind();
    if (kind.reference() != 0 && !kind.view() && state.holds(kind.reference())) {
      state.release(kind.reference());
    } else if (kind.isPointer() && !kind.nullable()) {
      report(
          state,
          call,
          Check.REFERENCE,
          "argument r" + register + " of " + call.contract.name()
              + " is given back, but was not acquired",
          "r" + register + " was acquired and not given back before",
          1 << register);
    }
  }

  private void sections(State state, Call call) {
    FunctionContract contract = call.contract;
    int rcu = (contract.has(Effect.RCU_LOCKS) ? 1 : 0) - (contract.has(Effect.RCU_UNLOCKS) ? 1 : 0);
    int preemption = (contract.has(Effect.DISABLES_PREEMPTION) ? 1 : 0)
        - (contract.has(Effect.ENABLES_PREEMPTION) ? 1 : 0);
    CriticalSections after = new CriticalSections(
        state.sections().rcu() + rcu, state.sections().preemption() + preemption);
    if (Math.min(after.rcu(), after.preemption()) < 0) {
      report(
          state,
          call,
          Check.LOCK,
          contract.name() + " leaves a critical section that was not entered",
          "the section was entered before",
          0);
    } else if (Math.max(after.rcu(), after.preemption()) > MOST_SECTIONS) {
      report(
          state,
          call,
          Check.LOCK,
          "more than " + MOST_SECTIONS + " critical sections are entered",
          "sections are left soon",
          0);
    } else {
      state.setSections(after);
    }
  }

  private void lock(State state, Call call) {
    if (call.contract.has(Effect.LOCKS)) {
      if (!state.lock().isUninitialised()) {
        return;
      }
      state.setLock(state.register(1));
    } else if (call.contract.has(Effect.UNLOCKS)) {
      Value held = state.lock();
      Value given = state.register(1);
      if (held.isUninitialised()
          || !held.kind().equals(given.kind())
          || !state.numbers().same(held, given)) {
        report(
            state,
            call,
            Check.LOCK,
            "a lock is given back that is not held",
            "the same lock was taken before",
            1 << 1);
      }
      state.setLock(Value.UNINITIALISED);
    }
  }
}
