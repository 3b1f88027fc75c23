package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.RelationalDomain;
import dev.assay.object.BpfObject;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleComparisonTest {
  private static Verdict verify(DoubleComparison family, int n, RelationalDomain domain) {
    BpfObject object = family.program(n);
    return Verifier.verify(
        object,
        "",
        object.programs().getFirst(),
        LinuxPlatform.load().programKind("xdp").orElseThrow(),
        VerifierOptions.DEFAULT.withDomain(domain));
  }

  @ParameterizedTest
  @EnumSource
  void everyLengthIsAcceptedWithRoundsForAllBytes(DoubleComparison family) {
    for (RelationalDomain domain : List.of(RelationalDomain.INTERVAL, RelationalDomain.ZONE)) {
      for (int n : new int[] {1, 2, 7, 64}) {
        Verdict verdict = verify(family, n, domain);
        assertEquals(Decision.ACCEPTED, verdict.decision(), verdict.findings().toString());
        assertTrue(verdict.worstCase().orElse(0) >= 2L * 5 * n, verdict.toString());
      }
    }
  }

  @Test
  void loopsDoNotGrowAndUnrolledRoundsDo() {
    assertEquals(slots(DoubleComparison.LOOP, 2), slots(DoubleComparison.LOOP, 500));
    assertEquals(
        slots(DoubleComparison.UNROLLED, 2) + 2 * 5 * 498, slots(DoubleComparison.UNROLLED, 500));
  }

  private static int slots(DoubleComparison family, int n) {
    return family.program(n).programs().getFirst().code().size();
  }

  @Test
  void theLongestProgramsCanBeEncodedAndLongerOnesAreRefused() {
    for (DoubleComparison family : DoubleComparison.values()) {
      family.program(DoubleComparison.MOST_ITERATIONS);
      assertThrows(
          IllegalArgumentException.class,
          () -> family.program(DoubleComparison.MOST_ITERATIONS + 1));
      assertThrows(IllegalArgumentException.class, () -> family.program(0));
    }
  }
}
