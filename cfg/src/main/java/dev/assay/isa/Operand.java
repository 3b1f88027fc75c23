package dev.assay.isa;

/** The second operand of an instruction: a register, or a 32-bit immediate that is sign-extended to 64 bits. */
public sealed interface Operand {

  /** A register read at the width of the instruction. */
  record OfRegister(Register register) implements Operand {
    @Override
    public String toString() {
      return register.toString();
    }
  }

  /** A signed 32-bit immediate. */
  record OfImmediate(int value) implements Operand {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** The operand that reads {@code register}. */
  static Operand of(Register register) {
    return new OfRegister(register);
  }

  /** The operand that is {@code value}. */
  static Operand of(int value) {
    return new OfImmediate(value);
  }
}
