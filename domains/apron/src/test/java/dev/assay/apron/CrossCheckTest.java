package dev.assay.apron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Relations;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Assay's own zones and Apron's domains, transfer by transfer: of differences alone they know the same, so that a mistake in one of two independent
 * implementations shows.
 */
@RequiresApron
class CrossCheckTest {
  private static final int SYMBOLS = 5;
  private static final int HISTORIES = 300;
  private static final int STEPS = 12;

  /** What both know of the same symbols after the same operations. */
  private record Both(Relations zone, Relations other) {
    Both assume(SplittableRandom random) {
      int x = random.nextInt(1, SYMBOLS + 1);
      int y = random.nextInt(1, SYMBOLS + 1);
      long bound = random.nextInt(-4, 9);
      return new Both(zone.assume(x, y, bound), other.assume(x, y, bound));
    }

    Both forget(int symbol) {
      return new Both(zone.forget(symbol), other.forget(symbol));
    }

    Both retain(int... symbols) {
      return new Both(zone.retain(symbols), other.retain(symbols));
    }

    Both join(Readings mine, Both that, Readings theirs) {
      BitSet related = new BitSet();
      return new Both(
          zone.join(mine, that.zone, theirs, related),
          other.join(mine, that.other, theirs, related));
    }

    void assertAgree(String when) {
      assertEquals(zone.isBottom(), other.isBottom(), () -> when + "\n" + this);
      for (int x = 1; x <= SYMBOLS && !zone.isBottom(); x++) {
        for (int y = 1; y <= SYMBOLS; y++) {
          assertEquals(zone.upperBound(x, y), other.upperBound(x, y), when + "\n" + this);
        }
      }
    }
  }

  private interface Body {
    void run(Relations none);
  }

  private static void with(String domain, Body body) {
    try (RelationalDomain.Session session = new ApronDomains().domain(domain).open()) {
      body.run(session.none());
    } catch (DomainUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  private static Both random(Relations none, SplittableRandom random) {
    Both both = new Both(Relations.zones(), none);
    for (int i = random.nextInt(8); i > 0; i--) {
      Both next = both.assume(random);
      both = next.zone.isBottom() ? both : next;
    }
    return both;
  }

  @ParameterizedTest
  @ValueSource(strings = {"octagon", "polyhedra"})
  void differencesAreKnownAlikeAfterEachTransfer(String domain) {
    with(domain, none -> {
      for (int seed = 0; seed < HISTORIES; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Both both = new Both(Relations.zones(), none);
        for (int step = 0; step < STEPS && !both.zone.isBottom(); step++) {
          both = switch (random.nextInt(8)) {
            case 0 -> both.forget(random.nextInt(1, SYMBOLS + 1));
            case 1 -> both.retain(1, 2, random.nextInt(3, SYMBOLS + 1));
            case 2 ->
              both.join(
                  Readings.permuted(SYMBOLS, random),
                  random(none, random),
                  Readings.permuted(SYMBOLS, random));
            default -> both.assume(random);
          };
          both.assertAgree("seed %d, step %d".formatted(seed, step));
        }
      }
    });
  }

  /** Zones look for each bound alone, and the others for all together: what zones see to be included is. */
  @ParameterizedTest
  @ValueSource(strings = {"octagon", "polyhedra"})
  void whatZonesIncludeIsIncluded(String domain) {
    int[] included = {0};
    with(domain, none -> {
      for (int seed = 0; seed < 3 * HISTORIES; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Both large = random(none, random);
        Both small = random(none, random);
        Readings mine = Readings.permuted(SYMBOLS, random);
        Readings theirs = Readings.permuted(SYMBOLS, random);
        boolean byZones = large.zone.includes(mine, small.zone, theirs);
        assertEquals(
            byZones,
            large.other.includes(mine, small.other, theirs),
            "seed " + seed + "\n" + large + "\n" + small);
        included[0] += byZones ? 1 : 0;
        Both join = large.join(mine, small, theirs);
        Readings same = Readings.identity(SYMBOLS);
        assertTrue(join.zone.includes(same, small.zone, theirs), "seed " + seed);
        assertTrue(join.other.includes(same, small.other, theirs), "seed " + seed);
      }
    });
    assertTrue(included[0] > HISTORIES / 20, included[0] + " of the cases say yes");
  }

  /** What widening keeps holds on both sides, and what zones keep is kept. */
  @ParameterizedTest
  @ValueSource(strings = {"octagon", "polyhedra"})
  void wideningKeepsNoBoundThatIsNotOneOfTheJoin(String domain) {
    with(domain, none -> {
      for (int seed = 0; seed < HISTORIES; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Both old = random(none, random);
        Both next = random(none, random);
        Readings mine = Readings.permuted(SYMBOLS, random);
        Readings theirs = Readings.permuted(SYMBOLS, random);
        Both join = old.join(mine, next, theirs);
        Relations widened = old.other.widen(mine, next.other, theirs);
        Relations byZones = old.zone.widen(mine, next.zone, theirs);
        for (int x = 1; x <= SYMBOLS; x++) {
          for (int y = 1; y <= SYMBOLS; y++) {
            assertTrue(
                widened.upperBound(x, y) >= join.other.upperBound(x, y),
                "seed " + seed + "\n" + old + "\n" + next + "\n" + widened);
            assertTrue(
                byZones.upperBound(x, y) >= join.zone.upperBound(x, y),
                "seed " + seed + "\n" + old + "\n" + next + "\n" + byZones);
          }
        }
      }
    });
  }
}
