package dev.assay.interpreter.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Adjacent addresses with bytes behind them: a stack frame, a packet, a map value, …
 *
 * <p>The static loads and stores, which take an index that was checked before, are little-endian.
 */
public sealed class Region permits InterpretedRegion {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  /** A region that no access lies in. */
  public static final Region NONE =
      new Region(Role.NONE, "no region", 0, 0, new byte[0], false, false);

  private final Role role;
  private final String name;
  private final long base;
  private final int size;
  private final byte[] bytes;
  private int readable;
  private int writable;

  /**
   * A region from {@code base} on.
   *
   * @param size may exceed the bytes if the region is neither readable nor writable
   */
  Region(
      Role role,
      String name,
      long base,
      int size,
      byte[] bytes,
      boolean readable,
      boolean writable) {
    this.role = role;
    this.name = name;
    this.base = base;
    this.size = size;
    this.bytes = bytes;
    permit(readable, writable);
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** What a region is for. */
  public enum Role {
    /** The stack of one active function. */
    STACK_FRAME,
    /** What the program was given in r1. */
    CONTEXT,
    /** The packet with its metadata. */
    PACKET,
    /** The value of one element of a map, for one CPU; a data section. */
    MAP_VALUE,
    /** A key that is shown to a callback. */
    MAP_KEY,
    /** Memory that the program has from the platform until it gives it back. */
    ALLOCATED,
    /** An object or a variable of the kernel. */
    KERNEL_OBJECT,
    /** Stands for a map: nothing there can be accessed. */
    MAP,
    /** Stands for a program's code: nothing there can be accessed. */
    CODE,
    /** No region. */
    NONE
  }

  /** What the region is for. */
  public final Role role() {
    return role;
  }

  /** What the region is, for people: {@code packet}, {@code stack frame 1}, {@code value of map counters}. */
  public final String name() {
    return name;
  }

  /** How many addresses it has. */
  public final int size() {
    return size;
  }

  /** The address of the first byte, unsigned. */
  public final long base() {
    return base;
  }

  /** The bytes themselves, not a copy. */
  public final byte[] bytes() {
    return bytes;
  }

  /**
   * Where in {@link #bytes} a plain load from {@code address} begins, or -1 if it is not wholly inside or not
   * permitted. On the interpreter's hottest path.
   *
   * @param width in bytes, at least 1
   */
  public final int readIndex(long address, int width) {
    // The difference wraps as addresses do: it is in range exactly where the address is.
    long offset = address - base;
    return offset >= 0 && offset <= readable - width ? (int) offset : -1;
  }

  /** As {@link #readIndex}, for a plain store. */
  public final int writeIndex(long address, int width) {
    long offset = address - base;
    return offset >= 0 && offset <= writable - width ? (int) offset : -1;
  }

  /** Says which accesses are permitted from now on. The region keeps its addresses and its bytes. */
  public final void permit(boolean reading, boolean writing) {
    readable = reading ? size : 0;
    writable = writing ? size : 0;
  }

  /** Whether a load or a store inside the region is permitted, be it plain or not. */
  boolean permits(Access.Mode mode) {
    return (mode == Access.Mode.READ ? readable : writable) == size;
  }

  /**
   * The number in the bytes from {@code offset}, unsigned.
   *
   * @param offset within the region, the last byte too
   * @param width 1, 2, 4 or 8
   */
  long load(int offset, int width, ByteOrder order) {
    long value =
        switch (width) {
          case 1 -> loadByte(bytes, offset);
          case 2 -> loadHalf(bytes, offset);
          case 4 -> loadWord(bytes, offset);
          case 8 -> loadDouble(bytes, offset);
          default -> throw new IllegalArgumentException("width " + width);
        };
    return ordered(width, order, value);
  }

  /** Stores the low {@code width} bytes of {@code value}; the parameters as of {@link #load}. */
  final void store(int offset, int width, ByteOrder order, long value) {
    long stored = ordered(width, order, value);
    switch (width) {
      case 1 -> storeByte(bytes, offset, stored);
      case 2 -> storeHalf(bytes, offset, stored);
      case 4 -> storeWord(bytes, offset, stored);
      case 8 -> storeDouble(bytes, offset, stored);
      default -> throw new IllegalArgumentException("width " + width);
    }
  }

  private static long ordered(int width, ByteOrder order, long value) {
    return order == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value) >>> (64 - 8 * width);
  }

  /** The byte at an index, unsigned. */
  public static long loadByte(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }

  /** The two bytes from an index, unsigned. */
  public static long loadHalf(byte[] bytes, int index) {
    return (short) SHORT.get(bytes, index) & 0xffff;
  }

  /** The four bytes from an index, unsigned. */
  public static long loadWord(byte[] bytes, int index) {
    return (int) INT.get(bytes, index) & 0xffff_ffffL;
  }

  /** The eight bytes from an index. */
  public static long loadDouble(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /** Stores the low byte of {@code value}. */
  public static void storeByte(byte[] bytes, int index, long value) {
    bytes[index] = (byte) value;
  }

  /** Stores the low two bytes of {@code value}. */
  public static void storeHalf(byte[] bytes, int index, long value) {
    SHORT.set(bytes, index, (short) value);
  }

  /** Stores the low four bytes of {@code value}. */
  public static void storeWord(byte[] bytes, int index, long value) {
    INT.set(bytes, index, (int) value);
  }

  /** Stores {@code value}. */
  public static void storeDouble(byte[] bytes, int index, long value) {
    LONG.set(bytes, index, value);
  }

  /** For example {@code packet (0xffff888000001000, 60 bytes)}. */
  @Override
  public final String toString() {
    return "%s (0x%s, %d %s)"
        .formatted(name, Long.toHexString(base), size, size == 1 ? "byte" : "bytes");
  }
}
