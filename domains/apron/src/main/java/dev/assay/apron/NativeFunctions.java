package dev.assay.apron;

import com.sun.jna.Structure;

/**
 * The functions of libapron, and of the C library, that are called: names and order of arguments are those of ap_abstract0.h, ap_linexpr0.h,
 * ap_coeff.h, ap_interval.h and ap_manager.h of Apron 0.9.10.
 *
 * <p>Pointers are longs here, and so are size_t and long: 64 bits each. C's bool is a byte, for of a result only the low byte is defined.
 */
final class NativeFunctions {
  private NativeFunctions() {}

  // --- The working space of a domain ---

  static native void ap_manager_free(long space);

  static native void ap_manager_set_abort_if_exception(long space, int kind, byte abort);

  static native void ap_manager_raise_exception(long space, int kind, int function, String message);

  static native void ap_manager_clear_exclog(long space);

  // --- Elements ---

  static native long ap_abstract0_top(long space, long integers, long reals);

  static native long ap_abstract0_bottom(long space, long integers, long reals);

  static native void ap_abstract0_free(long space, long element);

  static native byte ap_abstract0_is_bottom(long space, long element);

  static native byte ap_abstract0_is_top(long space, long element);

  static native byte ap_abstract0_is_leq(long space, long small, long large);

  static native byte ap_abstract0_sat_lincons(long space, long element, long constraint);

  static native byte ap_abstract0_is_dimension_unconstrained(
      long space, long element, int dimension);

  static native long ap_abstract0_bound_linexpr(long space, long element, long expression);

  static native long ap_abstract0_to_box(long space, long element);

  static native ConstraintArray ap_abstract0_to_lincons_array(long space, long element);

  static native long ap_abstract0_meet(long space, byte destructive, long a, long b);

  static native long ap_abstract0_join(long space, byte destructive, long a, long b);

  static native long ap_abstract0_meet_lincons_array(
      long space, byte destructive, long element, long constraints);

  static native long ap_abstract0_assign_linexpr(
      long space, byte destructive, long element, int dimension, long expression, long within);

  static native long ap_abstract0_substitute_linexpr(
      long space, byte destructive, long element, int dimension, long expression, long within);

  static native long ap_abstract0_forget_array(
      long space, byte destructive, long element, int[] dimensions, long count, byte project);

  static native long ap_abstract0_add_dimensions(
      long space, byte destructive, long element, long change, byte project);

  static native long ap_abstract0_remove_dimensions(
      long space, byte destructive, long element, long change);

  static native long ap_abstract0_permute_dimensions(
      long space, byte destructive, long element, long permutation);

  static native long ap_abstract0_expand(
      long space, byte destructive, long element, int dimension, long copies);

  static native long ap_abstract0_widening(long space, long old, long next);

  static native long ap_abstract0_widening_threshold(
      long space, long old, long next, long constraints);

  // --- Expressions and constraints ---

  static native long ap_linexpr0_alloc(int representation, long terms);

  static native void ap_linexpr0_free(long expression);

  static native long ap_linexpr0_coeffref(long expression, int dimension);

  static native void ap_coeff_set_scalar_int(long coefficient, long value);

  static native void ap_lincons0_array_clear(long constraints);

  // --- Intervals ---

  static native void ap_interval_array_free(long intervals, long size);

  static native void ap_interval_free(long interval);

  /** {@code ap_lincons0_array_t}: what is returned by value. */
  @Structure.FieldOrder({"first", "size"})
  public static final class ConstraintArray extends Structure implements Structure.ByValue {
    /** Where the constraints are. */
    public long first;

    /** How many there are. */
    public long size;
  }
}
