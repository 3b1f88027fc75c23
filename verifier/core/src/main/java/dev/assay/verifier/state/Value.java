package dev.assay.verifier.state;

/**
 * What a register or a stack cell holds: a kind, and a 64-bit number (a number's value, a pointer's offset) written as a
 * function of a <em>symbol</em>. A symbol stands for one 64-bit word that never changes; values with the same symbol are therefore equal up to
 * their shifts and forms, whatever is later learnt of the symbol: this is the domain of modular equalities
 * x = y + c (mod 2⁶⁴) and low32(x) = low32(y) + c (mod 2³²). Symbol 0 stands for the word 0, so that constants are shifts of it.
 *
 * @param symbol an index into the state's {@link Numbers}
 * @param shift 64 bits for {@link Form#FULL}, else the low 32 bits count and the others are 0
 */
public record Value(Kind kind, Form form, int symbol, long shift) {

  /** Nothing known, not even that it was written. */
  public static final Value UNINITIALISED = new Value(Kind.Basic.UNINITIALISED, Form.FULL, 0, 0);

  /** Written, but of no use. */
  public static final Value UNUSABLE = new Value(Kind.Basic.UNUSABLE, Form.FULL, 0, 0);

  private static final Value[] SMALL = new Value[384];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new Value(Kind.Basic.NUMBER, Form.FULL, 0, i - 128L);
    }
  }

  public Value {
    if (form != Form.FULL) {
      shift &= 0xffffffffL;
    }
  }

  /** The number {@code value}. */
  public static Value constant(long value) {
    return value >= -128 && value < 256
        ? SMALL[(int) value + 128]
        : new Value(Kind.Basic.NUMBER, Form.FULL, 0, value);
  }

  /** The number that {@code symbol} stands for. */
  public static Value ofSymbol(int symbol) {
    return new Value(Kind.Basic.NUMBER, Form.FULL, symbol, 0);
  }

  /** A pointer of {@code kind} at {@code offset}. */
  public static Value pointer(Kind kind, long offset) {
    return new Value(kind, Form.FULL, 0, offset);
  }

  /** The same number with another kind. */
  public Value withKind(Kind other) {
    return other == kind ? this : new Value(other, form, symbol, shift);
  }

  /** The number of this value as a plain number. */
  public Value asNumber() {
    return withKind(Kind.Basic.NUMBER);
  }

  /** Whether the number is the literal {@link #shift}. Every form of a constant is written as {@link Form#FULL}. */
  public boolean isLiteral() {
    return symbol == 0;
  }

  /** Whether it is a number, as opposed to a pointer or nothing. */
  public boolean isNumber() {
    return kind == Kind.Basic.NUMBER;
  }

  /** Whether nothing may be assumed of it. */
  public boolean isUninitialised() {
    return kind == Kind.Basic.UNINITIALISED;
  }
}
