package dev.assay.graph;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {
  private int[] values = new int[8];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** Removes the last element and returns it. */
  int removeLast() {
    return values[--size];
  }

  int at(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  IntSequence toSequence() {
    return IntSequence.view(toArray());
  }
}
