package dev.assay.isa;

/**
 * The seven kinds of 64-bit immediate (RFC 9669, section 5.4, table 12), by the {@code src_reg} that tells
 * them apart.
 */
public sealed interface WideImmediate {

  /** {@code src_reg} 0: a plain 64-bit number. */
  record Constant(long value) implements WideImmediate {}

  /** {@code src_reg} 1: the map with file descriptor {@code fd}. */
  record MapByFd(int fd) implements WideImmediate {}

  /**
   * {@code src_reg} 2: the address {@code offset} bytes into the (only) value of the map with file
   * descriptor {@code fd}.
   */
  record MapValueByFd(int fd, int offset) implements WideImmediate {}

  /** {@code src_reg} 3: the address of a variable of the platform. */
  record VariableAddress(int variable) implements WideImmediate {}

  /**
   * {@code src_reg} 4: the address of the instruction {@code offset} slots after the slot that follows this
   * one's first, as for a local call.
   */
  record CodeAddress(int offset) implements WideImmediate {}

  /** {@code src_reg} 5: the map with index {@code index}; after linking, an index into the object's maps. */
  record MapByIndex(int index) implements WideImmediate {}

  /** {@code src_reg} 6: the address {@code offset} bytes into the (only) value of the map with index {@code index}. */
  record MapValueByIndex(int index, int offset) implements WideImmediate {}
}
