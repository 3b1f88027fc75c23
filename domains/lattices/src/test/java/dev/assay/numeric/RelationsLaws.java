package dev.assay.numeric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Relations between three symbols, with the ranges that their owner knows of each. What an element describes are assignments of small integers.
 *
 * <p>A domain of relations is held to the laws by a subclass that names it.
 */
public abstract class RelationsLaws extends LatticeLaws<RelationsLaws.Related, List<Long>> {
  private static final int SYMBOLS = 3;

  /** Widening gives up a range here. */
  private static final long FAR = 1000;

  private final Relations none;

  /** The laws of the domain that {@code none} knows nothing in. */
  protected RelationsLaws(Relations none) {
    this.none = none;
  }

  /** Whether what is known of the symbols 1 … allows these values. */
  protected boolean allows(Relations relations, List<Long> values) {
    boolean[] holds = {!relations.isBottom()};
    relations.forEach((x, y, bound) -> holds[0] &= values.get(x - 1) - values.get(y - 1) <= bound);
    return holds[0];
  }

  /**
   * Relations and ranges.
   *
   * @param mins of the symbols 1 … 3; greater than {@code maxs} if there is no assignment
   */
  public record Related(Relations relations, List<Long> mins, List<Long> maxs) {
    boolean isBottom() {
      return relations.isBottom() || mins.getFirst() > maxs.getFirst();
    }

    Relations.Reading reading() {
      return new Relations.Reading() {
        @Override
        public int count() {
          return SYMBOLS;
        }

        @Override
        public int symbol(int t) {
          return t;
        }

        @Override
        public long shift(int t) {
          return 0;
        }

        @Override
        public long min(int t) {
          return mins.get(t - 1);
        }

        @Override
        public long max(int t) {
          return maxs.get(t - 1);
        }
      };
    }
  }

  private Related related(Relations relations, List<Long> mins, List<Long> maxs) {
    for (int i = 0; i < SYMBOLS; i++) {
      if (mins.get(i) > maxs.get(i)) {
        return nothing();
      }
    }
    return relations.isBottom() ? nothing() : new Related(relations, mins, maxs);
  }

  /** The same with the ranges that follow from the bounds, as the owner of ranges keeps them. */
  private Related refined(Relations relations, List<Long> mins, List<Long> maxs) {
    List<Long> least = new ArrayList<>(mins);
    List<Long> most = new ArrayList<>(maxs);
    Relations told = relations;
    for (int i = 0; i < SYMBOLS; i++) {
      told = told.assumeRange(i + 1, mins.get(i), maxs.get(i));
    }
    // What follows is known at once, as the bounds are all shortest paths.
    for (int symbol = 1; symbol <= SYMBOLS; symbol++) {
      told.forEachOf(symbol, (x, y, bound) -> {
        if (x != 0) {
          long upper = (y == 0 ? 0 : maxs.get(y - 1)) + bound;
          most.set(x - 1, Math.min(most.get(x - 1), upper));
        }
        if (y != 0) {
          long lower = (x == 0 ? 0 : mins.get(x - 1)) - bound;
          least.set(y - 1, Math.max(least.get(y - 1), lower));
        }
      });
    }
    return related(told, List.copyOf(least), List.copyOf(most));
  }

  private Related nothing() {
    return new Related(none, List.of(1L, 1L, 1L), List.of(0L, 0L, 0L));
  }

  /** Bounds around a word for each symbol, and what satisfies them nearby. */
  @Override
  public Sample<Related, List<Long>> sample(long family, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom alike = new SplittableRandom(family);
    long step = random.nextInt(4);
    List<Long> words = new ArrayList<>();
    List<Long> mins = new ArrayList<>();
    List<Long> maxs = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      long word = alike.nextInt(5) + (alike.nextBoolean() ? step : random.nextInt(3));
      words.add(word);
      mins.add(word - random.nextInt(3));
      maxs.add(word + random.nextInt(3));
    }
    Relations relations = none;
    for (int i = 0; i < 4; i++) {
      int x = alike.nextInt(SYMBOLS);
      int y = alike.nextInt(SYMBOLS);
      if (x != y && random.nextInt(5) > 0) {
        relations = relations.assume(x + 1, y + 1, words.get(x) - words.get(y) + random.nextInt(2));
      }
    }
    Related element = refined(relations, mins, maxs);
    return new Sample<>(
        element,
        box(mins, maxs).stream().filter(values -> contains(element, values)).toList());
  }

  /** One symbol, or all, one further. */
  @Override
  public Related arriving(Related e, long family, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int which = random.nextInt(SYMBOLS + 1);
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      long from = random.nextBoolean() ? e.maxs().get(i) : e.mins().get(i);
      long value = from + (which == i || which == SYMBOLS ? random.nextInt(3) - 1 : 0);
      values.add(Math.clamp(value, -FAR, FAR));
    }
    return related(none, values, values);
  }

  private static List<List<Long>> box(List<Long> mins, List<Long> maxs) {
    List<List<Long>> all = new ArrayList<>();
    for (long x = mins.get(0); x <= maxs.get(0); x++) {
      for (long y = mins.get(1); y <= maxs.get(1); y++) {
        for (long z = mins.get(2); z <= maxs.get(2); z++) {
          all.add(List.of(x, y, z));
        }
      }
    }
    return all;
  }

  @Override
  public boolean contains(Related e, List<Long> values) {
    if (e.isBottom()) {
      return false;
    }
    for (int i = 0; i < SYMBOLS; i++) {
      if (values.get(i) < e.mins().get(i) || values.get(i) > e.maxs().get(i)) {
        return false;
      }
    }
    return allows(e.relations(), values);
  }

  @Override
  public boolean includes(Related large, Related small) {
    if (large.isBottom() || small.isBottom()) {
      return small.isBottom();
    }
    for (int i = 0; i < SYMBOLS; i++) {
      if (large.mins().get(i) > small.mins().get(i)
          || large.maxs().get(i) < small.maxs().get(i)) {
        return false;
      }
    }
    return large.relations().includes(large.reading(), small.relations(), small.reading());
  }

  @Override
  public Related join(Related a, Related b) {
    if (a.isBottom() || b.isBottom()) {
      return a.isBottom() ? b : a;
    }
    BitSet related = new BitSet();
    related.set(1, SYMBOLS + 1);
    return refined(
        a.relations().join(a.reading(), b.relations(), b.reading(), related),
        least(a.mins(), b.mins()),
        greatest(a.maxs(), b.maxs()));
  }

  @Override
  public Optional<Related> meet(Related a, Related b) {
    Relations[] both = {a.relations()};
    b.relations().forEach((x, y, bound) -> both[0] = both[0].assume(x, y, bound));
    return Optional.of(
        a.isBottom() || b.isBottom()
            ? nothing()
            : refined(both[0], greatest(a.mins(), b.mins()), least(a.maxs(), b.maxs())));
  }

  @Override
  public Related widen(Related old, Related next) {
    if (old.isBottom() || next.isBottom()) {
      return old.isBottom() ? next : old;
    }
    List<Long> mins = new ArrayList<>();
    List<Long> maxs = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      mins.add(
          next.mins().get(i) < old.mins().get(i)
              ? Long.valueOf(-FAR)
              : old.mins().get(i));
      maxs.add(
          next.maxs().get(i) > old.maxs().get(i)
              ? Long.valueOf(FAR)
              : old.maxs().get(i));
    }
    return related(
        old.relations().widen(old.reading(), next.relations(), next.reading()), mins, maxs);
  }

  private static List<Long> least(List<Long> a, List<Long> b) {
    List<Long> result = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      result.add(Math.min(a.get(i), b.get(i)));
    }
    return result;
  }

  private static List<Long> greatest(List<Long> a, List<Long> b) {
    List<Long> result = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      result.add(Math.max(a.get(i), b.get(i)));
    }
    return result;
  }

  @Override
  public Optional<Related> bottom() {
    return Optional.of(nothing());
  }

  @Override
  public Optional<Related> top() {
    return Optional.of(related(none, List.of(-FAR, -FAR, -FAR), List.of(FAR, FAR, FAR)));
  }

  /** Six ends of ranges, each once; six bounds, each once. */
  @Override
  public int longestChain() {
    return 12;
  }

  /** Ranges may say what bounds say too. */
  @Override
  public boolean isCanonical() {
    return false;
  }

  /** All bounds of −1 and 0 between symbols from 0 to 2. */
  @Override
  public Optional<Small<Related, List<Long>>> small() {
    Set<Relations> all = new LinkedHashSet<>(List.of(none));
    for (int x = 1; x <= SYMBOLS; x++) {
      for (int y = 1; y <= SYMBOLS; y++) {
        if (x != y) {
          for (Relations one : List.copyOf(all)) {
            for (long bound = -1; bound <= 0; bound++) {
              all.add(one.assume(x, y, bound));
            }
          }
        }
      }
    }
    List<Long> zeros = List.of(0L, 0L, 0L);
    List<Long> twos = List.of(2L, 2L, 2L);
    Set<Related> elements = new LinkedHashSet<>();
    for (Relations one : all) {
      elements.add(refined(one, zeros, twos));
      elements.add(refined(one, List.of(1L, 0L, 0L), twos));
    }
    elements.add(nothing());
    return Optional.of(new Small<>(List.copyOf(elements), box(zeros, twos)));
  }
}
