package dev.assay.graph;

import dev.assay.isa.Register;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which registers and which bytes of the stack frame may still be read before they are overwritten, at each
 * instruction. What is not live at a point can be forgotten there.
 *
 * <p>A frame's byte is named by its offset from r10, −{@code frameSize()} to −1. In sets of bytes, bit i (counted
 * through the words, lowest bit first) is the byte at offset i − {@code frameSize()}. A callee that got a pointer into
 * its caller's frame may read all of it, so what is live of a frame before a local call is live until the call returns.
 *
 * <p>Pointers into the frame are followed through registers and through spills to it. A pointer into the frame is not
 * expected to come out of 32-bit, bitwise or multiplicative arithmetic, nor to be put into the frame by a callee.
 * Immutable.
 */
public final class Liveness {
  /** Linux's frame size in bytes. */
  public static final int DEFAULT_FRAME_SIZE = 512;

  private static final int LARGEST_FRAME_SIZE = 4096;

  private final ControlFlowGraph graph;
  private final int frameSize;
  private final @Nullable FunctionLiveness[] functions;

  private Liveness(ControlFlowGraph graph, CallEffects effects, int frameSize) {
    if (frameSize <= 0 || frameSize > LARGEST_FRAME_SIZE || frameSize % 8 != 0) {
      throw new IllegalArgumentException(
          "a frame has a multiple of 8 bytes up to 4096, not " + frameSize);
    }
    this.graph = graph;
    this.frameSize = frameSize;
    List<FunctionGraph> graphs = graph.functions();
    functions = new @Nullable FunctionLiveness[graphs.size()];
    int[] argumentsRead = new int[graphs.size()];
    Arrays.fill(argumentsRead, RegisterEffects.ARGUMENTS);
    CallResolver.CalleeArguments callees =
        slot -> argumentsRead[graph.functionAt(slot).index()];
    IntSequence order = graph.calls().bottomUp();
    for (int i = 0; i < order.size(); i++) {
      FunctionGraph function = graphs.get(order.at(i));
      FrameFlow flow = new FrameFlow(function, callees, effects, frameSize);
      FunctionLiveness liveness = new FunctionLiveness(function, flow, frameSize);
      functions[function.index()] = liveness;
      if (!graph.calls().isRecursive(function.index())) {
        argumentsRead[function.index()] =
            liveness.registersBefore(function.entrySlot()) & RegisterEffects.ARGUMENTS;
      }
    }
  }

  /** Liveness in all functions with frames of 512 bytes. */
  public static Liveness of(ControlFlowGraph graph, CallEffects effects) {
    return of(graph, effects, DEFAULT_FRAME_SIZE);
  }

  /**
   * Liveness in all functions.
   *
   * @param frameSize in bytes, a multiple of 8 up to 4,096
   */
  public static Liveness of(ControlFlowGraph graph, CallEffects effects, int frameSize) {
    return new Liveness(graph, effects, frameSize);
  }

  FunctionLiveness of(FunctionGraph function) {
    return Objects.requireNonNull(functions[function.index()]);
  }

  /** The liveness of the function in which {@code slot} is live; throws if the slot is dead. */
  private FunctionLiveness at(int slot) {
    FunctionGraph function = graph.functionAt(slot);
    if (function.blockAt(slot) < 0) {
      throw new IndexOutOfBoundsException("no live instruction starts at slot " + slot);
    }
    return of(function);
  }

  /** The size of each frame in bytes. */
  public int frameSize() {
    return frameSize;
  }

  /**
   * The registers that are live just before the instruction at {@code slot}, bit n for register n.
   *
   * @throws IndexOutOfBoundsException if no live instruction starts there
   */
  public int registersBefore(int slot) {
    return at(slot).registersBefore(slot);
  }

  /** Whether {@code register} is live just before the instruction at {@code slot}. */
  public boolean isLive(int slot, Register register) {
    return (registersBefore(slot) >>> register.number() & 1) != 0;
  }

  /** Whether the frame's byte at {@code offset} is live just before the instruction at {@code slot}. */
  public boolean isLive(int slot, int offset) {
    return isAnyLive(slot, offset, 1);
  }

  /**
   * Whether any of {@code size} bytes from {@code offset} upward is live just before the instruction at {@code slot}.
   */
  public boolean isAnyLive(int slot, int offset, int size) {
    return at(slot).isAnyLive(slot, offset, size);
  }

  /** How many words {@link #stackBefore} fills: {@code frameSize() / 64}, rounded up. */
  public int stackWords() {
    return FrameBytes.words(frameSize);
  }

  /** Copies the set of the frame's bytes that are live just before the instruction at {@code slot} to {@code words}. */
  public void stackBefore(int slot, long[] words) {
    at(slot).copyStackBefore(slot, words);
  }
}
