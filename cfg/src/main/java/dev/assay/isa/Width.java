package dev.assay.isa;

/** How many bits of a register an instruction computes with. A 32-bit result is zero-extended to 64 bits. */
public enum Width {
  W32(32),
  W64(64);

  private final int bits;

  Width(int bits) {
    this.bits = bits;
  }

  /** 32 or 64. */
  public int bits() {
    return bits;
  }

  /** 4 or 8. */
  public int bytes() {
    return bits / 8;
  }
}
