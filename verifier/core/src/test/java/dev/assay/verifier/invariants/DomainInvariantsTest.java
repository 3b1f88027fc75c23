package dev.assay.verifier.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomains;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same cases with the other domains. None of them needs more than differences, so that octagons and polyhedra entail what zones do; and Apron's
 * boxes, which know only ranges, entail what ranges alone do.
 */
final class DomainInvariantsTest {
  private static RelationalDomain domain(String name) {
    try {
      return RelationalDomains.named(name).orElseThrow();
    } catch (DomainUnavailableException unavailable) {
      Assumptions.assumeTrue(
          System.getenv("ASSAY_REQUIRE_APRON") != null, unavailable.getMessage());
      throw new AssertionError(unavailable);
    }
  }

  /** What was found out of a domain, for several tests ask. */
  private static final Map<String, Set<String>> DISAGREEING = new HashMap<>();

  private static Set<String> disagreeing(RelationalDomain domain) {
    return DISAGREEING.computeIfAbsent(domain.name(), name -> places(domain));
  }

  private static Set<String> places(RelationalDomain domain) {
    Set<String> places = new TreeSet<>();
    for (InvariantCase test : InvariantsTest.cases()) {
      if (!InvariantsTest.disagreement(test, domain).isEmpty()) {
        places.add(test.place());
      }
    }
    return places;
  }

  @ParameterizedTest
  @CsvSource({"octagon, zone", "polyhedra, zone", "box, interval"})
  void domainsThatKnowAlikeEntailAlike(String other, String own) {
    RelationalDomain domain = domain(other);
    assertEquals(disagreeing(domain(own)), disagreeing(domain));
  }

  @Test
  void differencesEntailMoreThanRanges() {
    Set<String> withLess = disagreeing(RelationalDomain.INTERVAL);
    Set<String> withMore = disagreeing(RelationalDomain.ZONE);
    assertTrue(withLess.containsAll(withMore));
    assertTrue(withLess.size() > withMore.size());
  }
}
