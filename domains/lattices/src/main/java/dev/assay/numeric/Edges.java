package dev.assay.numeric;

import java.util.Arrays;

/** Collects bounds, each (x, y) once, to become a {@link Zones}. Local to one computation. */
final class Edges {
  private long[] keys;
  private long[] bounds;
  private int size;

  /** Whether the bounds came in ascending order of (x, y) so far. */
  private boolean ascending = true;

  Edges(int expected) {
    keys = new long[expected];
    bounds = new long[expected];
  }

  /** The position of (x, y) in the order: x above, y below. */
  static long key(int x, int y) {
    return ((long) x << 32) | y;
  }

  static int x(long key) {
    return (int) (key >>> 32);
  }

  static int y(long key) {
    return (int) key;
  }

  /** Adds x − y ≤ bound for {@code key(x, y)}. */
  void add(long key, long bound) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size + 8);
      bounds = Arrays.copyOf(bounds, 2 * size + 8);
    }
    ascending &= size == 0 || keys[size - 1] < key;
    keys[size] = key;
    bounds[size] = bound;
    size++;
  }

  int size() {
    return size;
  }

  long keyAt(int i) {
    return keys[i];
  }

  long boundAt(int i) {
    return bounds[i];
  }

  /** Where {@code key} is, or negative; after {@link #sort}. */
  int indexOf(long key) {
    return Arrays.binarySearch(keys, 0, size, key);
  }

  /** Brings the bounds into ascending order of (x, y). */
  Edges sort() {
    if (!ascending) {
      long[] sorted = Arrays.copyOf(keys, size);
      Arrays.sort(sorted);
      long[] moved = new long[size];
      for (int i = 0; i < size; i++) {
        moved[Arrays.binarySearch(sorted, keys[i])] = bounds[i];
      }
      keys = sorted;
      bounds = moved;
      ascending = true;
    }
    return this;
  }

  /** The (x, y), ascending; after {@link #sort}. */
  long[] keys() {
    return Arrays.copyOf(keys, size);
  }

  /** The bounds, in the order of {@link #keys}. */
  long[] bounds() {
    return Arrays.copyOf(bounds, size);
  }
}
