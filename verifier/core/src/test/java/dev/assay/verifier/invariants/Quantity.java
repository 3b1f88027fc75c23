package dev.assay.verifier.invariants;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a variable of a constraint stands for in one of our states: the number of a value, plus, for an address, where its region starts.
 *
 * @param base the region's start; empty for numbers and offsets
 * @param unsigned whether the number is read as unsigned
 */
record Quantity(State state, Value value, Optional<Addresses.Base> base, boolean unsigned) {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  /** The least that it can be. */
  BigInteger low() {
    Scalar known = state.scalar(value);
    BigInteger low = unsigned && base.isEmpty()
        ? unsigned(known.unsignedMin())
        : BigInteger.valueOf(known.signedMin());
    return base.map(b -> b.low().add(low)).orElse(low);
  }

  /** The most that it can be. */
  BigInteger high() {
    Scalar known = state.scalar(value);
    BigInteger high = unsigned && base.isEmpty()
        ? unsigned(known.unsignedMax())
        : BigInteger.valueOf(known.signedMax());
    return base.map(b -> b.high().add(high)).orElse(high);
  }

  /** Whether this − other ≤ bound surely. */
  boolean isAtMost(Quantity other, BigInteger bound) {
    if (high().subtract(other.low()).compareTo(bound) <= 0) {
      return true;
    }
    if (!isSigned() || !other.isSigned()) {
      return false;
    }
    long most = state.numbers().maxDifference(value, other.value);
    if (most == Long.MAX_VALUE) {
      return false;
    }
    BigInteger bases = base.equals(other.base)
        ? BigInteger.ZERO
        : base.map(Addresses.Base::high)
            .orElse(BigInteger.ZERO)
            .subtract(other.base.map(Addresses.Base::low).orElse(BigInteger.ZERO));
    return BigInteger.valueOf(most).add(bases).compareTo(bound) <= 0;
  }

  /** Whether this = other + plus surely. */
  boolean equals(Quantity other, BigInteger plus) {
    boolean same = plus.signum() == 0
        && base.equals(other.base)
        && unsigned == other.unsigned
        && state.numbers().same(value, other.value);
    return same || isAtMost(other, plus) && other.isAtMost(this, plus.negate());
  }

  /** Whether the number is the signed one that {@link dev.assay.verifier.state.Numbers} relates. */
  private boolean isSigned() {
    return base.isPresent() || !unsigned || state.scalar(value).signedMin() >= 0;
  }

  private static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word);
    return value.signum() < 0 ? value.add(WORD) : value;
  }
}
