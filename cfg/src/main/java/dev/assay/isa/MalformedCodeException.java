package dev.assay.isa;

import java.util.HexFormat;

/** Bytes are not code of RFC 9669: says which slot, which bytes, and why. */
public final class MalformedCodeException extends Exception {
  private static final long serialVersionUID = 1;

  private final int slot;
  private final String bytes;
  private final String reason;

  /**
   * @param slot the slot at fault, from 0
   * @param bytes the slot's bytes, fewer than 8 if the code is cut off there
   * @param reason what is wrong, as a clause
   */
  public MalformedCodeException(int slot, byte[] bytes, String reason) {
    this(slot, HexFormat.ofDelimiter(" ").formatHex(bytes), reason);
  }

  private MalformedCodeException(int slot, String bytes, String reason) {
    super("slot " + slot + " (" + bytes + "): " + reason);
    this.slot = slot;
    this.bytes = bytes;
    this.reason = reason;
  }

  /** The slot at fault, counted from 0. */
  public int slot() {
    return slot;
  }

  /** The slot's bytes in the order of the code, two hexadecimal digits each, separated by spaces. */
  public String bytes() {
    return bytes;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }
}
