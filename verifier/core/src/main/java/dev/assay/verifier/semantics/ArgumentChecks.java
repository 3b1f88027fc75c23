package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.platform.Argument;
import dev.assay.platform.CallbackContract;
import dev.assay.platform.FunctionContract.Effect;
import dev.assay.platform.MapType;
import dev.assay.platform.MemoryAccess;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What each word of a contract demands of an argument: one check for each {@link Argument}. */
final class ArgumentChecks {
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

  private final Setting setting;
  private final Reporter reporter;
  private final ArgumentMemory memory;

  ArgumentChecks(Setting setting, Reporter reporter, ArgumentMemory memory) {
    this.setting = setting;
    this.reporter = reporter;
    this.memory = memory;
  }

  /** Checks the argument with this index, and keeps in {@code call} what others need of it. */
  void check(State state, Call call, int index) {
    int register = index + 1;
    Value value = state.register(register);
    switch (call.contract.arguments().get(index)) {
      case Argument.Anything a -> anything(state, call, register);
      case Argument.Scalar a -> {
        if (!value.isNumber()) {
          call.reportArgument(state, register, "a number");
        }
      }
      case Argument.Zero a -> {
        if (!Call.isNull(state, value)) {
          call.reportArgument(state, register, "0");
        }
      }
      case Argument.MapPointer a -> mapPointer(state, call, register);
      case Argument.MapKey a -> mapMemory(state, call, register, false, MemoryAccess.READ);
      case Argument.MapValue a -> {
        if (!(a.nullable() && Call.isNull(state, value))) {
          mapMemory(state, call, register, true, a.access());
        }
      }
      case Argument.SizedMemory a -> sizedMemory(state, call, register, a);
      case Argument.FixedMemory a ->
        handOn(state, call, call.memory(register, Value.constant(a.bytes()), a.access()));
      case Argument.Size a -> size(state, call, register, a);
      case Argument.AllocationSize a -> {
        if (!value.isNumber() || !state.scalar(value).isConstant()) {
          call.reportArgument(state, register, "a number that is known");
        }
      }
      case Argument.Context a -> {
        boolean context = value.kind() == Kind.Basic.CONTEXT && isAt(state, value, 0);
        if (!context && !(a.nullable() && Call.isNull(state, value))) {
          call.reportArgument(state, register, "the context as it was given");
        }
      }
      case Argument.Socket a -> {
        boolean socket = value.kind() instanceof Kind.Socket s
            && !s.nullable()
            && isAt(state, value, 0)
            && (!a.full() || s.socketClass() != SocketClass.COMMON);
        if (a.kernelObjects()
            && value.kind() instanceof Kind.KernelObject k
            && !k.nullable()
            && isSocket(state, value, k)) {
          trust(state, call, register, k, "a socket");
        } else if (!socket && !(a.nullable() && Call.isNull(state, value))) {
          call.reportArgument(state, register, a.full() ? "a full socket" : "a socket");
        }
      }
      case Argument.KernelObject a -> {
        if (value.kind() instanceof Kind.KernelObject k
            && !k.nullable()
            && fits(state, call, register, k, a)) {
          trust(state, call, register, k, pointerTo(a));
        } else if (!(a.nullable() && Call.isNull(state, value))) {
          call.reportArgument(state, register, pointerTo(a));
        }
      }
      case Argument.PerCpuVariable a -> {
        // Without a target's BTF, whatever is taken for the kernel's may be such a variable.
        boolean untold = value.kind() instanceof Kind.KernelObject k
            && k.untyped()
            && k.trust() != Kind.Trust.UNTRUSTED;
        if (!(value.kind() instanceof Kind.PerCpuVariable) && !untold) {
          call.reportArgument(state, register, "the address of a per-CPU variable of the kernel");
        }
      }
      case Argument.SpinLock a -> specialField(state, call, register, Setting.SPIN_LOCK);
      case Argument.SpecialField a -> specialField(state, call, register, a.typeName());
      case Argument.AllocatedMemory a -> {
        if (!(value.kind() instanceof Kind.Memory m)
            || m.nullable()
            || m.reference() == 0
            || !isAt(state, value, 0)) {
          call.reportArgument(
              state, register, "the start of memory that was reserved and not yet given back");
        }
      }
      case Argument.Dynptr a -> unsupported(state, call, register, "dynptrs");
      case Argument.Iterator a -> unsupported(state, call, register, "iterators");
      case Argument.Callback a -> {
        if (!(value.kind() instanceof Kind.CodeReference)) {
          call.reportArgument(state, register, "the address of a function of this program");
        } else if (a.contract().calls() == CallbackContract.Calls.LATER) {
          unsupported(state, call, register, "callbacks that run later");
        } else if (a.contract().parameters().contains(CallbackContract.Parameter.DYNPTR)) {
          unsupported(state, call, register, "dynptrs");
        }
      }
      case Argument.CallbackContext a -> {
        // The function hands it back to the program and does not look at it: a pointer does not
        // get out this way.
        if (value.isUninitialised()) {
          call.reportArgument(state, register, "written before");
        }
      }
      case Argument.ConstantString a -> constantString(state, call, register);
    }
  }

  private static String pointerTo(Argument.KernelObject argument) {
    return "a pointer to the kernel's " + (argument.type().isEmpty() ? "objects" : argument.type());
  }

  private void unsupported(State state, Call call, int register, String what) {
    call.report(
        state,
        Check.ARGUMENT,
        call.contract.name() + " works with " + what + ", which this version does not model",
        "the program does without " + what,
        1 << register);
  }

  private boolean isSocket(State state, Value value, Kind.KernelObject kind) {
    return (SOCKET_TYPES.contains(kind.type()) && isAt(state, value, 0))
        || contains(state, value, kind, "sock_common");
  }

  /**
   * Whether the pointer is to the type that is wanted, or to a member that is of it, or of a member's, and so on: an object of one type
   * begins with one of another (Linux 6.18, kernel/bpf/btf.c, btf_struct_ids_match). What is given back has to be the type itself.
   */
  private boolean fits(
      State state, Call call, int register, Kind.KernelObject kind, Argument.KernelObject wanted) {
    Value value = state.register(register);
    boolean same = kind.untyped() || wanted.type().isEmpty() || kind.type().equals(wanted.type());
    boolean released = call.contract.released().equals(OptionalInt.of(register));
    return (same && isAt(state, value, 0))
        || (!released && contains(state, value, kind, wanted.type()));
  }

  private boolean contains(State state, Value value, Kind.KernelObject kind, String wanted) {
    Scalar offset = state.scalar(value);
    return kind.btfType() != 0
        && offset.isConstant()
        && setting
            .kernelTypes()
            .filter(types -> types.composite(wanted).isPresent()
                && types.contains(
                    kind.btfType(),
                    offset.constantValue(),
                    types.composite(wanted).getAsInt()))
            .isPresent();
  }

  /**
   * A function follows the pointer unguarded, unlike loads of the program. Helpers test for null, and take what they are passed or what a field
   * held for alive, as Linux does; functions of the kernel that are called by name do neither.
   */
  private void trust(
      State state, Call call, int register, Kind.KernelObject kind, String expected) {
    boolean helper = call.contract.id() != 0;
    if (kind.trust() == Kind.Trust.UNTRUSTED) {
      notTrusted(state, call, register, "was loaded from where nothing keeps its object");
    } else if (kind.untyped()) {
      reporter.assume("argument r" + register + " of " + call.contract.name() + " is " + expected
          + " (no target BTF tells its type)");
    } else if (!helper && !kind.trust().isTrusted()) {
      notTrusted(state, call, register, "is not one for which the kernel vouches");
    } else if (kind.trust() == Kind.Trust.WALKED) {
      reporter.assume("argument r" + register + " of " + call.contract.name() + ", "
          + expected
          + ", is null or points to what is alive, though it was loaded from a field (Linux"
          + " takes it for granted)");
    }
  }

  private void notTrusted(State state, Call call, int register, String why) {
    call.report(
        state,
        Check.ARGUMENT,
        "argument r" + register + " of " + call.contract.name() + " " + why,
        "r" + register + " is an argument of the program, or what a function gave",
        1 << register);
  }

  private static boolean isAt(State state, Value value, long offset) {
    Scalar known = state.scalar(value);
    return known.isConstant() && known.constantValue() == offset;
  }

  private void anything(State state, Call call, int register) {
    Value value = state.register(register);
    if (value.isUninitialised()) {
      call.reportArgument(state, register, "written before");
    } else if (setting.strict() && !value.isNumber()) {
      call.report(
          state,
          Check.POINTER_LEAK,
          "argument r" + register + " of " + call.contract.name()
              + " is a pointer, where a number is expected",
          "r" + register + " is a number",
          1 << register);
    }
  }

  private void mapPointer(State state, Call call, int register) {
    Optional<MapArgument> map = MapArgument.of(setting, state.register(register).kind());
    if (map.isEmpty()) {
      call.reportArgument(state, register, "a map");
      return;
    }
    call.map = map;
    Optional<MapType> type = map.get().type();
    if (type.isEmpty() || !call.contract.accepts(type.get())) {
      call.report(
          state,
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
      call.report(
          state,
          Check.WRITABLE,
          call.contract.name() + " changes " + setting.mapName(map.get().index())
              + ", which programs may only read",
          "the map permits it",
          1 << register);
    }
  }

  private void mapMemory(State state, Call call, int register, boolean value, MemoryAccess access) {
    if (call.map.isEmpty() || call.map.get().shape() == null) {
      return;
    }
    MapDefinition map = call.map.get().shape();
    long bytes = (value ? map.valueSize() : map.keySize()) & 0xffffffffL;
    handOn(state, call, call.memory(register, Value.constant(bytes), access));
  }

  private void handOn(State state, Call call, ArgumentMemory.Request request) {
    memory.check(state, request);
    call.memories.add(request);
  }

  private void sizedMemory(State state, Call call, int register, Argument.SizedMemory argument) {
    int sizeRegister = argument.size();
    Value size = call.size(state, sizeRegister);
    if (!size.isNumber() || state.scalar(size).signedMin() < 0) {
      // The size is reported where it stands.
      return;
    }
    Value pointer = state.register(register);
    boolean empty = state.scalar(size).signedMax() == 0;
    if (Call.isNull(state, pointer) && argument.nullable() && empty) {
      return;
    }
    if (Call.isNull(state, pointer) && argument.nullable()) {
      call.report(
          state,
          Check.NOT_NULL,
          "argument r" + register + " of " + call.contract.name() + " is null, and its size r"
              + sizeRegister + " may not be 0",
          "the size of null is 0",
          1 << register | 1 << sizeRegister);
      return;
    }
    handOn(state, call, call.memory(register, state.plus(size, 0), argument.access()));
  }

  private void size(State state, Call call, int register, Argument.Size argument) {
    Value size = call.size(state, register);
    if (!size.isNumber()) {
      call.reportArgument(state, register, "a number of bytes");
      return;
    }
    Scalar known = state.scalar(size);
    if (known.signedMin() < (argument.zeroAllowed() ? 0 : 1)) {
      call.report(
          state,
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
      call.reportArgument(state, register, "the " + typeName + " of a map value");
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
    call.reportArgument(state, register, "a string in read-only data, ended by 0");
  }

  private static boolean endsWithin(DataSection data, long offset) {
    for (long i = Math.max(0, offset); offset >= 0 && i < data.contents().size(); i++) {
      if (data.contents().at((int) i) == 0) {
        return true;
      }
    }
    return false;
  }
}
