package dev.assay.object;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of bytes. Zeros at its end take no memory, since an object may claim any
 * number of them.
 */
public final class Bytes {
  private final byte[] bytes;
  private final int size;

  private Bytes(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /** A copy of these bytes. */
  public static Bytes copyOf(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new Bytes(Arrays.copyOf(bytes, end), bytes.length);
  }

  /** This many zeros, 0 or more. */
  public static Bytes zeros(int size) {
    return new Bytes(new byte[0], size);
  }

  /** The number of bytes. */
  public int size() {
    return size;
  }

  /**
   * The byte at {@code index}, signed.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public byte at(int index) {
    Objects.checkIndex(index, size);
    return index < bytes.length ? bytes[index] : 0;
  }

  /** A fresh array with the same bytes. Check {@link #size} first: it may be as large as an int. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Copies all of them to {@code target}, from {@code offset} on. */
  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    Arrays.fill(target, offset + bytes.length, offset + size, (byte) 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && size == that.size && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return size + " bytes";
  }
}
