package dev.assay.isa;

/**
 * A two-operand operation of RFC 9669, section 4.1, with the signed forms (offset 1) and the sign-extending moves
 * (offset 8, 16, 32) as operators of their own. What each computes is said once, in {@link Arithmetic}.
 */
public enum ArithmeticOperator {
  ADD,
  SUB,
  MUL,
  DIV,
  SDIV,
  MOD,
  SMOD,
  OR,
  AND,
  XOR,
  LSH,
  RSH,
  ARSH,
  MOV,
  MOVSX8,
  MOVSX16,
  MOVSX32
}
