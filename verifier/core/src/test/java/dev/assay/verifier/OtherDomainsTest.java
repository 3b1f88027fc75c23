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
import org.junit.jupiter.params.provider.CsvSource;
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

  /** The sum is tested after it was computed, and computed anew where nothing of the first is left. */
  @ParameterizedTest
  @CsvSource({"zone, REJECTED", "octagon, ACCEPTED", "polyhedra, ACCEPTED"})
  void whatATestTellsOfASumIsKnownOfItsSummands(String name, Decision decision) {
    Verification program = verify("""
        r6 = *(u32 *)(r1 + 12)
        r6 &= 255
        r7 = *(u32 *)(r1 + 16)
        r7 &= 255
        r2 = r6
        r2 += r7
        if r2 > 7 goto out
        r2 = 0
        r3 = *(u32 *)(r1 + 12)
        if r3 == 0 goto other
        r2 = 1
        other:
        *(u64 *)(r10 - 8) = r2
        r6 += r7
        r4 = r10
        r4 += -8
        r4 += r6
        r0 = *(u8 *)(r4 + 0)
        out:
        r0 = 0
        exit
        """);
    assertEquals(decision, decision(program, domain(name)));
  }

  /** Below the frame pointer by the sum: less than 8 bytes would reach beyond the stack. */
  @ParameterizedTest
  @CsvSource({"zone, REJECTED", "octagon, ACCEPTED", "polyhedra, ACCEPTED"})
  void soIsTheLeastThatASumCanBe(String name, Decision decision) {
    assertEquals(decision, decision(belowTheFrame(8), domain(name)));
    assertNotEquals(Decision.ACCEPTED, decision(belowTheFrame(7), domain(name)));
  }

  private static Verification belowTheFrame(int least) {
    return verify("""
        r6 = *(u32 *)(r1 + 12)
        r6 &= 127
        r7 = *(u32 *)(r1 + 16)
        r7 &= 127
        r2 = r6
        r2 += r7
        if r2 < %d goto out
        r2 = 0
        r3 = *(u32 *)(r1 + 12)
        if r3 == 0 goto other
        r2 = 1
        other:
        r6 += r7
        r4 = r10
        r4 -= r6
        *(u64 *)(r4 + 0) = r2
        out:
        r0 = 0
        exit
        """.formatted(least));
  }

  /** The first sum may wrap around when it is computed; what is known of it after the tests is that of integers. */
  @ParameterizedTest
  @ValueSource(strings = {"zone", "octagon", "polyhedra"})
  void aSumThatMayWrapTellsNothingOfItsSummands(String name) {
    Verification program = verify("""
        r6 = *(u32 *)(r1 + 12)
        r6 <<= 32
        r7 = *(u32 *)(r1 + 16)
        r7 <<= 32
        r2 = r6
        r2 += r7
        if r2 > 7 goto out
        r4 = r10
        r4 += -8
        r4 += r6
        *(u8 *)(r4 + 0) = 0
        out:
        r0 = 0
        exit
        """);
    assertNotEquals(Decision.ACCEPTED, decision(program, domain(name)));
  }
}
