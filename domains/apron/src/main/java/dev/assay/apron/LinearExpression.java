package dev.assay.apron;

import java.util.Arrays;

/** A constant and a sum of dimensions, each with a factor. Factors and the constant are signed 64-bit integers. */
public final class LinearExpression {
  private final long constant;
  private final int[] dimensions;
  private final long[] factors;

  private LinearExpression(long constant, int[] dimensions, long[] factors) {
    this.constant = constant;
    this.dimensions = dimensions;
    this.factors = factors;
  }

  /** A constant alone. */
  public static LinearExpression constant(long constant) {
    return new LinearExpression(constant, new int[0], new long[0]);
  }

  /** The dimension alone. */
  public static LinearExpression of(int dimension) {
    return constant(0).plus(1, dimension);
  }

  /** This and {@code factor} times a dimension, which has no factor yet. */
  public LinearExpression plus(long factor, int dimension) {
    int n = dimensions.length;
    int[] more = Arrays.copyOf(dimensions, n + 1);
    long[] moreFactors = Arrays.copyOf(factors, n + 1);
    more[n] = dimension;
    moreFactors[n] = factor;
    return new LinearExpression(constant, more, moreFactors);
  }

  /** This and a constant, whose sum with this one's does not overflow. */
  public LinearExpression plus(long more) {
    return new LinearExpression(Math.addExact(constant, more), dimensions, factors);
  }

  /** This = 0. */
  public LinearConstraint isZero() {
    return new LinearConstraint(this, LinearConstraint.Kind.ZERO);
  }

  /** This ≥ 0. */
  public LinearConstraint isNotNegative() {
    return new LinearConstraint(this, LinearConstraint.Kind.NOT_NEGATIVE);
  }

  /** A new {@code ap_linexpr0_t} with the same meaning; the caller frees it. */
  long allocate() {
    long expression = NativeFunctions.ap_linexpr0_alloc(Layout.SPARSE, dimensions.length);
    NativeFunctions.ap_coeff_set_scalar_int(expression, constant);
    for (int i = 0; i < dimensions.length; i++) {
      NativeFunctions.ap_coeff_set_scalar_int(
          NativeFunctions.ap_linexpr0_coeffref(expression, dimensions[i]), factors[i]);
    }
    return expression;
  }
}
