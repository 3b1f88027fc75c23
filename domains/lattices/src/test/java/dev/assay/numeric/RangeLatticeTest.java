package dev.assay.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Both intervals and the known bits of one word. */
class RangeLatticeTest extends LatticeLaws<Range, Long> {
  private static final int SMALL = 4;
  private static final Thresholds THRESHOLDS =
      Thresholds.of(-1, 0, 63, 64, 65, 1500, 1 << 20, 0xffff_ffffL);

  @Override
  public Sample<Range, Long> sample(long family, long seed) {
    RandomWords random = new RandomWords(seed);
    long word = random.below(3) == 0 ? new RandomWords(family).word() : random.word();
    Range range = random.rangeIncluding(word);
    List<Long> members =
        new ArrayList<>(List.of(word, range.unsignedMin(), range.unsignedMax(), range.signedMin()));
    for (int i = 0; i < 4; i++) {
      long other = range.value | (random.word() & range.mask);
      if (range.contains(other)) {
        members.add(other);
      }
    }
    return new Sample<>(range, members);
  }

  @Override
  public Range arriving(Range e, long family, long seed) {
    RandomWords random = new RandomWords(seed);
    return Range.constant(
        e.word,
        switch (random.below(6)) {
          case 0 -> e.unsignedMax() + 1;
          case 1 -> e.unsignedMin() - 1;
          case 2 -> e.signedMax() + 1;
          case 3 -> e.signedMin() - 1;
          case 4 -> e.signedMax() + Long.lowestOneBit(e.mask);
          default -> random.word();
        });
  }

  @Override
  public boolean contains(Range element, Long word) {
    return element.contains(word);
  }

  @Override
  public boolean includes(Range large, Range small) {
    return large.includes(small);
  }

  @Override
  public Range join(Range a, Range b) {
    return a.join(b);
  }

  @Override
  public Optional<Range> meet(Range a, Range b) {
    return Optional.of(a.meet(b));
  }

  @Override
  public Range widen(Range old, Range next) {
    return Widening.widen(old, next, THRESHOLDS);
  }

  @Override
  public Optional<Range> bottom() {
    return Optional.of(Range.bottom(Word.W64));
  }

  @Override
  public Optional<Range> top() {
    return Optional.of(Range.top(Word.W64));
  }

  @Override
  public int longestChain() {
    return 40;
  }

  @Override
  public Optional<Small<Range, Long>> small() {
    List<Range> all = new ArrayList<>(SmallWords.ranges(SMALL));
    all.add(Range.bottom(Word.of(SMALL)));
    return Optional.of(new Small<>(all, LongStream.range(0, 1 << SMALL).boxed().toList()));
  }
}
