package dev.assay.verifier.state;

/** How a value is computed from its symbol s and its shift c. */
public enum Form {
  /** s + c modulo 2⁶⁴. */
  FULL,
  /** The low 32 bits of s + c, zero-extended. */
  ZERO_EXTENDED,
  /** The low 32 bits of s + c, sign-extended. */
  SIGN_EXTENDED,
  /** The low 32 bits of s + c, moved to the high half; the low half is 0. */
  SHIFTED
}
