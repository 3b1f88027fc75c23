package dev.assay.isa;

/**
 * A two-operand operation of RFC 9669, section 4.1, with the signed forms (offset 1) and the sign-extending moves
 * (offset 8, 16, 32) as operators of their own. What each computes is said once, in {@link Arithmetic}.
 */
public enum ArithmeticOperator {
  ADD("+="),
  SUB("-="),
  MUL("*="),
  DIV("/="),
  SDIV("s/="),
  MOD("%="),
  SMOD("s%="),
  OR("|="),
  AND("&="),
  XOR("^="),
  LSH("<<="),
  RSH(">>="),
  ARSH("s>>="),
  MOV("="),
  MOVSX8("= (s8)"),
  MOVSX16("= (s16)"),
  MOVSX32("= (s32)");

  private final String symbol;

  ArithmeticOperator(String symbol) {
    this.symbol = symbol;
  }

  /** What stands between the two operands in assembly, such as {@code s>>=}. */
  public String symbol() {
    return symbol;
  }

  /** Whether this is a sign-extending move, which has no form with an immediate. */
  public boolean extendsSign() {
    return this == MOVSX8 || this == MOVSX16 || this == MOVSX32;
  }
}
