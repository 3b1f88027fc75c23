package dev.assay.isa;

/**
 * Instructions as text, in the C-like assembly that BPF compilers and {@code llvm-objdump} print; {@link Assembler}
 * reads it back.
 */
public final class Disassembler {
  private Disassembler() {}

  /** The instruction, with jump and call targets relative to the slot after it: {@code if r1 == 0 goto +3}. */
  public static String text(Instruction instruction) {
    throw new UnsupportedOperationException();
  }

  /** The instruction, with jump and local call targets as slots: at slot 4, {@code if r1 == 0 goto 8}. */
  public static String text(Instruction instruction, int slot) {
    throw new UnsupportedOperationException();
  }

  /** One line an instruction, each after its slot and a colon, with targets as slots. */
  public static String listing(Code code) {
    throw new UnsupportedOperationException();
  }
}
