package dev.assay.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Known bits have no bottom, and no widening of their own: a chain loses one bit a step. */
class KnownBitsLatticeTest extends LatticeLaws<KnownBits, Long> {
  private static final int BITS = 6;

  @Override
  public Sample<KnownBits, Long> sample(long family, long seed) {
    long word = new SplittableRandom(family).nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    word ^= few(few(random.nextLong(), random), random);
    long mask = few(random.nextLong(), random);
    List<Long> members = new ArrayList<>(List.of(word));
    for (int i = 0; i < 4; i++) {
      members.add((word & ~mask) | (random.nextLong() & mask));
    }
    return new Sample<>(new KnownBits(word & ~mask, mask), members);
  }

  /** About half of these bits. */
  private static long few(long bits, SplittableRandom random) {
    return bits & random.nextLong();
  }

  @Override
  public boolean contains(KnownBits element, Long word) {
    return (word & ~element.mask()) == element.value();
  }

  @Override
  public boolean includes(KnownBits large, KnownBits small) {
    return large.join(small).equals(large);
  }

  @Override
  public KnownBits join(KnownBits a, KnownBits b) {
    return a.join(b);
  }

  @Override
  public Optional<KnownBits> meet(KnownBits a, KnownBits b) {
    boolean disjoint = ((a.value() ^ b.value()) & ~a.mask() & ~b.mask()) != 0;
    return disjoint ? Optional.empty() : Optional.of(a.meet(b));
  }

  @Override
  public KnownBits widen(KnownBits old, KnownBits next) {
    return old.join(next);
  }

  @Override
  public Optional<KnownBits> top() {
    return Optional.of(KnownBits.UNKNOWN);
  }

  @Override
  public int longestChain() {
    return 64;
  }

  @Override
  public Optional<Small<KnownBits, Long>> small() {
    return Optional.of(new Small<>(
        SmallWords.knownBits(BITS), LongStream.range(0, 1 << BITS).boxed().toList()));
  }
}
