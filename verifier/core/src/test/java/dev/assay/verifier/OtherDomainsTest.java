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

  /**
   * A program that tests the sum of r6 and r7, each at most {@code mask}, and then loses it: r2 is 0 or 1, and blocks join, before the summands are used.
   *
   * @param failing the comparison of the sum that leads out
   */
  private static Verification afterATestOfASum(int mask, String failing, String use) {
    return verify("""
        r6 = *(u32 *)(r1 + 12)
        r6 &= %1$d
        r7 = *(u32 *)(r1 + 16)
        r7 &= %1$d
        r2 = r6
        r2 += r7
        if r2 %2$s goto out
        r2 = 0
        r3 = *(u32 *)(r1 + 12)
        if r3 == 0 goto other
        r2 = 1
        other:
        %3$s
        out:
        r0 = 0
        exit
        """.formatted(mask, failing, use));
  }

  /** The sum is computed anew where nothing of the first is left. */
  @ParameterizedTest
  @CsvSource({"zone, REJECTED", "octagon, ACCEPTED", "polyhedra, ACCEPTED"})
  void whatATestTellsOfASumIsKnownOfItsSummands(String name, Decision decision) {
    Verification program = afterATestOfASum(255, "> 7", """
        *(u64 *)(r10 - 8) = r2
        r6 += r7
        r4 = r10
        r4 += -8
        r4 += r6
        r0 = *(u8 *)(r4 + 0)
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
    return afterATestOfASum(127, "< " + least, """
        r6 += r7
        r4 = r10
        r4 -= r6
        *(u64 *)(r4 + 0) = r2
        """);
  }

  /** The sum of two that are not negative wraps around to one that is: the store is reached, and must not be taken for dead code. */
  @ParameterizedTest
  @ValueSource(strings = {"zone", "octagon", "polyhedra"})
  void aSumThatMayWrapTellsNothingOfItsSummands(String name) {
    Verification program = verify("""
        r6 = *(u32 *)(r1 + 12)
        r6 <<= 31
        r7 = *(u32 *)(r1 + 16)
        r7 <<= 31
        r2 = r6
        r2 += r7
        if r2 s>= 0 goto out
        *(u8 *)(r10 + 0) = 0
        out:
        r0 = 0
        exit
        """);
    assertNotEquals(Decision.ACCEPTED, decision(program, domain(name)));
  }
}
