package dev.assay.verifier.invariants;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where regions start, as far as a case says: PREVAIL's pointers have an address ({@code svalue}, {@code uvalue}) beside the offset; ours
 * have only the offset, and the address is the region's start plus the offset.
 */
final class Addresses {
  /** The address of the least and the greatest region that PREVAIL assumes. */
  static final BigInteger LEAST_PACKET = BigInteger.valueOf(4098);

  static final BigInteger GREATEST = BigInteger.valueOf(2147418112);

  /** The bounds, inclusive, of where the region {@code name} starts. */
  record Base(String name, BigInteger low, BigInteger high) {}

  private final Map<String, Base> bases = new HashMap<>();

  /** Takes down that an address of a region, {@code low} to {@code high}, has an offset of {@code lowOffset} to {@code highOffset}. */
  void learn(String region, BigInteger low, BigInteger high, long lowOffset, long highOffset) {
    BigInteger from = low.subtract(BigInteger.valueOf(highOffset));
    BigInteger to = high.subtract(BigInteger.valueOf(lowOffset));
    Base known = bases.get(region);
    bases.put(
        region,
        known == null
            ? new Base(region, from, to)
            : new Base(region, known.low().max(from), known.high().min(to)));
  }

  /** Whether a case says where a region starts. */
  boolean isLearnt(String region) {
    return bases.containsKey(region);
  }

  /** Where a region starts, if anything is known of that. */
  Optional<Base> of(String region) {
    Base known = bases.get(region);
    if (known != null) {
      return Optional.of(known);
    }
    return region.startsWith("stack")
        ? Optional.empty()
        : Optional.of(
            new Base(region, region.equals("packet") ? LEAST_PACKET : BigInteger.ONE, GREATEST));
  }
}
