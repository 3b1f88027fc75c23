package dev.assay.isa;

import java.nio.ByteOrder;

/** Instructions to bytes. */
public final class Encoder {
  private Encoder() {}

  /**
   * The bytes of {@code code}, 8 a slot.
   *
   * @throws IllegalArgumentException if an instruction has no encoding, such as a sign-extending move of an immediate
   */
  public static byte[] encode(Code code, ByteOrder order) {
    throw new UnsupportedOperationException();
  }

  /**
   * The 8 or 16 bytes of {@code instruction}.
   *
   * @throws IllegalArgumentException if it has no encoding
   */
  public static byte[] encode(Instruction instruction, ByteOrder order) {
    throw new UnsupportedOperationException();
  }
}
