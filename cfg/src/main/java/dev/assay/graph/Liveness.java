package dev.assay.graph;

import dev.assay.isa.Register;

/**
 * Which registers and which bytes of the stack frame may still be read before they are overwritten, at each
 * instruction. What is not live at a point can be forgotten there.
 *
 * <p>A frame's byte is named by its offset from r10, −{@code frameSize()} to −1. In sets of bytes, bit i (counted through the
 * words, lowest bit first) is the byte at offset i − {@code frameSize()}. A callee that got a pointer into its caller's frame may read
 * all of it, so what is live of a frame before a local call is live until the call returns.
 */
public final class Liveness {
  /** Linux's frame size in bytes. */
  public static final int DEFAULT_FRAME_SIZE = 512;

  private Liveness() {}

  /** Liveness in all functions with frames of 512 bytes. */
  public static Liveness of(ControlFlowGraph graph, CallEffects effects) {
    return of(graph, effects, DEFAULT_FRAME_SIZE);
  }

  /**
   * Liveness in all functions.
   *
   * @param frameSize in bytes, a multiple of 64 up to 32,704
   */
  public static Liveness of(ControlFlowGraph graph, CallEffects effects, int frameSize) {
    throw new UnsupportedOperationException();
  }

  /** The size of each frame in bytes. */
  public int frameSize() {
    throw new UnsupportedOperationException();
  }

  /** The registers that are live just before the instruction at {@code slot}, bit n for register n; 0 if it is dead. */
  public int registersBefore(int slot) {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code register} is live just before the instruction at {@code slot}. */
  public boolean isLive(int slot, Register register) {
    return (registersBefore(slot) >>> register.number() & 1) != 0;
  }

  /** Whether the frame's byte at {@code offset} is live just before the instruction at {@code slot}. */
  public boolean isLive(int slot, int offset) {
    throw new UnsupportedOperationException();
  }

  /** Whether any of {@code size} bytes from {@code offset} upward is live just before the instruction at {@code slot}. */
  public boolean isAnyLive(int slot, int offset, int size) {
    throw new UnsupportedOperationException();
  }

  /** How many words {@link #stackBefore} fills: {@code frameSize() / 64}. */
  public int stackWords() {
    throw new UnsupportedOperationException();
  }

  /** Copies the set of the frame's bytes that are live just before the instruction at {@code slot} to {@code words}. */
  public void stackBefore(int slot, long[] words) {
    throw new UnsupportedOperationException();
  }
}
