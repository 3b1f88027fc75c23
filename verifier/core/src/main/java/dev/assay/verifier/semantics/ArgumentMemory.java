package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.object.MapDefinition;
import dev.assay.platform.MemoryAccess;
import dev.assay.platform.PacketAccess;
import dev.assay.verifier.check.Bounds;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/**
 * Memory that is handed to a function: it is checked as the function's own accesses would have to be, and afterwards holds what the
 * function may have written.
 */
final class ArgumentMemory {
  private final Setting setting;
  private final Reporter reporter;
  private final StackMemory stack;

  ArgumentMemory(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.stack = new StackMemory(setting.object().byteOrder());
  }

  /**
   * Memory in an argument.
   *
   * @param register the argument's register, 1 to 5
   * @param size bytes as a number of the state; its signed range is not negative
   * @param packet whether packet bytes may be handed on
   */
  record Request(int slot, int register, Value size, MemoryAccess access, boolean packet) {
    String what() {
      return "argument r" + register;
    }

    int registers() {
      return 1 << register;
    }
  }

  /** Checks the memory. */
  void check(State state, Request request) {
    Value pointer = state.register(request.register());
    Scalar size = state.scalar(request.size());
    long most = size.signedMax();
    switch (pointer.kind()) {
      case Kind.FramePointer p -> checkStack(state, request, pointer, p, most);
      case Kind.MapValue v -> checkMapValue(state, request, pointer, v, most);
      case Kind.Memory m -> checkMemory(state, request, pointer, m, most);
      case Kind.Basic basic -> {
        if (basic == Kind.Basic.PACKET) {
          checkPacket(state, request, pointer, most);
        } else {
          reportKind(state, request, pointer);
        }
      }
      case Kind.MapReference m -> reportKind(state, request, pointer);
      case Kind.InnerMap m -> reportKind(state, request, pointer);
      case Kind.KernelObject k -> reportKind(state, request, pointer);
      case Kind.Socket s -> reportKind(state, request, pointer);
      case Kind.PerCpuVariable v -> reportKind(state, request, pointer);
      case Kind.CodeReference c -> reportKind(state, request, pointer);
    }
  }

  private void reportKind(State state, Request request, Value pointer) {
    boolean nothing = pointer.isUninitialised();
    boolean isNull = pointer.isNumber() && state.scalar(pointer).equals(Scalar.constant(0));
    reporter.report(
        request.slot(),
        state,
        nothing ? Check.INITIALISED : isNull ? Check.NOT_NULL : Check.ARGUMENT,
        request.what()
            + (nothing
                ? " is not written on every path to here"
                : isNull
                    ? " is null, where memory is needed"
                    : " is no pointer to memory that can be handed on"),
        request.what()
            + " points to the stack, the packet, a map value or other memory of known size",
        request.registers());
  }

  private boolean nonNull(State state, Request request, Value pointer) {
    if (!pointer.kind().nullable()) {
      return true;
    }
    reporter.report(
        request.slot(),
        state,
        Check.NOT_NULL,
        request.what() + " may be null",
        "it is compared with null before",
        request.registers());
    return false;
  }

  private void checkStack(
      State state, Request request, Value pointer, Kind.FramePointer p, long most) {
    StackFrame frame = state.frame(p.frame()).stack();
    if (!Bounds.within(state, pointer, request.size(), -frame.size(), 0)) {
      reporter.report(
          request.slot(),
          state,
          Check.STACK_BOUNDS,
          request.what() + ": " + sizeText(state, request) + " from stack offset"
              + Describe.range(state.scalar(pointer), " ") + " may lie outside the frame",
          "the memory lies within the frame",
          request.registers());
      return;
    }
    if (!request.access().reads() || most == 0) {
      return;
    }
    Scalar offset = state.scalar(pointer);
    int low = (int) (frame.size() + offset.signedMin());
    // Offset and size may be bounded only together: then by the frame's end.
    int high = (int) (frame.size() + Math.min(0, offset.signedMax() + most));
    int missing = frame.firstUninitialised(low, high);
    if (missing >= 0 && !setting.uninitialisedStack()) {
      reporter.report(
          request.slot(),
          state,
          Check.STACK_INITIALISED,
          request.what()
              + ": the byte at stack offset "
              + (missing - frame.size())
              + " is handed to the function, but not written on every path to here",
          "all " + sizeText(state, request) + " were written before",
          request.registers());
    } else if (setting.strict() && stack.holdsPointer(state, p.frame(), low, high - low)) {
      reporter.report(
          request.slot(),
          state,
          Check.POINTER_LEAK,
          request.what() + ": a stored pointer is handed to the function as data",
          "the memory holds numbers only",
          request.registers());
    }
  }

  private static String sizeText(State state, Request request) {
    Scalar size = state.scalar(request.size());
    return size.isConstant()
        ? size.constantValue() + " bytes"
        : "bytes, their number" + Describe.range(size, " ") + ",";
  }

  private void checkPacket(State state, Request request, Value pointer, long most) {
    PacketAccess allowed = setting.kind().packet();
    if (!request.packet()
        || allowed == PacketAccess.NONE
        || (request.access().writes() && allowed == PacketAccess.READ)) {
      reporter.report(
          request.slot(),
          state,
          Check.WRITABLE,
          request.what() + ": programs of type " + setting.kind().name()
              + " may not hand on the packet here",
          "the memory is not the packet",
          request.registers());
    } else if (!Bounds.withinPacket(state, pointer, request.size(), most)) {
      reporter.report(
          request.slot(),
          state,
          Check.PACKET_BOUNDS,
          request.what() + ": " + sizeText(state, request) + " from packet offset"
              + Describe.range(state.scalar(pointer), " ") + " may go beyond data_end",
          "the end of the memory is compared with data_end before, on every path",
          request.registers());
    }
  }

  private void checkMapValue(
      State state, Request request, Value pointer, Kind.MapValue kind, long most) {
    if (!nonNull(state, request, pointer)) {
      return;
    }
    Optional<MapDefinition> shape = setting.shape(kind);
    String name = setting.mapName(kind.map());
    if (shape.isPresent() && !permitted(shape.get(), request.access())) {
      reporter.report(
          request.slot(),
          state,
          Check.WRITABLE,
          request.what() + ": programs may not hand on values of " + name + " to be "
              + (request.access().writes() ? "written" : "read"),
          "the map permits it",
          request.registers());
      return;
    }
    long size = shape.map(map -> map.valueSize() & 0xffffffffL).orElse(0L);
    if (!Bounds.within(state, pointer, request.size(), 0, size)) {
      reporter.report(
          request.slot(),
          state,
          Check.MAP_VALUE_BOUNDS,
          request.what()
              + ": "
              + sizeText(state, request)
              + " from offset"
              + Describe.range(state.scalar(pointer), " ")
              + " may lie outside the value of "
              + name
              + " ("
              + size
              + " bytes)",
          "the memory lies within the value",
          request.registers());
      return;
    }
    Scalar offset = state.scalar(pointer);
    for (MapDefinition.SpecialField field : shape.get().specialFields()) {
      if (offset.signedMin() < (long) field.offset() + field.size()
          && field.offset() < offset.signedMax() + most) {
        reporter.report(
            request.slot(),
            state,
            Check.SPECIAL_FIELD,
            request.what() + " covers the field " + field.typeName() + " of values of " + name,
            "only the helpers for " + field.typeName() + " touch it",
            request.registers());
        return;
      }
    }
  }

  private boolean permitted(MapDefinition map, MemoryAccess access) {
    return (!access.writes() || setting.valueWritable(map))
        && (!access.reads() || setting.valueReadable(map));
  }

  private void checkMemory(
      State state, Request request, Value pointer, Kind.Memory memory, long most) {
    if (!nonNull(state, request, pointer)) {
      return;
    }
    if (request.access().writes() && !memory.writable()) {
      reporter.report(
          request.slot(),
          state,
          Check.WRITABLE,
          request.what() + ": " + memory.type() + " is read-only",
          "the memory is writable",
          request.registers());
    } else if (!Bounds.within(state, pointer, request.size(), 0, memory.size())) {
      reporter.report(
          request.slot(),
          state,
          Check.MEMORY_BOUNDS,
          request.what()
              + ": "
              + sizeText(state, request)
              + " from offset"
              + Describe.range(state.scalar(pointer), " ")
              + " may lie outside the "
              + memory.size()
              + " bytes of "
              + memory.type(),
          "the memory lies within the region",
          request.registers());
    }
  }

  /**
   * Changes the state as the function may. Only the stack has contents that matter. Bytes that are surely written become unknown numbers;
   * of others that may be written, numbers become unknown and pointers unusable.
   */
  void write(State state, Request request) {
    Value pointer = state.register(request.register());
    if (!request.access().writes() || !(pointer.kind() instanceof Kind.FramePointer p)) {
      return;
    }
    int frameSize = state.frame(p.frame()).stack().size();
    Scalar offset = state.scalar(pointer);
    Scalar size = state.scalar(request.size());
    long most = Math.min(size.signedMax(), frameSize);
    if (!Bounds.within(state, pointer, request.size(), -frameSize, 0)) {
      return;
    }
    int low = (int) (frameSize + offset.signedMin());
    if (offset.isConstant()) {
      // The size's range may be larger than what its sum with the offset leaves of it.
      most = Math.min(most, -offset.signedMin());
    } else {
      // Offset and size may be bounded only together: then by the frame's end.
      int high = (int) (frameSize + Math.min(0, offset.signedMax() + most));
      stack.storeWeakly(state, p.frame(), low, high - low, false);
      return;
    }
    int least = (int) Math.max(0, Math.min(most, size.signedMin()));
    if (request.access() == MemoryAccess.READ_WRITE) {
      // Every byte was initialised before, and stays so.
      stack.scramble(state, p.frame(), low, (int) most);
      return;
    }
    stack.scramble(state, p.frame(), low, least);
    stack.storeWeakly(state, p.frame(), low + least, (int) most - least, false);
  }
}
