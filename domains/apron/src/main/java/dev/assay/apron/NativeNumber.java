package dev.assay.apron;

import com.sun.jna.Pointer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * A number as Apron has it: a fraction, with the denominator 0 if it is infinite, and else a positive one.
 *
 * @param numerator of an infinite number its sign
 */
record NativeNumber(BigInteger numerator, BigInteger denominator) {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Reads an {@code ap_scalar_t}: a floating-point number, or one of GMP's fractions. */
  static NativeNumber read(Pointer scalar) {
    return switch (scalar.getInt(0)) {
      case Layout.DOUBLE -> of(scalar.getDouble(8));
      case Layout.RATIONAL -> {
        Pointer fraction = scalar.getPointer(8);
        yield new NativeNumber(integer(fraction, 0), integer(fraction, Layout.INTEGER));
      }
      default -> throw new IllegalStateException("a number that is neither double nor rational");
    };
  }

  private static NativeNumber of(double number) {
    if (Double.isInfinite(number)) {
      return new NativeNumber(BigInteger.valueOf(number > 0 ? 1 : -1), BigInteger.ZERO);
    }
    BigDecimal exact = new BigDecimal(number);
    return exact.scale() <= 0
        ? new NativeNumber(exact.toBigIntegerExact(), BigInteger.ONE)
        : new NativeNumber(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  /** Reads an {@code mpz_t}: the number of limbs, negative for a negative number, and the limbs, least significant first. */
  private static BigInteger integer(Pointer fraction, long at) {
    int size = fraction.getInt(at + 4);
    int limbs = Math.abs(size);
    if (limbs == 0) {
      return BigInteger.ZERO;
    }
    Pointer first = fraction.getPointer(at + 8);
    if (limbs == 1 && first.getLong(0) >= 0) {
      return BigInteger.valueOf(Integer.signum(size) * first.getLong(0));
    }
    byte[] magnitude = new byte[8 * limbs];
    for (int i = 0; i < limbs; i++) {
      long limb = first.getLong(8L * i);
      for (int b = 0; b < 8; b++) {
        magnitude[magnitude.length - 1 - 8 * i - b] = (byte) (limb >>> 8 * b);
      }
    }
    return new BigInteger(Integer.signum(size), magnitude);
  }

  private boolean isInfinite() {
    return denominator.signum() == 0;
  }

  /** Whether this is +∞. */
  boolean isAboveAll() {
    return isInfinite() && numerator.signum() > 0;
  }

  /** Whether this is −∞. */
  boolean isBelowAll() {
    return isInfinite() && numerator.signum() < 0;
  }

  /** Whether both are finite, and this is greater. */
  boolean exceeds(NativeNumber other) {
    return !isInfinite()
        && !other.isInfinite()
        && numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator))
            > 0;
  }

  /** The greatest integer that is not greater; empty if this is infinite or no word holds it. */
  OptionalLong floor() {
    if (isInfinite()) {
      return OptionalLong.empty();
    }
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return word(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  /** The least integer that is not less; empty if this is infinite or no word holds it. */
  OptionalLong ceiling() {
    if (isInfinite()) {
      return OptionalLong.empty();
    }
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return word(parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0]);
  }

  private static OptionalLong word(BigInteger integer) {
    return integer.compareTo(LEAST) < 0 || integer.compareTo(GREATEST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(integer.longValueExact());
  }

  @Override
  public String toString() {
    if (isInfinite()) {
      return numerator.signum() > 0 ? "∞" : "-∞";
    }
    BigInteger divisor = numerator.gcd(denominator);
    BigInteger below = denominator.divide(divisor);
    return numerator.divide(divisor) + (below.equals(BigInteger.ONE) ? "" : "/" + below);
  }
}
