package dev.assay.isa;

/** The three byte swap instructions of RFC 9669, section 4.2. */
public enum ByteOrderConversion {
  /** Host to little endian: swaps on a big-endian host, truncates on a little-endian one. */
  TO_LITTLE_ENDIAN("le"),
  /** Host to big endian: swaps on a little-endian host, truncates on a big-endian one. */
  TO_BIG_ENDIAN("be"),
  /** Swaps whatever the host. */
  SWAP("bswap");

  private final String mnemonic;

  ByteOrderConversion(String mnemonic) {
    this.mnemonic = mnemonic;
  }

  /** The conversion's name in assembly without the number of bits: {@code le}, {@code be} or {@code bswap}. */
  public String mnemonic() {
    return mnemonic;
  }
}
