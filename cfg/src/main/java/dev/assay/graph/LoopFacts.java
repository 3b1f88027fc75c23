package dev.assay.graph;

import dev.assay.isa.Width;
import java.util.List;

/** What the instructions of a loop (a component of a function's weak topological order) change and compare. */
public final class LoopFacts {
  private LoopFacts() {}

  /**
   * A constant that a conditional jump of the loop compares with.
   *
   * @param value the constant, sign-extended to 64 bits as the instruction does
   */
  public record Threshold(long value, Width width, boolean signed) {}

  /** The facts of all components of {@code order}, which is that of {@code function}'s blocks. */
  public static LoopFacts of(
      FunctionGraph function, WeakTopologicalOrder order, CallEffects effects, int frameSize) {
    throw new UnsupportedOperationException();
  }

  /** The registers that the component may write, bit n for register n; inner components included. */
  public int modifiedRegisters(int component) {
    throw new UnsupportedOperationException();
  }

  /** Whether the component may write any of {@code size} bytes from {@code offset} (from r10, negative) upward. */
  public boolean mayModifyStack(int component, int offset, int size) {
    throw new UnsupportedOperationException();
  }

  /** Copies the set of the frame's bytes that the component may write to {@code words}, as in {@link Liveness}. */
  public void modifiedStack(int component, long[] words) {
    throw new UnsupportedOperationException();
  }

  /** The registers that conditional jumps of the component compare, bit n for register n. */
  public int comparedRegisters(int component) {
    throw new UnsupportedOperationException();
  }

  /** The constants that conditional jumps of the component compare with, without repetition, in order of value. */
  public List<Threshold> thresholds(int component) {
    throw new UnsupportedOperationException();
  }
}
