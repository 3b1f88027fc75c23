package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Zones against a model that enumerates all assignments of small integers to a few symbols. */
class ZonesTest {
  private static final int SYMBOLS = 3;
  private static final int BOX = 4;

  /** All assignments of −BOX … BOX to the symbols 1 … SYMBOLS; position 0 is the constant zero. */
  private static final List<long[]> ASSIGNMENTS = assignments(SYMBOLS, new long[] {-BOX, BOX});

  record Bound(int x, int y, long k) {
    boolean holds(long[] values) {
      return values[x] - values[y] <= k;
    }
  }

  /** A reading as a table: one row a symbol of the result. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Table(int[] symbols, long[] shifts, long[] mins, long[] maxs)
      implements Relations.Reading {
    static Table identity(int count, long min, long max) {
      Table table = new Table(new int[count], new long[count], new long[count], new long[count]);
      for (int i = 0; i < count; i++) {
        table.symbols[i] = i + 1;
        table.mins[i] = min;
        table.maxs[i] = max;
      }
      return table;
    }

    @Override
    public int count() {
      return symbols.length;
    }

    @Override
    public int symbol(int t) {
      return symbols[t - 1];
    }

    @Override
    public long shift(int t) {
      return shifts[t - 1];
    }

    @Override
    public long min(int t) {
      return mins[t - 1];
    }

    @Override
    public long max(int t) {
      return maxs[t - 1];
    }

    /** The result's symbols for an assignment of the operand's; empty if one is out of its range. */
    List<long[]> read(long[] own) {
      long[] values = new long[count() + 1];
      for (int t = 1; t <= count(); t++) {
        values[t] = own[symbol(t)] + shift(t);
        if (values[t] < min(t) || values[t] > max(t)) {
          return List.of();
        }
      }
      return List.of(values);
    }
  }

  /** An operand: bounds, the zone made of them, and how the result reads it. */
  record Operand(List<Bound> bounds, Table table) {
    Relations zone() {
      return ZonesTest.zone(bounds);
    }

    /** The assignments to the result's symbols that this operand allows. */
    List<long[]> model() {
      return satisfying(bounds).stream()
          .flatMap(own -> table.read(own).stream())
          .toList();
    }
  }

  private static List<long[]> assignments(int symbols, long[] range) {
    List<long[]> all = new ArrayList<>();
    all.add(new long[symbols + 1]);
    for (int s = 1; s <= symbols; s++) {
      List<long[]> more = new ArrayList<>();
      for (long[] a : all) {
        for (long v = range[0]; v <= range[1]; v++) {
          long[] next = a.clone();
          next[s] = v;
          more.add(next);
        }
      }
      all = more;
    }
    return all;
  }

  private static Relations zone(List<Bound> bounds) {
    Relations zone = Relations.zones();
    for (Bound b : bounds) {
      zone = zone.assume(b.x, b.y, b.k);
    }
    return zone;
  }

  private static List<long[]> satisfying(List<Bound> bounds) {
    return ASSIGNMENTS.stream()
        .filter(a -> bounds.stream().allMatch(b -> b.holds(a)))
        .toList();
  }

  private static List<Bound> stored(Relations zone) {
    List<Bound> all = new ArrayList<>();
    zone.forEach((x, y, k) -> all.add(new Bound(x, y, k)));
    return all;
  }

  private static boolean allow(Relations zone, long[] values) {
    return !zone.isBottom() && stored(zone).stream().allMatch(b -> b.holds(values));
  }

  @Provide
  Arbitrary<List<Bound>> bounds() {
    Arbitrary<Integer> symbol = Arbitraries.integers().between(1, SYMBOLS);
    return Combinators.combine(symbol, symbol, Arbitraries.longs().between(-BOX, BOX))
        .as(Bound::new)
        .filter(b -> b.x != b.y)
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Operand> operands() {
    Arbitrary<Table> tables = Combinators.combine(
            Arbitraries.integers().between(0, SYMBOLS).array(int[].class).ofSize(SYMBOLS),
            Arbitraries.longs().between(-2, 2).array(long[].class).ofSize(SYMBOLS),
            Arbitraries.longs().between(-BOX - 2, BOX).array(long[].class).ofSize(SYMBOLS),
            Arbitraries.longs().between(0, 2 * BOX).array(long[].class).ofSize(SYMBOLS))
        .as((symbols, shifts, mins, spans) -> {
          long[] maxs = new long[SYMBOLS];
          for (int i = 0; i < SYMBOLS; i++) {
            maxs[i] = mins[i] + spans[i];
          }
          return new Table(symbols, shifts, mins, maxs);
        });
    return Combinators.combine(bounds(), tables).as(Operand::new);
  }

  @Provide
  Arbitrary<BitSet> related() {
    return Arbitraries.longs()
        .between(0, (1 << (SYMBOLS + 1)) - 1)
        .map(bits -> BitSet.valueOf(new long[] {bits}));
  }

  @Property
  void assumedBoundsAllowWhatTheyShouldAndNoMore(@ForAll("bounds") List<Bound> bounds) {
    Relations zone = zone(bounds);
    for (long[] a : ASSIGNMENTS) {
      assertEquals(bounds.stream().allMatch(b -> b.holds(a)), allow(zone, a));
    }
  }

  @Property
  void boundsAreTheShortestPaths(@ForAll("bounds") List<Bound> bounds) {
    long[][] shortest = new long[SYMBOLS + 1][SYMBOLS + 1];
    for (int x = 1; x <= SYMBOLS; x++) {
      for (int y = 1; y <= SYMBOLS; y++) {
        shortest[x][y] = x == y ? 0 : 1000;
      }
    }
    bounds.forEach(b -> shortest[b.x][b.y] = Math.min(shortest[b.x][b.y], b.k));
    for (int via = 1; via <= SYMBOLS; via++) {
      for (int x = 1; x <= SYMBOLS; x++) {
        for (int y = 1; y <= SYMBOLS; y++) {
          shortest[x][y] = Math.min(shortest[x][y], shortest[x][via] + shortest[via][y]);
        }
      }
    }
    Relations zone = zone(bounds);
    boolean contradiction = shortest[1][1] < 0 || shortest[2][2] < 0 || shortest[3][3] < 0;
    assertEquals(contradiction, zone.isBottom());
    for (int x = 1; x <= SYMBOLS && !contradiction; x++) {
      for (int y = 1; y <= SYMBOLS; y++) {
        long expected = shortest[x][y] > 500 ? Relations.UNBOUNDED : shortest[x][y];
        assertEquals(expected, zone.upperBound(x, y));
      }
    }
  }

  @Property
  void theOrderOfAssumptionsDoesNotMatter(@ForAll("bounds") List<Bound> bounds) {
    assertEquals(zone(bounds), zone(bounds.reversed()));
    assertEquals(zone(bounds).hashCode(), zone(bounds.reversed()).hashCode());
  }

  @Property
  void assumingWhatIsKnownChangesNothing(@ForAll("bounds") List<Bound> bounds) {
    Relations zone = zone(bounds);
    for (Bound b : bounds) {
      assertSame(zone, zone.assume(b.x, b.y, b.k));
    }
  }

  @Property
  void forgettingKeepsWhatFollowsForTheOthers(@ForAll("bounds") List<Bound> bounds) {
    Relations zone = zone(bounds);
    Relations without = zone.forget(2);
    assertEquals(without, zone.retain(new int[] {1, 3}));
    assertEquals(zone.isBottom(), without.isBottom());
    assertFalse(without.mentions(2));
    assertEquals(zone.upperBound(1, 3), without.upperBound(1, 3));
    assertEquals(zone.upperBound(3, 1), without.upperBound(3, 1));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theJoinAllowsWhatEitherOperandAllows(
      @ForAll("operands") Operand a,
      @ForAll("operands") Operand b,
      @ForAll("related") BitSet related) {
    Relations join = a.zone().join(a.table, b.zone(), b.table, related);
    a.model().forEach(values -> assertTrue(allow(join, values)));
    b.model().forEach(values -> assertTrue(allow(join, values)));
  }

  /** What follows from two bounds of a join is stored, unless the joined ranges say it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theJoinHasAllItsConsequences(
      @ForAll("operands") Operand a,
      @ForAll("operands") Operand b,
      @ForAll("related") BitSet related) {
    Relations join = a.zone().join(a.table, b.zone(), b.table, related);
    if (a.zone().isBottom() || b.zone().isBottom() || join.isBottom()) {
      return;
    }
    for (Bound first : stored(join)) {
      for (Bound second : stored(join)) {
        if (first.y == second.x && first.x != second.y) {
          long byRanges = Math.max(a.table.max(first.x), b.table.max(first.x))
              - Math.min(a.table.min(second.y), b.table.min(second.y));
          long known = Math.min(byRanges, join.upperBound(first.x, second.y));
          assertTrue(known <= first.k + second.k, () -> first + " and " + second + " in " + join);
        }
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theWideningAllowsWhatEitherOperandAllowsAndKeepsOnlyOldBounds(
      @ForAll("operands") Operand a, @ForAll("operands") Operand b) {
    Relations widened = a.zone().widen(a.table, b.zone(), b.table);
    a.model().forEach(values -> assertTrue(allow(widened, values)));
    b.model().forEach(values -> assertTrue(allow(widened, values)));
    if (!a.zone().isBottom()) {
      for (Bound bound : stored(widened)) {
        long old = a.zone().upperBound(a.table.symbol(bound.x), a.table.symbol(bound.y));
        assertEquals(old + a.table.shift(bound.x) - a.table.shift(bound.y), bound.k);
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsIncludedIsAllowed(@ForAll("operands") Operand a, @ForAll("operands") Operand b) {
    Relations zone = a.zone();
    if (zone.includes(a.table, b.zone(), b.table) && !zone.isBottom()) {
      for (long[] values : b.model()) {
        for (int t = 1; t <= SYMBOLS; t++) {
          for (int u = 1; u <= SYMBOLS; u++) {
            int x = a.table.symbol(t);
            int y = a.table.symbol(u);
            long k = x == 0 || y == 0 ? Relations.UNBOUNDED : zone.upperBound(x, y);
            if (k != Relations.UNBOUNDED) {
              assertTrue(values[t] - values[u] <= k + a.table.shift(t) - a.table.shift(u));
            }
          }
        }
      }
    }
  }

  @Property
  void theJoinIsTheLeastUpperBound(
      @ForAll("bounds") List<Bound> a, @ForAll("bounds") List<Bound> b) {
    Table all = Table.identity(SYMBOLS, Long.MIN_VALUE, Long.MAX_VALUE);
    Relations join = zone(a).join(all, zone(b), all, new BitSet());
    for (int x = 1; x <= SYMBOLS && !zone(a).isBottom() && !zone(b).isBottom(); x++) {
      for (int y = 1; y <= SYMBOLS; y++) {
        assertEquals(
            Math.max(zone(a).upperBound(x, y), zone(b).upperBound(x, y)), join.upperBound(x, y));
      }
    }
  }

  @Test
  void countersThatMoveTogetherBecomeRelated() {
    Table entry =
        new Table(new int[] {0, 0}, new long[] {0, 0}, new long[] {0, 0}, new long[] {0, 0});
    Table back =
        new Table(new int[] {0, 0}, new long[] {1, 1}, new long[] {1, 1}, new long[] {1, 1});
    BitSet related = new BitSet();
    assertTrue(Relations.zones().join(entry, Relations.zones(), back, related).isEmpty());
    related.set(1, 3);
    Relations join = Relations.zones().join(entry, Relations.zones(), back, related);
    assertEquals(0, join.upperBound(1, 2));
    assertEquals(0, join.upperBound(2, 1));
  }

  @Test
  void aClassThatSplitsInheritsItsBounds() {
    Relations zone = Relations.zones().assume(1, 2, -3);
    Table split = new Table(
        new int[] {1, 1, 2}, new long[] {0, 1, 0}, new long[] {0, 0, 0}, new long[] {90, 90, 90});
    Relations apart = Relations.zones().assume(1, 3, -3).assume(2, 3, -2);
    Relations widened = zone.widen(split, apart, Table.identity(3, 0, 90));
    assertEquals(-3, widened.upperBound(1, 3));
    assertEquals(-2, widened.upperBound(2, 3));
    assertEquals(Relations.UNBOUNDED, widened.upperBound(1, 2));
  }

  @Test
  void aBoundThatTheRangesImplyIsStable() {
    Relations zone = Relations.zones().assume(1, 2, 0);
    Table mine = Table.identity(2, 0, 100);
    Table theirs =
        new Table(new int[] {1, 0}, new long[] {0, 14}, new long[] {0, 14}, new long[] {14, 14});
    assertEquals(zone, zone.widen(mine, Relations.zones(), theirs));
    assertTrue(zone.includes(mine, Relations.zones(), theirs));
  }

  @Test
  void whatNobodyReadsIsNotIncluded() {
    Relations zone = Relations.zones().assume(1, 2, 0);
    Table first = Table.identity(1, 0, 5);
    assertFalse(zone.includes(first, Relations.zones(), first));
  }

  @Test
  void hugeBoundsAreDroppedInsteadOfOverflowing() {
    Relations zone = Relations.zones();
    assertSame(zone, zone.assume(1, 2, (1L << 62) + 1));
    assertSame(zone, zone.assume(1, 2, Long.MIN_VALUE));
    long large = (1L << 62) - 1;
    Relations chain = zone.assume(1, 2, large).assume(2, 3, large);
    assertEquals(large, chain.upperBound(1, 2));
    assertEquals(Relations.UNBOUNDED, chain.upperBound(1, 3));
    Relations down = zone.assume(1, 2, -large).assume(2, 3, -large);
    assertEquals(Relations.UNBOUNDED, down.upperBound(1, 3));
    assertTrue(down.assume(2, 1, large - 1).isBottom());
    Table shifted = new Table(
        new int[] {1, 2},
        new long[] {Long.MAX_VALUE, Long.MIN_VALUE},
        new long[] {Long.MIN_VALUE, Long.MIN_VALUE},
        new long[] {Long.MAX_VALUE, Long.MAX_VALUE});
    assertTrue(chain.join(shifted, chain, shifted, new BitSet()).isEmpty());
  }

  @Test
  void atMostThirtyTwoSymbolsHaveBounds() {
    Relations zone = Relations.zones();
    for (int s = 1; s < 40; s++) {
      zone = zone.assume(s, s + 1, 1);
    }
    BitSet mentioned = new BitSet();
    stored(zone).forEach(b -> {
      mentioned.set(b.x);
      mentioned.set(b.y);
    });
    assertEquals(Zones.MAX_SYMBOLS, mentioned.cardinality());
    for (Bound b : stored(zone)) {
      assertEquals(b.y - b.x, b.k);
    }
  }

  /** Of 33 symbols, those with one bound are 2 to 19; the highest goes. */
  @Test
  void theSymbolWithTheFewestBoundsIsForgottenFirst() {
    Relations zone = Relations.zones();
    for (int s = 1; s < 32; s++) {
      zone = zone.assume(s, 40, 0);
    }
    for (int s = 20; s < 32; s++) {
      zone = zone.assume(s, 1, 0);
    }
    zone = zone.assume(33, 1, 0);
    for (int s = 1; s < 32; s++) {
      assertEquals(s != 19, zone.mentions(s));
    }
    assertTrue(zone.mentions(33) && zone.mentions(40));
  }

  /** Each side knows one of two bounds from its ranges, so that only their sum says what the join knows of 1 − 3. */
  @Test
  void aJoinConcludesWhatRangesDoNotSay() {
    Table left = ranges(0, 10, 0, 10, 20, 30);
    Table right = ranges(0, 10, 20, 30, 0, 100);
    Relations join = Relations.zones()
        .assume(1, 2, 0)
        .join(left, Relations.zones().assume(2, 3, 0), right, new BitSet());
    assertEquals(0, join.upperBound(1, 2));
    assertEquals(0, join.upperBound(2, 3));
    assertEquals(0, join.upperBound(1, 3));
    assertEquals(Relations.UNBOUNDED, join.upperBound(3, 1));
    // The same with the symbols in the opposite order.
    Relations turned = Relations.zones()
        .assume(3, 2, 0)
        .join(
            ranges(20, 30, 0, 10, 0, 10),
            Relations.zones().assume(2, 1, 0),
            ranges(0, 100, 20, 30, 0, 10),
            new BitSet());
    assertEquals(0, turned.upperBound(3, 1));
    // Here the joined ranges say so themselves.
    Table above = ranges(0, 10, 20, 30, 10, 100);
    Relations known = Relations.zones()
        .assume(1, 2, 0)
        .join(left, Relations.zones().assume(2, 3, 0), above, new BitSet());
    assertEquals(0, known.upperBound(2, 3));
    assertEquals(Relations.UNBOUNDED, known.upperBound(1, 3));
  }

  private static Table ranges(long... ends) {
    Table table = Table.identity(ends.length / 2, 0, 0);
    for (int i = 0; i < ends.length / 2; i++) {
      table.mins[i] = ends[2 * i];
      table.maxs[i] = ends[2 * i + 1];
    }
    return table;
  }

  @Test
  void inclusionSeesRangesNarrowedByBounds() {
    Table any = Table.identity(3, -100, 100);
    // 1 ≤ 2 ≤ 5 and 3 ≥ 0.
    Relations upper = Relations.zones().assume(1, 2, 0);
    Table upperRanges = ranges(-100, 100, -100, 5, 0, 100);
    // 1 ≤ 5 and 3 ≥ 2 − 2 ≥ −2.
    Relations lower = Relations.zones().assume(2, 3, 2);
    Table lowerRanges = ranges(-100, 5, 0, 100, -100, 100);
    assertTrue(difference(5).includes(any, upper, upperRanges));
    assertFalse(difference(4).includes(any, upper, upperRanges));
    assertTrue(difference(7).includes(any, lower, lowerRanges));
    assertFalse(difference(6).includes(any, lower, lowerRanges));
    // 1 ≤ 3 ≤ 5 and 2 ≥ 0.
    Relations last = Relations.zones().assume(1, 3, 0);
    Table lastRanges = ranges(-100, 100, 0, 100, -100, 5);
    assertTrue(Relations.zones().assume(1, 2, 5).includes(any, last, lastRanges));
    assertFalse(Relations.zones().assume(1, 2, 4).includes(any, last, lastRanges));
  }

  /** A bound above or below an extreme narrows nothing; were it to wrap, it would exclude what is there. */
  @Test
  void rangesNarrowedBeyondTheExtremesSayNothing() {
    Table any = Table.identity(3, Long.MIN_VALUE, Long.MAX_VALUE);
    Relations upper = Relations.zones().assume(1, 2, 5);
    Relations lower = Relations.zones().assume(2, 3, 5);
    long least = Long.MIN_VALUE;
    long most = Long.MAX_VALUE;
    assertFalse(difference(10).includes(any, upper, ranges(least, most, 0, most, 0, 9)));
    assertFalse(difference(10).includes(any, lower, ranges(0, 9, least, 0, least, most)));
  }

  private static Relations difference(long bound) {
    return Relations.zones().assume(1, 3, bound);
  }

  @Test
  void whatReadsTheSameMustBeEquallyFarApart() {
    Table shared =
        new Table(new int[] {1, 1}, new long[] {0, 3}, new long[] {-90, -90}, new long[] {90, 90});
    Relations none = Relations.zones();
    assertTrue(none.includes(shared, none, ranges(1, 1, 4, 4)));
    assertFalse(none.includes(shared, none, ranges(1, 1, 5, 5)));
    assertFalse(none.includes(shared, none, ranges(1, 1, 3, 3)));
    Relations apart = none.assume(2, 1, 3).assume(1, 2, -3);
    assertTrue(none.includes(shared, apart, Table.identity(2, -90, 90)));
    assertFalse(none.includes(shared, none.assume(2, 1, 3), Table.identity(2, -90, 90)));
  }

  @Test
  void symbolsMayBeReadInAnyOrder() {
    Table turned = new Table(
        new int[] {3, 1, 2}, new long[] {0, 1, 0}, new long[] {0, 0, 0}, new long[] {9, 9, 9});
    // 1 − 2 ≤ −3 and 2 − 3 ≤ 1 are, of the result's symbols, 2 − 3 ≤ −2 and 3 − 1 ≤ 1.
    Relations zone = Relations.zones().assume(1, 2, -3).assume(2, 3, 1);
    Relations join = zone.join(turned, zone, turned, new BitSet());
    assertEquals(-2, join.upperBound(2, 3));
    assertEquals(1, join.upperBound(3, 1));
    assertEquals(-1, join.upperBound(2, 1));
    assertTrue(zone.includes(turned, join, Table.identity(3, 0, 9)));
    assertFalse(zone.includes(turned, join.forget(1), Table.identity(3, 0, 9)));
  }

  @Test
  void theImpossibleIsIncludedInAllAndIncludesNothing() {
    Table all = Table.identity(2, 0, 9);
    Relations impossible = Relations.zones().assume(1, 1, -1);
    Relations some = Relations.zones().assume(1, 2, 0);
    assertTrue(impossible.isBottom());
    assertFalse(impossible.isEmpty());
    assertSame(impossible, impossible.assume(1, 2, 3));
    assertSame(some, some.assume(1, 1, 0));
    assertTrue(some.includes(all, impossible, all));
    assertTrue(impossible.includes(all, impossible, all));
    assertFalse(impossible.includes(all, some, all));
    assertEquals(some, some.join(all, impossible, all, new BitSet()));
    assertEquals(some, impossible.join(all, some, all, new BitSet()));
    assertEquals(some, some.widen(all, impossible, all));
    assertEquals(some, impossible.widen(all, some, all));
    assertTrue(impossible.join(all, impossible, all, new BitSet()).isBottom());
    assertTrue(impossible.widen(all, impossible, all).isBottom());
    assertFalse(impossible.equals(Relations.zones()));
    assertEquals("impossible", impossible.toString());
    assertEquals("{1 - 2 <= 0, 2 - 1 <= 4}", some.assume(2, 1, 4).toString());
  }

  /** What a result equal to the left operand costs is one comparison more: it is the same object. */
  @Test
  void aJoinThatIsTheLeftOperandIsTheSameObject() {
    Table all = Table.identity(3, Long.MIN_VALUE, Long.MAX_VALUE);
    Relations zone = Relations.zones().assume(1, 2, 3);
    assertSame(zone, zone.join(all, zone.assume(2, 3, 1), all, new BitSet()));
    assertSame(zone, zone.widen(all, zone.assume(2, 3, 1), all));
    assertSame(zone, zone.forget(3));
    assertSame(zone, zone.retain(new int[] {1, 2}));
    assertSame(Relations.zones(), zone.none());
  }

  @Test
  void intervalsAloneKnowNoDifference() {
    Relations none = Relations.intervalsOnly().assume(1, 2, -5);
    assertEquals(Relations.UNBOUNDED, none.upperBound(1, 2));
    assertEquals(0, none.upperBound(1, 1));
    assertTrue(none.isEmpty());
    assertFalse(none.isBottom());
    assertFalse(none.mentions(1));
    assertSame(none, none.none());
    assertSame(none, none.forget(1));
    assertSame(none, none.retain(new int[0]));
    none.forEach((x, y, bound) -> assertEquals(Relations.UNBOUNDED, bound));
    assertEquals("intervals only", none.toString());
  }
}
