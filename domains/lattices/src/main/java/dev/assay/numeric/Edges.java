package dev.assay.numeric;

import java.util.Arrays;

/** Collects stored bounds in ascending order of (x, y), to become a {@link Zones}. Local to one computation. */
final class Edges {
  private long[] keys;
  private long[] bounds;
  private int size;

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

  /** Adds x − y ≤ bound, which comes after all that were added before. */
  void add(long key, long bound) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size + 8);
      bounds = Arrays.copyOf(bounds, 2 * size + 8);
    }
    keys[size] = key;
    bounds[size] = bound;
    size++;
  }

  int size() {
    return size;
  }

  long[] keys() {
    return Arrays.copyOf(keys, size);
  }

  long[] bounds() {
    return Arrays.copyOf(bounds, size);
  }
}
