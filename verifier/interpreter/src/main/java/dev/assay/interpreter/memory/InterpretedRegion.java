package dev.assay.interpreter.memory;

import java.nio.ByteOrder;

/**
 * A region in which some loads give more than its bytes say: a context, whose 32-bit fields for packet pointers give
 * 64-bit addresses. It is readable and writable throughout, but not through the plain loads and stores that bypass the
 * reader.
 */
public final class InterpretedRegion extends Region {
  private final Reader reader;

  InterpretedRegion(Role role, String name, long base, byte[] bytes, Reader reader) {
    super(role, name, base, bytes.length, bytes, false, false);
    this.reader = reader;
  }

  /** What a load gives. */
  @FunctionalInterface
  public interface Reader {
    /**
     * The value of a load.
     *
     * @param offset of the first byte in the region
     * @param width 1, 2, 4 or 8
     * @param stored what the bytes there say, as an unsigned number
     */
    long load(int offset, int width, long stored);
  }

  @Override
  boolean permits(Access.Mode mode) {
    return true;
  }

  @Override
  long load(int offset, int width, ByteOrder order) {
    return reader.load(offset, width, super.load(offset, width, order));
  }
}
