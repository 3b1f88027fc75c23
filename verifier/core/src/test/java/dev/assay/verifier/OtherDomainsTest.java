package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomains;
import dev.assay.object.BpfProgram;
import dev.assay.verifier.verdict.Decision;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs with each domain of relations: none may prove what is unsafe. */
class OtherDomainsTest {
  private static RelationalDomain domain(String name) {
    try {
      return RelationalDomains.named(name).orElseThrow();
    } catch (DomainUnavailableException unavailable) {
      Assumptions.assumeTrue(
          System.getenv("ASSAY_REQUIRE_APRON") != null, unavailable.getMessage());
      throw new AssertionError(unavailable);
    }
  }

  private static Decision decision(Verification verification, RelationalDomain domain) {
    BpfProgram program = verification.program();
    return Verifier.verify(
            verification.object(program),
            "test.o",
            program,
            verification.kind(),
            verification.options().withDomain(domain))
        .decision();
  }

  @ParameterizedTest
  @ValueSource(strings = {"interval", "zone", "box", "octagon", "polyhedra"})
  void noDomainProvesAnUnsafeProgram(String name) {
    RelationalDomain domain = domain(name);
    for (Verification program : UnsafePrograms.ALL) {
      assertNotEquals(Decision.ACCEPTED, decision(program, domain));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone", "octagon", "polyhedra"})
  void aCheckOfTheEndIsProvedByEachThatKnowsDifferences(String name) {
    Verification program = verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 13)
        out:
        r0 = 0
        exit
        """);
    assertEquals(Decision.ACCEPTED, decision(program, domain(name)));
  }
}
