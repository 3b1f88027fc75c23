package dev.assay.verifier.state;

import dev.assay.numeric.Operation;
import dev.assay.numeric.Scalar;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Loads from and stores to stack frames at known places. Indices count from the lowest byte of the frame, lengths are bytes; callers have
 * checked that they lie within the frame.
 */
public final class StackMemory {
  private final ByteOrder order;

  /** Memory of a program in this byte order. */
  public StackMemory(ByteOrder order) {
    this.order = order;
  }

  /** What a load finds. */
  public sealed interface Loaded {
    /** The bytes hold this. A number is zero-extended. */
    record Known(Value value) implements Loaded {}

    /** The byte at {@code index} may not have been written. */
    record Uninitialised(int index) implements Loaded {}

    /** Some of the bytes are part of a pointer, or of something unusable. */
    record PartOfPointer() implements Loaded {}
  }

  /**
   * Loads {@code length} bytes. Where nothing was known of initialised bytes, the state afterwards remembers what they were called, so that
   * a second load gives the same value.
   */
  public Loaded load(State state, int frame, int index, int length) {
    StackFrame stack = state.frame(frame).stack();
    int exact = stack.find(index, length);
    if (exact >= 0) {
      Value value = stack.value(exact);
      if (value.isNumber() && length < Long.BYTES) {
        // A cell holds no more than its bytes can, also where widening forgot it.
        state.numbers().refine(value, Scalar.top().zeroExtend(8 * length));
      }
      return new Loaded.Known(value);
    }
    int missing = stack.firstUninitialised(index, index + length);
    if (missing >= 0) {
      return new Loaded.Uninitialised(missing);
    }
    int first = stack.firstCellAt(index);
    int last = first;
    boolean literal = true;
    int covered = 0;
    while (last < stack.cells() && stack.start(last) < index + length) {
      Value value = stack.value(last);
      if (!value.isNumber()) {
        return new Loaded.PartOfPointer();
      }
      literal &= value.isLiteral();
      int from = Math.max(index, stack.start(last));
      int to = Math.min(index + length, stack.start(last) + stack.length(last));
      covered += to - from;
      last++;
    }
    if (last - first == 1 && covered == length) {
      Value part =
          part(state, stack.value(first), stack.start(first), stack.length(first), index, length);
      return new Loaded.Known(part);
    }
    if (literal && covered == length) {
      return new Loaded.Known(Value.constant(assemble(stack, first, index, length)));
    }
    Scalar known = covered == length
        ? composed(state, stack, first, index, length)
        : Scalar.top().zeroExtend(8 * length);
    Value unknown = state.numbers().freshNumber(known);
    if (first == last) {
      state.setFrame(
          frame,
          state.frame(frame).withStack(stack.overwritten(index, length, unknown, remains(state))));
    }
    return new Loaded.Known(unknown);
  }

  /**
   * Stores {@code length} bytes. A number must already be zero-extended from them; any other kind has 8 bytes. What was known of bytes beside
   * them is kept.
   */
  public void store(State state, int frame, int index, int length, @Nullable Value value) {
    Frame old = state.frame(frame);
    state.setFrame(
        frame, old.withStack(old.stack().overwritten(index, length, value, remains(state))));
  }

  /** Whether some of {@code [index, index + length)} is part of something that is no number. */
  public boolean holdsPointer(State state, int frame, int index, int length) {
    StackFrame stack = state.frame(frame).stack();
    for (int i = stack.firstCellAt(index);
        i < stack.cells() && stack.start(i) < index + length;
        i++) {
      if (!stack.value(i).isNumber()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes {@code [index, index + length)} initialised numbers of which nothing is known. What is left of a pointer beside them stays no number:
   * nobody checks, as for a store, whether that may be read.
   */
  public void scramble(State state, int frame, int index, int length) {
    if (length > 0) {
      StackFrame.Remains numbers = remains(state);
      Frame old = state.frame(frame);
      StackFrame scrambled = old.stack()
          .overwritten(
              index,
              length,
              null,
              (value, start, size, at, piece) ->
                  value.isNumber() ? numbers.of(value, start, size, at, piece) : Value.UNUSABLE);
      state.setFrame(frame, old.withStack(scrambled));
    }
  }

  /**
   * A store of unknown numbers, or of a pointer, somewhere in {@code [index, index + length)}: each byte either keeps what it was or is
   * overwritten. Numbers become unknown, pointers (or everything, if a pointer is stored) unusable; no byte becomes initialised.
   */
  public void storeWeakly(State state, int frame, int index, int length, boolean pointer) {
    Frame old = state.frame(frame);
    StackFrame stack = old.stack();
    for (int i = stack.cells() - 1; i >= 0; i--) {
      if (stack.start(i) < index + length && stack.start(i) + stack.length(i) > index) {
        stack = stack.value(i).isNumber() && !pointer
            ? stack.withoutCell(i)
            : stack.withValue(i, Value.UNUSABLE);
      }
    }
    if (pointer) {
      stack = unusableWhereInitialised(stack, index, length);
    }
    state.setFrame(frame, old.withStack(stack.touched(index)));
  }

  private StackFrame unusableWhereInitialised(StackFrame stack, int index, int length) {
    StackFrame result = stack;
    for (int i = index; i < index + length; i++) {
      int cell = result.firstCellAt(i);
      boolean covered = cell < result.cells() && result.start(cell) <= i;
      if (!covered && result.isInitialised(i)) {
        result = result.overwritten(
            i, 1, Value.UNUSABLE, (value, start, size, at, piece) -> Value.UNUSABLE);
      }
    }
    return result;
  }

  /** What remains of numbers that are partly overwritten: their other bytes; of pointers: unknown numbers. */
  private StackFrame.Remains remains(State state) {
    return (value, start, length, index, piece) -> value.isNumber()
        ? part(state, value, start, length, index, piece)
        : value.kind() == Kind.Basic.UNUSABLE ? Value.UNUSABLE : null;
  }

  private Value part(State state, Value value, int start, int length, int index, int piece) {
    int before = index - start;
    int shift = 8 * (order == ByteOrder.LITTLE_ENDIAN ? before : length - before - piece);
    if (shift == 0 && piece == 4) {
      return state.numbers().extend(value, Form.ZERO_EXTENDED);
    }
    Scalar whole = state.scalar(value);
    Scalar shifted =
        shift == 0 ? whole : whole.apply(Operation.SHIFT_RIGHT, false, Scalar.constant(shift));
    Scalar result = shifted.zeroExtend(8 * piece);
    return shift == 0 && result.equals(whole) ? value : state.numbers().freshNumber(result);
  }

  /** What is known of the bytes of several cells, read together: each byte of a cell is shifted to its place. */
  private Scalar composed(State state, StackFrame stack, int first, int index, int length) {
    Scalar result = Scalar.constant(0);
    int cell = first;
    for (int at = index; at < index + length; ) {
      while (stack.start(cell) + stack.length(cell) <= at) {
        cell++;
      }
      int end = Math.min(index + length, stack.start(cell) + stack.length(cell));
      int before = at - stack.start(cell);
      boolean little = order == ByteOrder.LITTLE_ENDIAN;
      int out = 8 * (little ? before : stack.start(cell) + stack.length(cell) - end);
      int up = 8 * (little ? at - index : index + length - end);
      Scalar part = state
          .scalar(stack.value(cell))
          .apply(Operation.SHIFT_RIGHT, false, Scalar.constant(out))
          .zeroExtend(8 * (end - at));
      result = result.apply(
          Operation.OR, false, part.apply(Operation.SHIFT_LEFT, false, Scalar.constant(up)));
      at = end;
    }
    return result;
  }

  private long assemble(StackFrame stack, int first, int index, int length) {
    long result = 0;
    for (int i = 0; i < length; i++) {
      int at = index + i;
      int cell = first;
      while (stack.start(cell) + stack.length(cell) <= at) {
        cell++;
      }
      int before = at - stack.start(cell);
      int shift = 8 * (order == ByteOrder.LITTLE_ENDIAN ? before : stack.length(cell) - 1 - before);
      long octet = stack.value(cell).shift() >>> shift & 0xff;
      result |= octet << (8 * (order == ByteOrder.LITTLE_ENDIAN ? i : length - 1 - i));
    }
    return result;
  }
}
