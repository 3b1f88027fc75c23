package dev.assay.apron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Relations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operand of a binary operation allows, seen through any reading, against all assignments of small integers. */
@RequiresApron
class ReadingsTest {
  private static final int SYMBOLS = 3;
  private static final int BOX = 3;
  private static final int CASES = 60;

  /** An operand of the kind that the owner of ranges has, and how it is read. */
  private record Operand(ApronRelations relations, Readings reading) {
    static Operand random(Relations none, SplittableRandom random) {
      Relations relations = none;
      for (int i = random.nextInt(5); i > 0; i--) {
        int x = random.nextInt(1, SYMBOLS + 1);
        int y = random.nextInt(1, SYMBOLS + 1);
        Relations next = random.nextInt(3) == 0
            ? relations.assumeSum(x, y, random.nextInt(SYMBOLS + 1), random.nextInt(-2, 3))
            : relations.assume(x, y, random.nextInt(-2, 4));
        next = next.assumeRange(x, -BOX, random.nextInt(BOX + 1));
        relations = next.isBottom() ? relations : next;
      }
      return new Operand((ApronRelations) relations, Readings.any(SYMBOLS + 1, SYMBOLS, random));
    }

    /** The values of the result's symbols that this operand allows, those of constants being in their ranges. */
    List<long[]> model() {
      List<long[]> allowed = new ArrayList<>();
      for (long[] own : assignments()) {
        if (relations.allows(symbol -> own[symbol])) {
          add(own, allowed);
        }
      }
      return allowed;
    }

    /** All small integers as the operand's own symbols; position 0 is the constant zero. */
    static List<long[]> assignments() {
      List<long[]> all = new ArrayList<>();
      for (long x = -BOX; x <= BOX; x++) {
        for (long y = -BOX; y <= BOX; y++) {
          for (long z = -BOX; z <= BOX; z++) {
            all.add(new long[] {0, x, y, z});
          }
        }
      }
      return all;
    }

    private void add(long[] own, List<long[]> allowed) {
      long[] values = new long[reading.count() + 1];
      for (int t = 1; t <= reading.count(); t++) {
        values[t] =
            reading.symbol(t) == 0 ? reading.min(t) : own[reading.symbol(t)] + reading.shift(t);
        if (values[t] < reading.min(t) || values[t] > reading.max(t)) {
          return;
        }
      }
      allowed.add(values);
    }
  }

  private interface Law {
    void check(Operand a, Operand b, SplittableRandom random, String seed);
  }

  private static void forOperands(String domain, Law law) {
    try (RelationalDomain.Session session = new ApronDomains().domain(domain).open()) {
      for (int seed = 0; seed < CASES; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Operand a = Operand.random(session.none(), random);
        Operand b = Operand.random(session.none(), random);
        law.check(a, b, random, "seed " + seed + "\n" + a.relations + "\n" + b.relations);
      }
    } catch (DomainUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  private static void assertAllows(Relations relations, List<long[]> model, String seed) {
    for (long[] values : model) {
      assertTrue(((ApronRelations) relations).allows(t -> values[t]), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"box", "octagon", "polyhedra"})
  void theJoinAllowsWhatEitherOperandAllows(String domain) {
    forOperands(domain, (a, b, random, seed) -> {
      BitSet related = BitSet.valueOf(new long[] {random.nextInt(1 << (SYMBOLS + 2))});
      Relations join = a.relations.join(a.reading, b.relations, b.reading, related);
      assertAllows(join, a.model(), seed);
      assertAllows(join, b.model(), seed);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"box", "octagon", "polyhedra"})
  void theWideningAllowsWhatEitherOperandAllows(String domain) {
    forOperands(domain, (a, b, random, seed) -> {
      Relations widened = a.relations.widen(a.reading, b.relations, b.reading);
      assertAllows(widened, a.model(), seed);
      assertAllows(widened, b.model(), seed);
    });
  }

  /** What is included here is what the operand says without its ranges. */
  @ParameterizedTest
  @ValueSource(strings = {"box", "octagon", "polyhedra"})
  void whatIsIncludedIsAllowed(String domain) {
    int[] included = {0};
    forOperands(domain, (a, b, random, seed) -> {
      Relations wide = random.nextBoolean()
          ? a.relations
          : a.relations.join(
              Readings.identity(SYMBOLS), b.relations, Readings.identity(SYMBOLS), new BitSet());
      Readings all = Readings.identity(SYMBOLS);
      if (wide.includes(all, b.relations, b.reading)) {
        included[0]++;
        assertAllows(wide, b.model(), seed);
      }
    });
    assertTrue(included[0] > CASES / 20, included[0] + " are included");
  }

  /** What a sum adds, against the sum itself; its terms may be the same symbol, or none. */
  @ParameterizedTest
  @ValueSource(strings = {"box", "octagon", "polyhedra"})
  void aSumLeavesWhatSatisfiesIt(String domain) {
    boolean[] excluded = {false};
    forOperands(domain, (a, b, random, seed) -> {
      int x = random.nextInt(1, SYMBOLS + 1);
      int y = random.nextInt(1, SYMBOLS + 1);
      int total = random.nextInt(SYMBOLS + 1);
      long constant = random.nextInt(-4, 5);
      ApronRelations told = (ApronRelations) a.relations.assumeSum(x, y, total, constant);
      long most = told.upperBoundOfSum(x, y, total);
      for (long[] own : Operand.assignments()) {
        boolean holds = own[x] + own[y] == own[total] + constant;
        if (a.relations.allows(symbol -> own[symbol])) {
          excluded[0] |= !holds && !told.allows(symbol -> own[symbol]);
          if (holds) {
            assertTrue(told.allows(symbol -> own[symbol]), seed);
            assertTrue(own[x] + own[y] - own[total] <= most, seed);
          }
        }
      }
    });
    assertTrue(excluded[0], "a sum excludes something");
  }

  @Test
  void whatReadsTheSameMustBeEquallyFarApart() {
    Readings shared = new Readings(
        new int[] {1, 1}, new long[] {0, 3}, new long[] {-90, -90}, new long[] {90, 90});
    for (String domain : new ApronDomains().names()) {
      try (RelationalDomain.Session session = new ApronDomains().domain(domain).open()) {
        assertFalse(session.none().includes(shared, session.none(), Readings.identity(2)), domain);
      } catch (DomainUnavailableException unavailable) {
        throw new AssertionError(unavailable);
      }
    }
  }
}
