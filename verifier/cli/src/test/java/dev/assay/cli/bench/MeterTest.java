package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.numeric.RelationalDomain;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final int MEBIBYTE = 1 << 20;

  private static Verdict verdict() {
    var object = DoubleComparison.LOOP.program(3);
    return Verifier.verify(
        object,
        "",
        object.programs().getFirst(),
        LinuxPlatform.load().programKind("xdp").orElseThrow(),
        VerifierOptions.DEFAULT);
  }

  @Test
  void shortRunsAreRepeatedAndLongOnesAreNot() {
    assertTrue(Meter.isTooLittle(0, 0));
    assertTrue(Meter.isTooLittle(2, 999));
    assertTrue(Meter.isTooLittle(3, 49));
    assertFalse(Meter.isTooLittle(3, 50));
    assertFalse(Meter.isTooLittle(1, 1000));
    assertFalse(Meter.isTooLittle(51, 1));
  }

  @Test
  void allocationsOfARunAreCountedExactly() throws InterruptedException {
    Verdict verdict = verdict();
    Measurement measurement = new Meter(RelationalDomain.ZONE).measure(Samples.SMALL, () -> {
      Reference.reachabilityFence(new byte[3 * MEBIBYTE]);
      return verdict;
    });
    assertEquals(Decision.ACCEPTED, measurement.decision());
    assertEquals(verdict.instructions(), measurement.instructions());
    assertEquals(3 * MEBIBYTE, measurement.allocatedBytes(), 10_000);
    assertEquals(OptionalLong.empty(), measurement.outsideBytes());
    assertTrue(measurement.runs() >= 1 && measurement.wallMilliseconds() > 0);
  }

  @Test
  void garbageIsNotHeldAndWhatIsHeldIsSeen() throws InterruptedException {
    long garbage = LiveHeap.peakDuring(() -> Reference.reachabilityFence(new byte[MEBIBYTE]));
    long held = LiveHeap.peakDuring(() -> {
      byte[] bytes = new byte[40 * MEBIBYTE];
      long collections = collections();
      // Two, because one may have begun before.
      while (collections() < collections + 2) {
        Thread.onSpinWait();
      }
      Reference.reachabilityFence(bytes);
    });
    // G1 rounds large arrays up to its regions, of 32 MiB at most; what was in the heap before may
    // be given up meanwhile.
    assertTrue(held >= 30 * MEBIBYTE && held < 72 * MEBIBYTE, "held " + held);
    assertTrue(garbage < 10 * MEBIBYTE, "of garbage " + garbage);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Test
  void theResidentSetGrowsByWhatIsTouched() {
    ResidentSet process = ResidentSet.watched();
    ByteBuffer held = ByteBuffer.allocateDirect(128 * MEBIBYTE);
    OptionalLong growth = process.growth();
    assumeTrue(growth.isPresent(), "this system does not tell the resident set's peak");
    // The heap may give memory back meanwhile.
    assertTrue(growth.getAsLong() >= 64 * MEBIBYTE, "grew by " + growth);
    Reference.reachabilityFence(held);
  }
}
