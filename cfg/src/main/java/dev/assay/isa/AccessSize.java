package dev.assay.isa;

/** How many bytes a load or a store moves (RFC 9669, section 5). */
public enum AccessSize {
  BYTE(1),
  HALF(2),
  WORD(4),
  DOUBLE(8);

  private final int bytes;

  AccessSize(int bytes) {
    this.bytes = bytes;
  }

  /** 1, 2, 4 or 8. */
  public int bytes() {
    return bytes;
  }

  /** 8, 16, 32 or 64. */
  public int bits() {
    return 8 * bytes;
  }

  /** The size's unsigned type in assembly: {@code u8}, {@code u16}, {@code u32} or {@code u64}. */
  public String typeName() {
    return "u" + bits();
  }
}
