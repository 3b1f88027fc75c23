package dev.assay.isa;

/** What a row of the registry says of one field of an encoded instruction: a value, or that any value will do. */
public sealed interface FieldPattern {

  /** The field is an operand. */
  record Any() implements FieldPattern {
    @Override
    public String toString() {
      return "any";
    }
  }

  /** The field is part of what tells the instruction from others, or unused and so 0. */
  record Fixed(int value) implements FieldPattern {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** Reads {@code any}, a decimal number or a hexadecimal number after {@code 0x}. */
  static FieldPattern parse(String text) {
    return text.equals("any") ? new Any() : new Fixed(Integer.decode(text));
  }

  /** Whether a field with this value fits. */
  default boolean matches(int value) {
    return switch (this) {
      case Any _ -> true;
      case Fixed(int fixed) -> fixed == value;
    };
  }

  /** The value of the field in an instruction that has this operand. */
  default int fill(int operand) {
    return switch (this) {
      case Any _ -> operand;
      case Fixed(int fixed) -> fixed;
    };
  }
}
