package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every domain must hold to, so that the search that uses it is sound and ends: the laws of its order, joins, meets and widenings, at random and over all
 * elements of a small instance. A domain is held to them by one subclass; a law about what it does not have (a meet, a bottom) holds.
 *
 * <p>The laws with "describe" are those of soundness: nothing that an element describes may be lost. The others keep the search from going round in circles.
 */
public abstract class LatticeLaws<E, C> implements LatticeUnderTest<E, C> {
  /** Overrides where the random elements begin: {@code -Dassay.seed=…}. */
  private static final long SEED = Long.getLong("assay.seed", 0x9669);

  /** How many random cases each law is tried on. */
  protected int tries() {
    return 2000;
  }

  /** Three random elements of one family. */
  private record Triple<E, C>(Sample<E, C> a, Sample<E, C> b, Sample<E, C> c, long seed) {
    @Override
    public String toString() {
      return "seed " + seed + "\n  a " + a.element() + "\n  b " + b.element() + "\n  c "
          + c.element() + "\n";
    }
  }

  private interface Law<E, C> {
    void check(Triple<E, C> elements);
  }

  private void forRandomElements(Law<E, C> law) {
    for (int i = 0; i < Cases.of(tries()); i++) {
      long seed = SEED + i;
      law.check(new Triple<>(
          sample(seed, 3 * seed), sample(seed, 3 * seed + 1), sample(seed, 3 * seed + 2), seed));
    }
  }

  private void assertDescribes(E element, List<C> members, Object what) {
    for (C member : members) {
      assertTrue(
          contains(element, member), () -> member + " is lost in " + element + " of " + what);
    }
  }

  private void assertIncludes(E large, E small, Object what) {
    assertTrue(includes(large, small), () -> large + " does not include " + small + " of " + what);
  }

  private void assertEquivalent(E one, E other, Object what) {
    assertIncludes(one, other, what);
    assertIncludes(other, one, what);
  }

  @Test
  void elementsDescribeTheirMembers() {
    forRandomElements(t -> assertDescribes(t.a.element(), t.a.members(), t));
  }

  @Test
  void inclusionIsReflexive() {
    forRandomElements(t -> assertIncludes(t.a.element(), t.a.element(), t));
  }

  /** Pairs by chance, and those where one is made from the other. */
  @Test
  void whatIsIncludedIsDescribed() {
    forRandomElements(t -> {
      E a = t.a.element();
      E b = t.b.element();
      E arriving = arriving(a, t.seed, t.seed);
      for (E large : List.of(a, arriving, join(a, t.c.element()), widen(a, join(a, arriving)))) {
        if (includes(large, a)) {
          assertDescribes(large, t.a.members(), t);
        }
        if (includes(large, b)) {
          assertDescribes(large, t.b.members(), t);
        }
        meet(a, b).ifPresent(meet -> {
          if (includes(meet, large)) {
            assertDescribes(
                meet, t.c.members().stream().filter(c -> contains(large, c)).toList(), t);
          }
        });
      }
    });
  }

  @Test
  void inclusionIsAntisymmetric() {
    if (!isCanonical()) {
      return;
    }
    forRandomElements(t -> {
      E join = join(t.a.element(), t.b.element());
      E other = join(t.b.element(), t.a.element());
      assertEquals(join, other, t::toString);
      if (includes(t.a.element(), t.b.element()) && includes(t.b.element(), t.a.element())) {
        assertEquals(t.a.element(), t.b.element());
      }
    });
  }

  @Test
  void inclusionIsTransitive() {
    int[] missed = {0};
    forRandomElements(t -> {
      E ab = join(t.a.element(), t.b.element());
      E abc = join(ab, t.c.element());
      missed[0] += includes(abc, t.a.element()) && includes(abc, t.b.element()) ? 0 : 1;
    });
    assertFew(missed[0]);
  }

  private void assertFew(int missed) {
    int permitted = missesPerThousand() * tries() / 1000;
    assertTrue(missed <= permitted, () -> missed + " of " + tries() + ", not " + permitted);
  }

  @Test
  void joinsDescribeWhatBothDescribe() {
    forRandomElements(t -> {
      E join = join(t.a.element(), t.b.element());
      assertDescribes(join, t.a.members(), t);
      assertDescribes(join, t.b.members(), t);
    });
  }

  @Test
  void joinsIncludeBoth() {
    forRandomElements(t -> {
      E join = join(t.a.element(), t.b.element());
      assertIncludes(join, t.a.element(), t);
      assertIncludes(join, t.b.element(), t);
    });
  }

  @Test
  void joiningWhatIsIncludedChangesNothing() {
    int[] missed = {0};
    forRandomElements(t -> {
      assertEquivalent(t.a.element(), join(t.a.element(), t.a.element()), t);
      E join = join(t.a.element(), t.b.element());
      missed[0] += includes(join, join(join, t.b.element())) ? 0 : 1;
    });
    assertFew(missed[0]);
  }

  @Test
  void meetsDescribeWhatBothDescribe() {
    if (!hasMeet()) {
      return;
    }
    forRandomElements(t -> {
      E a = t.a.element();
      E b = t.b.element();
      for (Sample<E, C> from : List.of(t.a, t.b, t.c)) {
        List<C> common = from.members().stream()
            .filter(c -> contains(a, c) && contains(b, c))
            .toList();
        Optional<E> meet = meet(a, b);
        assertTrue(meet.isPresent() || common.isEmpty(), t::toString);
        meet.ifPresent(m -> assertDescribes(m, common, t));
      }
    });
  }

  @Test
  void meetsAreIncludedInBoth() {
    if (!hasMeet()) {
      return;
    }
    forRandomElements(t -> {
      E join = join(t.a.element(), t.b.element());
      meet(t.a.element(), t.b.element()).ifPresent(meet -> {
        assertIncludes(t.a.element(), meet, t);
        assertIncludes(t.b.element(), meet, t);
      });
      assertEquivalent(t.a.element(), meet(join, t.a.element()).orElseThrow(), t);
    });
  }

  private boolean hasMeet() {
    E some = sample(0, 0).element();
    return meet(some, some).isPresent();
  }

  @Test
  void wideningsDescribeAndIncludeBoth() {
    forRandomElements(t -> {
      E join = join(t.a.element(), t.b.element());
      E widened = widen(t.a.element(), join);
      assertDescribes(widened, t.a.members(), t);
      assertDescribes(widened, t.b.members(), t);
      assertIncludes(widened, t.a.element(), t);
      assertIncludes(widened, join, t);
    });
  }

  @Test
  void everyChainOfWideningsEnds() {
    int[] longest = {0};
    forRandomElements(t -> {
      E e = t.a.element();
      int steps = 0;
      for (int i = 0; i < 4 * longestChain(); i++) {
        E next = arriving(e, t.seed, 1000 * t.seed + i);
        if (!includes(e, next)) {
          e = widen(e, join(e, next));
          // Where inclusion may miss something, the same may arrive again; it counts as a step.
          assertTrue(missesPerThousand() > 0 || includes(e, next), t::toString);
          steps++;
        }
      }
      longest[0] = Math.max(longest[0], steps);
      if (steps > longestChain()) {
        fail(steps + " steps from " + t);
      }
    });
  }

  @Test
  void bottomIsIncludedInAllAndDescribesNothing() {
    bottom().ifPresent(this::checkBottom);
  }

  private void checkBottom(E bottom) {
    forRandomElements(t -> {
      E a = t.a.element();
      assertIncludes(a, bottom, t);
      assertFalse(includes(bottom, a), t::toString);
      t.a.members().forEach(c -> assertFalse(contains(bottom, c)));
      assertEquivalent(a, join(a, bottom), t);
      assertEquivalent(a, join(bottom, a), t);
      assertEquivalent(a, widen(bottom, a), t);
      meet(a, bottom).ifPresent(meet -> assertIncludes(bottom, meet, t));
      meet(bottom, a).ifPresent(meet -> assertIncludes(bottom, meet, t));
    });
    assertIncludes(bottom, bottom, "bottom");
    assertIncludes(bottom, join(bottom, bottom), "bottom");
    assertIncludes(bottom, widen(bottom, bottom), "bottom");
  }

  @Test
  void topIncludesAllAndDescribesEverything() {
    top().ifPresent(this::checkTop);
  }

  private void checkTop(E top) {
    forRandomElements(t -> {
      E a = t.a.element();
      assertIncludes(top, a, t);
      assertDescribes(top, t.a.members(), t);
      assertEquivalent(top, join(top, a), t);
      assertEquivalent(top, widen(a, top), t);
      meet(top, a).ifPresent(meet -> assertEquivalent(a, meet, t));
    });
  }

  /** The same over all pairs of small elements, and how often the answer is the best possible. */
  @Test
  void theOrderJoinsAndMeetsOfAllSmallElementsAreThoseOfTheSetsTheyDescribe() {
    small().ifPresent(small -> new AllPairs(small).check());
  }

  private final class AllPairs {
    private final List<E> elements;
    private final List<C> universe;
    private final long[] sets;
    private final Map<Long, Long> leastAround = new HashMap<>();
    private long pairs;
    private long included;
    private long includedByInclusion;
    private long leastJoins;
    private long leastMeets;
    private long meets;

    AllPairs(Small<E, C> small) {
      elements = small.elements();
      universe = small.universe();
      sets = elements.stream().mapToLong(this::set).toArray();
    }

    private long set(E element) {
      long set = 0;
      for (int i = 0; i < universe.size(); i++) {
        if (contains(element, universe.get(i))) {
          set |= 1L << i;
        }
      }
      return set;
    }

    /** The intersection of what all elements around a set describe: no upper bound among them describes less. */
    private long leastAround(long set) {
      return leastAround.computeIfAbsent(set, key -> {
        long least = -1;
        for (long other : sets) {
          least &= (key & ~other) == 0 ? other : -1;
        }
        return least;
      });
    }

    void check() {
      boolean hasMeet = hasMeet();
      int step = Math.clamp((long) sets.length * sets.length / 20_000, 1, Cases.EVERY);
      for (int i = 0; i < sets.length; i++) {
        for (int j = i % step; j < sets.length; j += step) {
          pairs++;
          inclusion(i, j);
          join(i, j);
          if (hasMeet) {
            meet(i, j);
          }
        }
      }
      atLeast("inclusions", precision().inclusion(), includedByInclusion, included);
      atLeast("joins", precision().join(), leastJoins, pairs);
      atLeast("meets", precision().meet(), leastMeets, meets);
    }

    private void inclusion(int i, int j) {
      boolean subset = (sets[j] & ~sets[i]) == 0;
      boolean includes = includes(elements.get(i), elements.get(j));
      if (includes && !subset) {
        fail(elements.get(i) + " includes " + elements.get(j));
      }
      included += subset ? 1 : 0;
      includedByInclusion += includes ? 1 : 0;
      if (isCanonical() && i != j && sets[i] == sets[j]) {
        fail(elements.get(i) + " and " + elements.get(j) + " describe the same");
      }
    }

    private void join(int i, int j) {
      long union = sets[i] | sets[j];
      E join = LatticeLaws.this.join(elements.get(i), elements.get(j));
      long set = set(join);
      if ((union & ~set) != 0) {
        fail(elements.get(i) + " and " + elements.get(j) + " are not in their join " + join);
      }
      leastJoins += (set & ~leastAround(union)) == 0 ? 1 : 0;
    }

    private void meet(int i, int j) {
      long common = sets[i] & sets[j];
      Optional<E> meet = LatticeLaws.this.meet(elements.get(i), elements.get(j));
      long set = meet.map(this::set).orElse(0L);
      if ((common & ~set) != 0) {
        fail(elements.get(i) + " and " + elements.get(j) + " share more than " + meet);
      }
      meets++;
      leastMeets += (set & ~leastAround(common)) == 0 ? 1 : 0;
    }

    private void atLeast(String what, double expected, long good, long all) {
      double percent = all == 0 ? 100 : 100.0 * good / all;
      // A sample of the cases may have a few more or fewer.
      double tolerance = Cases.EVERY == 1 ? 0 : 2;
      assertTrue(percent >= expected - tolerance, () -> what + " are best in " + percent + " %");
      assertTrue(
          percent < expected + 2 + tolerance,
          () -> "the guard for " + what + " can be raised to " + percent);
    }
  }
}
