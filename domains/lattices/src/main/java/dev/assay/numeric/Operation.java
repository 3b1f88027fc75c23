package dev.assay.numeric;

/**
 * A binary operation on words, with the corner cases of RFC 9669, section 4.1: a quotient by zero is zero, a remainder
 * by zero is the dividend, the least signed number divided by −1 is itself with remainder 0, and shift counts are
 * masked to the width minus one.
 */
public enum Operation {
  ADD,
  SUB,
  MUL,
  DIVIDE_UNSIGNED,
  DIVIDE_SIGNED,
  MODULO_UNSIGNED,
  MODULO_SIGNED,
  OR,
  AND,
  XOR,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SHIFT_RIGHT_SIGNED
}
