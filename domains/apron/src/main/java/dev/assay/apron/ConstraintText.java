package dev.assay.apron;

import com.sun.jna.Pointer;
import java.math.BigInteger;

/** The text of an {@code ap_lincons0_t}: dimension i is xi. */
final class ConstraintText {
  private static final String[] COMPARISONS = {" = 0", " >= 0", " > 0", " = 0 mod", " != 0"};

  private ConstraintText() {}

  static String of(Pointer constraint) {
    StringBuilder text = new StringBuilder();
    Pointer expression = constraint.getPointer(0);
    boolean sparse = expression.getInt(Layout.REPRESENTATION) == Layout.SPARSE;
    long size = expression.getLong(Layout.TERMS);
    Pointer terms = expression.getPointer(Layout.TERMS + 8);
    for (int i = 0; i < size; i++) {
      long at = (long) i * (sparse ? Layout.TERM : Layout.COEFFICIENT);
      int dimension = sparse ? terms.getInt(at) : i;
      if (dimension != Layout.NO_DIMENSION) {
        append(text, coefficient(terms, sparse ? at + 8 : at), "x" + dimension);
      }
    }
    append(text, coefficient(expression, 0), "");
    return (text.isEmpty() ? "0" : text) + COMPARISONS[constraint.getInt(8)];
  }

  private static NativeNumber coefficient(Pointer holder, long at) {
    return NativeNumber.read(holder.getPointer(at + 8));
  }

  private static void append(StringBuilder text, NativeNumber factor, String dimension) {
    int sign = factor.numerator().signum();
    if (sign == 0) {
      return;
    }
    if (sign < 0) {
      text.append(text.isEmpty() ? "-" : " - ");
    } else if (!text.isEmpty()) {
      text.append(" + ");
    }
    String size = new NativeNumber(factor.numerator().abs(), factor.denominator()).toString();
    boolean one = size.equals(BigInteger.ONE.toString()) && !dimension.isEmpty();
    text.append(one ? "" : size).append(dimension);
  }
}
