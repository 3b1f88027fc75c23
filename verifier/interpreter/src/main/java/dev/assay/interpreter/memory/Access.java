package dev.assay.interpreter.memory;

/**
 * An attempt to read or write memory.
 *
 * @param address of the first byte, unsigned
 * @param size in bytes, at least 1
 */
public record Access(Mode mode, long address, long size) {

  /** What an access does. An atomic instruction is a write. */
  public enum Mode {
    READ,
    WRITE
  }

  /** For example {@code write of 8 bytes at 0xffff888000000200}. */
  @Override
  public String toString() {
    return "%s of %s %s at 0x%s"
        .formatted(
            mode == Mode.READ ? "read" : "write",
            Long.toUnsignedString(size),
            size == 1 ? "byte" : "bytes",
            Long.toHexString(address));
  }
}
