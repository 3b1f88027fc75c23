package dev.assay.isa;

import java.nio.ByteOrder;

/** Bytes to instructions. */
public final class Decoder {
  private Decoder() {}

  /**
   * Decodes code and checks that every jump and local call leads to the start of an instruction.
   *
   * @throws MalformedCodeException for the first thing that is wrong
   */
  public static Code decode(byte[] bytes, ByteOrder order) throws MalformedCodeException {
    throw new UnsupportedOperationException();
  }

  /**
   * Decodes the instruction that starts at {@code slot}, without regard to where it jumps.
   *
   * @throws MalformedCodeException if it is not an instruction
   */
  public static Instruction decodeAt(byte[] bytes, int slot, ByteOrder order)
      throws MalformedCodeException {
    throw new UnsupportedOperationException();
  }
}
