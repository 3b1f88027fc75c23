package dev.assay.apron;

/**
 * Where the fields of Apron's structures are, in bytes, with pointers, {@code size_t} and {@code long} of 8 bytes; and its numbers for alternatives.
 *
 * <pre>
 * ap_manager_t          ap_coeff_t, 16        ap_linexpr0_t, 40       ap_lincons0_t, 24      ap_scalar_t, 16
 *    0 library            0 scalar, interval    0 constant (coeff)      0 expression           0 double, mpq, mpfr
 *    8 version            8 pointer to it      16 dense, sparse         8 =, ≥, …              8 the double, or a pointer
 *   16 internal                                24 size                 16 modulus
 *   24 51 functions     ap_linterm_t, 24       32 coeffs or terms                            ap_interval_t: two scalars
 *  432 51 options         0 dimension                                 ap_lincons0_array_t,   ap_dimchange_t, 24
 *      of 32 bytes        8 coeff             ap_exclog_t                16                    0 dimensions
 * 2064 option flags                            0 kind                   0 constraints          8 integers, 16 reals
 * 2080 exclog           mpq: two mpz, 16 each  4 function               8 size               ap_dimperm_t: 0, 8 size
 * 2088 kind of failure    0 allocated, 4 size  8 message
 *                         8 limbs
 * </pre>
 */
final class Layout {
  /** In {@code ap_manager_t}: the log of failures. */
  static final long FAILURE_LOG = 2080;

  /** In {@code ap_manager_t}: the kind of failure of the last call, 0 if none. */
  static final long FAILURE = 2088;

  /** In {@code ap_exclog_t}: the text. */
  static final long FAILURE_TEXT = 8;

  /** The names of {@code ap_exc_t}, from 0. */
  static final String[] FAILURES = {
    "no failure", "timeout", "out of space", "overflow", "invalid argument", "not implemented"
  };

  /** {@code AP_EXC_OVERFLOW}. */
  static final int OVERFLOW = 3;

  static final int COEFFICIENT = 16;

  /** An {@code mpz_t}. */
  static final int INTEGER = 16;

  /** In {@code ap_linexpr0_t}: dense or sparse. */
  static final long REPRESENTATION = 16;

  /** In {@code ap_linexpr0_t}: the number of terms; behind it is where they are. */
  static final long TERMS = 24;

  /** An {@code ap_dimchange_t}. */
  static final int CHANGE = 24;

  static final int TERM = 24;
  static final int CONSTRAINT = 24;
  static final int CONSTRAINT_ARRAY = 16;

  /** {@code AP_LINEXPR_SPARSE}. */
  static final int SPARSE = 1;

  /** {@code AP_SCALAR_DOUBLE}. */
  static final int DOUBLE = 0;

  /** {@code AP_SCALAR_MPQ}. */
  static final int RATIONAL = 1;

  /** {@code AP_DIM_MAX}: a term that is not used. */
  static final int NO_DIMENSION = -1;

  private Layout() {}
}
