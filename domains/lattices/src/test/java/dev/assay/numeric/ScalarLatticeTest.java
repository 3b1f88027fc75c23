package dev.assay.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The whole product: at random with 64 bits, and all elements of 4 bits (low halves of 2). */
class ScalarLatticeTest extends LatticeLaws<Scalar, Long> {
  private static final int SMALL = 4;
  private static final Thresholds THRESHOLDS =
      Thresholds.of(-1, 0, 63, 64, 65, 1500, 1 << 20, 0xffff_ffffL);

  @Override
  protected int tries() {
    return 20_000;
  }

  @Override
  public Sample<Scalar, Long> sample(long family, long seed) {
    RandomWords random = new RandomWords(seed);
    long word = random.below(3) == 0 ? new RandomWords(family).word() : random.word();
    Scalar scalar = random.including(word);
    List<Long> members = new ArrayList<>(
        List.of(word, scalar.unsignedMin(), scalar.unsignedMax(), scalar.signedMin()));
    for (int i = 0; i < 4; i++) {
      long other = scalar.bitsValue() | (random.word() & scalar.bitsMask());
      if (scalar.contains(other)) {
        members.add(other);
      }
    }
    return new Sample<>(scalar, members);
  }

  /** The slowest growth that could be found: the nearest word outside. */
  @Override
  public Scalar arriving(Scalar e, long family, long seed) {
    RandomWords random = new RandomWords(seed);
    return Scalar.constant(
        switch (random.below(7)) {
          case 0 -> e.unsignedMax() + 1;
          case 1 -> e.unsignedMin() - 1;
          case 2 -> e.signedMax() + 1;
          case 3 -> e.signedMin() - 1;
          case 4 -> (e.unsignedMax() & ~0xffff_ffffL) | (e.lowUnsignedMax() + 1 & 0xffff_ffffL);
          case 5 -> e.signedMax() + Long.lowestOneBit(e.bitsMask());
          default -> random.word();
        });
  }

  @Override
  public boolean contains(Scalar element, Long word) {
    return element.contains(word);
  }

  @Override
  public boolean includes(Scalar large, Scalar small) {
    return large.includes(small);
  }

  @Override
  public Scalar join(Scalar a, Scalar b) {
    return a.join(b);
  }

  @Override
  public Optional<Scalar> meet(Scalar a, Scalar b) {
    return Optional.of(a.meet(b));
  }

  @Override
  public Scalar widen(Scalar old, Scalar next) {
    return old.widen(next, THRESHOLDS);
  }

  @Override
  public Optional<Scalar> bottom() {
    return Optional.of(Scalar.bottom());
  }

  @Override
  public Optional<Scalar> top() {
    return Optional.of(Scalar.top());
  }

  @Override
  public int longestChain() {
    return 40;
  }

  @Override
  public Optional<Small<Scalar, Long>> small() {
    List<Scalar> all = new ArrayList<>(new SmallScalars(SMALL).all);
    all.add(Scalar.bottom(Word.of(SMALL)));
    return Optional.of(new Small<>(all, LongStream.range(0, 1 << SMALL).boxed().toList()));
  }
}
