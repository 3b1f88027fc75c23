package dev.assay.verifier.semantics;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.numeric.Truth;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.platform.Field;
import dev.assay.platform.FieldKind;
import dev.assay.platform.Layout;
import dev.assay.platform.PacketAccess;
import dev.assay.verifier.check.Bounds;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Loads, stores and atomic operations. Only the stack and read-only data have contents; every other load gives a new unknown value,
 * because others may write there at any time.
 */
final class MemorySemantics {
  private static final long FLOW_KEYS_BYTES = 56;

  private final Setting setting;
  private final Reporter reporter;
  private final StackMemory stack;

  MemorySemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.stack = new StackMemory(setting.object().byteOrder());
  }

  /** An access as it is checked: where, how many bytes, and what for. {@code at} is the pointer with the instruction's offset added. */
  private record Access(int slot, Register base, Value at, int size, boolean write) {
    String what() {
      return (write ? "store of " : "load of ") + size + (size == 1 ? " byte" : " bytes");
    }

    int registers() {
      return 1 << base.number();
    }
  }

  void load(State state, int slot, Instruction.Load load) {
    Value loaded = load(state, slot, load.base(), load.offset(), load.size());
    if (load.signed()) {
      if (!loaded.isNumber()) {
        reportPartOfPointer(state, slot, 1 << load.base().number());
      }
      Scalar extended = loaded.isNumber()
          ? state.scalar(loaded).signExtend(load.size().bits())
          : Scalar.top().signExtend(load.size().bits());
      loaded = state.numbers().freshNumber(extended);
    }
    state.setRegister(load.destination().number(), loaded);
  }

  private Value load(State state, int slot, Register base, int offset, AccessSize size) {
    Optional<Value> pointer = dereferenced(state, slot, base);
    if (pointer.isEmpty()) {
      return unknown(state, size.bytes());
    }
    Access access = new Access(slot, base, state.plus(pointer.get(), offset), size.bytes(), false);
    return switch (access.at().kind()) {
      case Kind.Basic basic ->
        switch (basic) {
          case CONTEXT -> loadContext(state, access);
          case PACKET -> {
            checkPacket(state, access);
            yield unknown(state, access.size());
          }
          case NUMBER, UNINITIALISED, UNUSABLE -> unknown(state, access.size());
        };
      case Kind.FramePointer p -> loadStack(state, access, p);
      case Kind.MapValue v -> loadMapValue(state, access, v);
      case Kind.Memory m -> {
        checkMemory(state, access, m);
        yield unknown(state, access.size());
      }
      case Kind.Socket s -> loadSocket(state, access, s);
      case Kind.KernelObject k -> loadKernelObject(state, access, k);
      case Kind.MapReference m -> unknown(state, access.size());
      case Kind.InnerMap m -> unknown(state, access.size());
      case Kind.CodeReference c -> unknown(state, access.size());
    };
  }

  private static Value unknown(State state, int bytes) {
    return state.numbers().freshNumber(Scalar.top().zeroExtend(8 * bytes));
  }

  /** The pointer in {@code base} if it may be dereferenced at all; null is ruled out after it was reported. */
  private Optional<Value> dereferenced(State state, int slot, Register base) {
    int r = base.number();
    Value value = state.register(r);
    int used = 1 << r;
    switch (value.kind()) {
      case Kind.Basic basic -> {
        switch (basic) {
          case UNINITIALISED ->
            reporter.report(
                slot,
                state,
                Check.INITIALISED,
                base + " is used as an address, but not written on every path to here",
                base + " is written before",
                used);
          case UNUSABLE ->
            reporter.report(
                slot,
                state,
                Check.POINTER,
                base
                    + " is used as an address, but does not hold one pointer on all paths, or was"
                    + " invalidated",
                base + " is a valid pointer",
                used);
          case NUMBER ->
            reporter.report(
                slot,
                state,
                state.scalar(value).equals(Scalar.constant(0)) ? Check.NOT_NULL : Check.POINTER,
                state.scalar(value).equals(Scalar.constant(0))
                    ? base + " is null here"
                    : base + " is a number, and is used as an address",
                base + " is a pointer",
                used);
          case CONTEXT, PACKET -> {
            return Optional.of(value);
          }
        }
        return Optional.empty();
      }
      case Kind.MapReference m -> {
        reporter.report(
            slot,
            state,
            Check.POINTER,
            "a map is accessed directly",
            "maps are accessed through helpers",
            used);
        return Optional.empty();
      }
      case Kind.InnerMap m -> {
        reporter.report(
            slot,
            state,
            Check.POINTER,
            "a map is accessed directly",
            "maps are accessed through helpers",
            used);
        return Optional.empty();
      }
      case Kind.CodeReference c -> {
        reporter.report(
            slot, state, Check.POINTER, "code is accessed as data", base + " points to data", used);
        return Optional.empty();
      }
      case Kind.FramePointer p -> {
        return Optional.of(value);
      }
      case Kind.MapValue v -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.Memory m -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.KernelObject k -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.Socket s -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
    }
  }

  private Value nonNull(State state, int slot, Register base, Value value) {
    if (!value.kind().nullable()) {
      return value;
    }
    reporter.report(
        slot,
        state,
        Check.NOT_NULL,
        base + " may be null",
        base + " is compared with null before",
        1 << base.number());
    Value pointer = value.withKind(value.kind().nonNull());
    state.setRegister(base.number(), pointer);
    return pointer;
  }

  private Value loadStack(State state, Access access, Kind.FramePointer pointer) {
    if (!checkStack(state, access, pointer)) {
      return unknown(state, access.size());
    }
    int size = state.frame(pointer.frame()).stack().size();
    Scalar offset = state.scalar(access.at());
    int low = (int) (size + offset.signedMin());
    int length = (int) (offset.signedMax() - offset.signedMin()) + access.size();
    if (offset.isConstant()) {
      return loaded(state, access, pointer.frame(), low);
    }
    int missing = state.frame(pointer.frame()).stack().firstUninitialised(low, low + length);
    if (missing >= 0) {
      reportUninitialised(state, access, missing - size);
    } else if (stack.holdsPointer(state, pointer.frame(), low, length)) {
      reportPartOfPointer(state, access.slot(), access.registers());
    }
    return unknown(state, access.size());
  }

  private Value loaded(State state, Access access, int frame, int index) {
    return switch (stack.load(state, frame, index, access.size())) {
      case StackMemory.Loaded.Known known -> known.value();
      case StackMemory.Loaded.Uninitialised missing -> {
        reportUninitialised(
            state, access, missing.index() - state.frame(frame).stack().size());
        yield unknown(state, access.size());
      }
      case StackMemory.Loaded.PartOfPointer part -> {
        reportPartOfPointer(state, access.slot(), access.registers());
        yield unknown(state, access.size());
      }
    };
  }

  private void reportUninitialised(State state, Access access, int offset) {
    reporter.report(
        access.slot(),
        state,
        Check.STACK_INITIALISED,
        "the byte at r10" + offset + " is read, but not written on every path to here",
        "all bytes that are read were written before",
        access.registers());
  }

  private void reportPartOfPointer(State state, int slot, int registers) {
    if (setting.strict()) {
      reporter.report(
          slot,
          state,
          Check.POINTER_LEAK,
          "part of a stored pointer is read as a number",
          "pointers are read as a whole",
          registers);
    }
  }

  private boolean checkStack(State state, Access access, Kind.FramePointer pointer) {
    int size = state.frame(pointer.frame()).stack().size();
    if (Bounds.within(state, access.at(), access.size(), -size, 0)) {
      return true;
    }
    reporter.report(
        access.slot(),
        state,
        Check.STACK_BOUNDS,
        access.what() + " at stack offset" + Describe.range(state.scalar(access.at()), " ")
            + " may lie outside the frame",
        "the offset from r10 is at least " + -size + " and at most " + -access.size(),
        access.registers());
    return false;
  }

  private boolean checkPacket(State state, Access access) {
    PacketAccess allowed = setting.kind().packet();
    if (allowed == PacketAccess.NONE || (access.write() && allowed == PacketAccess.READ)) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          "programs of type " + setting.kind().name() + " may not "
              + (access.write() ? "write" : "read") + " the packet directly",
          access.write()
              ? "the packet is written through a helper"
              : "the packet is read through a helper",
          access.registers());
      return false;
    }
    if (!Bounds.startsInPacket(state, access.at())) {
      reporter.report(
          access.slot(),
          state,
          Check.PACKET_BOUNDS,
          access.what() + " may start before the packet",
          "the offset from data is not negative",
          access.registers());
      return false;
    }
    if (!Bounds.endsInPacket(state, access.at(), access.size())) {
      reporter.report(
          access.slot(),
          state,
          Check.PACKET_BOUNDS,
          access.what() + " at packet offset" + Describe.range(state.scalar(access.at()), " ")
              + " may go beyond data_end",
          "the end of the access is compared with data_end before, on every path",
          access.registers());
      return false;
    }
    return true;
  }

  private Value loadContext(State state, Access access) {
    Optional<Field> field = contextField(state, access);
    if (field.isEmpty()) {
      return unknown(state, access.size());
    }
    return switch (field.get().kind()) {
      case FieldKind.Scalar s -> unknown(state, access.size());
      case FieldKind.PacketData d -> Value.pointer(Kind.Basic.PACKET, 0);
      case FieldKind.PacketEnd e -> state.packetSize().withKind(Kind.Basic.PACKET);
      case FieldKind.PacketMeta m -> state.packetMeta().withKind(Kind.Basic.PACKET);
      case FieldKind.Socket s ->
        Value.pointer(new Kind.Socket(s.socket(), s.nullable(), 0, false), 0);
      case FieldKind.FlowKeys k ->
        Value.pointer(new Kind.Memory("flow keys", FLOW_KEYS_BYTES, true, false, 0), 0);
      case FieldKind.KernelObject k ->
        Value.pointer(new Kind.KernelObject(k.type(), k.nullable(), 0, false), 0);
      case FieldKind.Buffer b -> Value.pointer(Kind.KernelObject.ANY, 0);
      case FieldKind.BtfArgument a -> argument(state, access);
    };
  }

  private Value argument(State state, Access access) {
    if (access.size() != 8) {
      return unknown(state, access.size());
    }
    reporter.assume("argument "
        + (state.scalar(access.at()).constantValue() / 8 + 1)
        + " of the attach target is a number or a pointer that the kernel lets programs follow"
        + " (no target BTF tells its type)");
    return state.numbers().freshValue(Kind.KernelObject.ANY, Scalar.constant(0));
  }

  private Optional<Field> contextField(State state, Access access) {
    return field(
        state,
        access,
        setting.kind().context(),
        "the context of " + setting.kind().name());
  }

  private Optional<Field> field(State state, Access access, Layout layout, String what) {
    Scalar offset = state.scalar(access.at());
    if (!offset.isConstant()) {
      reporter.report(
          access.slot(),
          state,
          Check.CONTEXT_ACCESS,
          access.what() + " in " + what + " at an offset that is not known",
          "the offset is a constant",
          access.registers());
      return Optional.empty();
    }
    long at = offset.constantValue();
    Optional<Field> field = at >= 0 && at < Integer.MAX_VALUE
        ? layout.access((int) at, access.size(), access.write())
        : Optional.empty();
    if (field.isEmpty()) {
      reporter.report(
          access.slot(),
          state,
          Check.CONTEXT_ACCESS,
          access.what() + " at offset " + at + " of " + what + " is not permitted",
          "offset and size are those of a field that programs may "
              + (access.write() ? "write" : "read"),
          access.registers());
    }
    return field;
  }

  private Value loadMapValue(State state, Access access, Kind.MapValue kind) {
    if (!checkMapValue(state, access, kind)) {
      return unknown(state, access.size());
    }
    MapDefinition map = setting.map(kind.map());
    Scalar offset = state.scalar(access.at());
    if (!kind.inner()
        && map.data().isPresent()
        && map.data().get().readOnly()
        && offset.isConstant()) {
      return contents(state, access, map.data().get(), (int) offset.constantValue());
    }
    return unknown(state, access.size());
  }

  /** Read-only data holds what the object says, but for variables that a loader may set. */
  private Value contents(State state, Access access, DataSection data, int offset) {
    List<DataSection.Variable> setByLoader = data.variables().stream()
        .filter(v -> v.volatileConstant()
            && v.offset() < offset + access.size()
            && offset < v.offset() + v.size())
        .toList();
    // A load may cover several: what is assumed of one says nothing of the next.
    for (DataSection.Variable variable : setByLoader) {
      Long fixed = setting.options().values().get(variable.name());
      if (fixed != null && offset == variable.offset() && access.size() == variable.size()) {
        reporter.assume(variable.name() + " is " + fixed + " (given)");
        return state.numbers().freshNumber(Scalar.constant(fixed).zeroExtend(8 * access.size()));
      }
      if (fixed != null || !setting.initialValues()) {
        return unknown(state, access.size());
      }
      reporter.assume("the read-only variable " + variable.name() + " has its initial value");
    }
    long value = 0;
    for (int i = 0; i < access.size(); i++) {
      long octet = data.contents().at(offset + i) & 0xffL;
      value |= octet
          << (8
              * (setting.object().byteOrder() == ByteOrder.LITTLE_ENDIAN
                  ? i
                  : access.size() - 1 - i));
    }
    return Value.constant(value);
  }

  private boolean checkMapValue(State state, Access access, Kind.MapValue kind) {
    Optional<MapDefinition> shape = setting.shape(kind);
    String name = setting.mapName(kind.map());
    if (shape.isEmpty()) {
      reporter.report(
          access.slot(),
          state,
          Check.MAP_VALUE_BOUNDS,
          "the size of values of maps in " + name + " is not known",
          "the object has an inner map for " + name,
          access.registers());
      return false;
    }
    MapDefinition map = shape.get();
    if (access.write() ? !setting.valueWritable(map) : !setting.valueReadable(map)) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          "values of " + name + " may not be " + (access.write() ? "written" : "read")
              + " by programs",
          "the map permits it",
          access.registers());
      return false;
    }
    long size = map.valueSize() & 0xffffffffL;
    if (!Bounds.within(state, access.at(), access.size(), 0, size)) {
      reporter.report(
          access.slot(),
          state,
          Check.MAP_VALUE_BOUNDS,
          access.what()
              + " at offset"
              + Describe.range(state.scalar(access.at()), " ")
              + " may lie outside the value of "
              + name
              + " ("
              + size
              + " bytes)",
          "the offset is at least 0 and at most " + (size - access.size()),
          access.registers());
      return false;
    }
    return checkSpecialFields(state, access, map);
  }

  private boolean checkSpecialFields(State state, Access access, MapDefinition map) {
    Scalar offset = state.scalar(access.at());
    for (MapDefinition.SpecialField field : map.specialFields()) {
      if (offset.signedMin() < (long) field.offset() + field.size()
          && field.offset() < offset.signedMax() + access.size()) {
        reporter.report(
            access.slot(),
            state,
            Check.SPECIAL_FIELD,
            access.what() + " touches the field " + field.typeName() + " at offset "
                + field.offset() + " of values of " + map.name(),
            "only the helpers for " + field.typeName() + " touch it",
            access.registers());
        return false;
      }
    }
    return true;
  }

  private boolean checkMemory(State state, Access access, Kind.Memory memory) {
    if (access.write() && !memory.writable()) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          memory.type() + " may not be written",
          "the memory is writable",
          access.registers());
      return false;
    }
    if (!Bounds.within(state, access.at(), access.size(), 0, memory.size())) {
      reporter.report(
          access.slot(),
          state,
          Check.MEMORY_BOUNDS,
          access.what()
              + " at offset"
              + Describe.range(state.scalar(access.at()), " ")
              + " may lie outside the "
              + memory.size()
              + " bytes of "
              + memory.type(),
          "the offset is at least 0 and at most " + (memory.size() - access.size()),
          access.registers());
      return false;
    }
    return true;
  }

  private Value loadSocket(State state, Access access, Kind.Socket socket) {
    Optional<Field> field =
        field(state, access, setting.platform().socketLayout(socket.socketClass()), "a socket");
    return field.isPresent() && field.get().kind() instanceof FieldKind.Socket s
        ? Value.pointer(
            new Kind.Socket(s.socket(), s.nullable(), socket.reference(), socket.reference() != 0),
            0)
        : unknown(state, access.size());
  }

  /** The kernel guards loads through such pointers: a fault gives 0. What is loaded may be a pointer of the same sort. */
  private static Value loadKernelObject(State state, Access access, Kind.KernelObject object) {
    return access.size() == 8
        ? state.numbers().freshValue(Kind.KernelObject.ANY, Scalar.constant(0))
        : unknown(state, access.size());
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
    Optional<Value> pointer = dereferenced(state, slot, store.base());
    if (pointer.isEmpty()) {
      return;
    }
    Access access = new Access(
        slot,
        store.base(),
        state.plus(pointer.get(), store.offset()),
        store.size().bytes(),
        true);
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
          case CONTEXT -> contextField(state, access);
          case PACKET -> checkPacket(state, access);
          case NUMBER, UNINITIALISED, UNUSABLE -> {}
        }
      }
      case Kind.FramePointer p -> storeStack(state, access, p, value);
      case Kind.MapValue v -> checkMapValue(state, access, v);
      case Kind.Memory m -> checkMemory(state, access, m);
      case Kind.Socket s ->
        field(state, access, setting.platform().socketLayout(s.socketClass()), "a socket");
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
      case Kind.CodeReference c -> {}
    }
  }

  private void storeStack(State state, Access access, Kind.FramePointer pointer, Value value) {
    if (!checkStack(state, access, pointer)) {
      return;
    }
    int size = state.frame(pointer.frame()).stack().size();
    Scalar offset = state.scalar(access.at());
    int low = (int) (size + offset.signedMin());
    if (offset.isConstant()) {
      checkOverwrittenPointer(state, access, pointer.frame(), low);
      stack.store(state, pointer.frame(), low, access.size(), stored(state, value, access.size()));
      return;
    }
    int length = (int) (offset.signedMax() - offset.signedMin()) + access.size();
    stack.storeWeakly(state, pointer.frame(), low, length, !value.isNumber());
  }

  /** What memory holds after a store of some low bytes of a value. */
  private static Value stored(State state, Value value, int bytes) {
    if (bytes == 8) {
      return value;
    }
    return value.isNumber()
        ? ArithmeticSemantics.truncated(state, value, 8 * bytes)
        : unknown(state, bytes);
  }

  /** Under the strict policy a pointer on the stack is overwritten as a whole, or what remains could be read. */
  private void checkOverwrittenPointer(State state, Access access, int frame, int index) {
    if (!setting.strict()) {
      return;
    }
    var cells = state.frame(frame).stack();
    for (int i = cells.firstCellAt(index);
        i < cells.cells() && cells.start(i) < index + access.size();
        i++) {
      boolean covered =
          cells.start(i) >= index && cells.start(i) + cells.length(i) <= index + access.size();
      if (!cells.value(i).isNumber() && !covered) {
        reporter.report(
            access.slot(),
            state,
            Check.POINTER_LEAK,
            "a stored pointer is overwritten in part",
            "pointers are overwritten as a whole",
            access.registers());
        return;
      }
    }
  }

  void atomic(State state, int slot, Instruction.Atomic atomic) {
    int size = atomic.width().bytes();
    int used = 1 << atomic.base().number() | 1 << atomic.source().number();
    Value operand = number(state, slot, atomic.source(), used);
    if (atomic.operator() == AtomicOperator.CMPXCHG) {
      number(state, slot, Register.R0, used | 1);
    }
    Optional<Value> pointer = dereferenced(state, slot, atomic.base());
    Value old = unknown(state, size);
    if (pointer.isPresent()) {
      Access access =
          new Access(slot, atomic.base(), state.plus(pointer.get(), atomic.offset()), size, true);
      old = update(
          state, access, atomic, ArithmeticSemantics.truncated(state, operand, 8 * size), old);
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
    switch (access.at().kind()) {
      case Kind.FramePointer p -> {
        return updateStack(state, access, atomic, operand, p, unknown);
      }
      case Kind.MapValue v -> {
        if (checkMapValue(state, access, v)) {
          checkMapValue(
              state,
              new Access(access.slot(), access.base(), access.at(), access.size(), false),
              v);
        }
      }
      case Kind.Memory m -> checkMemory(state, access, m);
      case Kind.Basic b -> reportAtomic(state, access);
      case Kind.Socket s -> reportAtomic(state, access);
      case Kind.KernelObject k -> reportAtomic(state, access);
      case Kind.MapReference m -> reportAtomic(state, access);
      case Kind.InnerMap m -> reportAtomic(state, access);
      case Kind.CodeReference c -> reportAtomic(state, access);
    }
    return unknown;
  }

  private void reportAtomic(State state, Access access) {
    reporter.report(
        access.slot(),
        state,
        Check.POINTER,
        "an atomic operation on memory that has none",
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
    Value old = loadStack(state, read, pointer);
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
    if (checkStack(state, access, pointer)) {
      storeStack(state, access, pointer, updated(state, atomic, old, operand));
    }
    return old;
  }

  private static Value updated(State state, Instruction.Atomic atomic, Value old, Value operand) {
    Width width = atomic.width();
    return switch (atomic.operator()) {
      case ADD -> ArithmeticSemantics.onNumbers(state, ArithmeticOperator.ADD, width, old, operand);
      case OR -> ArithmeticSemantics.onNumbers(state, ArithmeticOperator.OR, width, old, operand);
      case AND -> ArithmeticSemantics.onNumbers(state, ArithmeticOperator.AND, width, old, operand);
      case XOR -> ArithmeticSemantics.onNumbers(state, ArithmeticOperator.XOR, width, old, operand);
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
