package dev.assay.isa;

import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Where control goes, as far as code itself says. */
public final class CodeStructure {
  private CodeStructure() {}

  /**
   * The slot that an instruction at {@code slot} names: a jump's or local call's target, or the code whose address it
   * loads. It need not exist.
   */
  public static OptionalInt target(Instruction instruction, int slot) {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks that every jump, local call and code address leads to the start of an instruction, and that no path from slot 0 or from
   * such a function runs past the end of the code.
   *
   * @param order the byte order in which the exception shows the bytes
   */
  public static void check(Code code, ByteOrder order) throws MalformedCodeException {
    throw new UnsupportedOperationException();
  }
}
