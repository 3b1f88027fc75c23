package dev.assay.verifier.invariants;

import dev.assay.verifier.invariants.Constraint.Location;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * How PREVAIL's names read in our states.
 *
 * <p>Its stack is one array in which the frames of callers lie above r10, and programs may reach them; ours is a frame each. A case without
 * functions therefore has one frame that is the whole array, with r10 within it; in one with functions r10 points to the frame's end.
 */
final class Places {
  private final Host host;
  private final StackMemory memory;
  private final int stackTop;
  private final int frameSize;
  private final int r10;

  Places(Host host, ByteOrder order, int stackTop, int frameSize, int r10) {
    this.r10 = r10;
    this.host = host;
    this.memory = new StackMemory(order);
    this.stackTop = stackTop;
    this.frameSize = frameSize;
  }

  /** Where r10 points in PREVAIL's stack. */
  int r10() {
    return r10;
  }

  /** Where the frame ends in PREVAIL's stack. */
  int stackTop() {
    return stackTop;
  }

  /** The index in our frame of a byte of PREVAIL's stack; may lie outside. */
  int index(int stackOffset) {
    return stackOffset - (stackTop - frameSize);
  }

  boolean inFrame(Location.OnStack cell) {
    return index(cell.first()) >= 0 && index(cell.last()) < frameSize;
  }

  StackMemory memory() {
    return memory;
  }

  /** What a location holds, if it holds a word that can be spoken of. */
  Optional<Value> value(State state, Location location) {
    return switch (location) {
      case Location.InRegister r -> Optional.of(state.register(r.register()));
      case Location.OnStack cell
      when inFrame(cell) && List.of(1, 2, 4, 8).contains(cell.length()) ->
        memory.load(state, 0, index(cell.first()), cell.length())
                instanceof StackMemory.Loaded.Known known
            ? Optional.of(known.value())
            : Optional.empty();
      case Location.OnStack cell -> Optional.empty();
      case Location.Global global -> Optional.empty();
    };
  }

  /** PREVAIL's name of what a value is; empty if it is nothing that may be used. */
  static Optional<String> type(Value value) {
    return switch (value.kind()) {
      case Kind.Basic basic ->
        switch (basic) {
          case UNINITIALISED, UNUSABLE -> Optional.empty();
          case NUMBER -> Optional.of("number");
          case CONTEXT -> Optional.of("ctx");
          case PACKET -> Optional.of("packet");
        };
      case Kind.FramePointer frame -> Optional.of("stack");
      case Kind.MapReference map ->
        Optional.of(map.map() == Host.PROGRAMS ? "map_fd_programs" : "map_fd");
      case Kind.InnerMap inner -> Optional.of("map_fd");
      case Kind.MapValue mapValue -> Optional.of("shared");
      case Kind.Memory m -> Optional.of("alloc_mem");
      case Kind.KernelObject object -> Optional.empty();
      case Kind.Socket socket -> Optional.of("socket");
      case Kind.PerCpuVariable variable -> Optional.empty();
      case Kind.CodeReference code -> Optional.of("func");
    };
  }

  /** The name of the region that a pointer points into. */
  static String region(Value pointer) {
    return switch (pointer.kind()) {
      case Kind.FramePointer frame -> "stack" + frame.frame();
      case Kind.MapValue value -> "shared" + value.map();
      default -> type(pointer).orElse("none");
    };
  }

  /** The size of the shared memory that a pointer points into. */
  Optional<Integer> sharedSize(Value value) {
    return value.kind() instanceof Kind.MapValue map
        ? Optional.of(host.valueSize(map.map()))
        : Optional.empty();
  }

  /** The pointer's offset within PREVAIL's region. */
  Value offset(State state, Value pointer) {
    Value number = pointer.asNumber();
    return pointer.kind() instanceof Kind.FramePointer ? state.plus(number, stackTop) : number;
  }
}
