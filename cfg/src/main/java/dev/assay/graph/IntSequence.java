package dev.assay.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An immutable sequence of ints: slots, blocks or edges. A view of part of an array, so it costs next to nothing. */
public final class IntSequence {
  private final int[] values;
  private final int from;
  private final int to;

  private IntSequence(int[] values, int from, int to) {
    this.values = values;
    this.from = from;
    this.to = to;
  }

  /**
   * The elements of {@code values} from {@code from} inclusive to {@code to} exclusive; the array must not change
   * later.
   */
  static IntSequence view(int[] values, int from, int to) {
    return new IntSequence(values, from, to);
  }

  /** All elements of {@code values}, which must not change later. */
  static IntSequence view(int[] values) {
    return new IntSequence(values, 0, values.length);
  }

  /** The sequence of these values. */
  public static IntSequence of(int... values) {
    return view(values.clone());
  }

  /** The number of elements. */
  public int size() {
    return to - from;
  }

  /** Whether there is no element. */
  public boolean isEmpty() {
    return from == to;
  }

  /**
   * The element at {@code index}.
   *
   * @param index 0 to {@code size() - 1}
   */
  public int at(int index) {
    if (index < 0 || index >= to - from) {
      throw new IndexOutOfBoundsException(index);
    }
    return values[from + index];
  }

  /** Whether {@code value} is an element; takes linear time. */
  public boolean contains(int value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** The elements in order. */
  public IntStream stream() {
    return Arrays.stream(values, from, to);
  }

  /** A new array of the elements. */
  public int[] toArray() {
    return Arrays.copyOfRange(values, from, to);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IntSequence that
        && Arrays.equals(values, from, to, that.values, that.from, that.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + values[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
