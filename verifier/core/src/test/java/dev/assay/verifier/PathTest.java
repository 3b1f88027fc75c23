package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What only the finest rung proves: which path was taken matters long after the paths met. */
class PathTest {
  /** Merges at which nothing of interest is decided. */
  private static final String LONG_WAY = """
      if r1 == 1 goto +1
      r8 = 2
      if r1 == 2 goto +1
      r8 = 3
      if r1 == 3 goto +1
      r8 = 4
      if r1 == 4 goto +1
      r8 = 5
      if r1 == 5 goto +1
      r8 = 6
      """;

  /** A flag, 0 at first, is set where 14 bytes are there; it is tested much later. */
  private static Verification flagged(String otherwise, String access) {
    return verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r1 = *(u32 *)(r1 + 12)
        r7 = %s
        r8 = 0
        r4 = r2
        r4 += 14
        if r4 > r3 goto short
        r7 = 1
        short:
        %s
        if r7 == 0 goto out
        %s
        out:
        r0 = 1
        exit
        """.formatted(otherwise, LONG_WAY, access));
  }

  @Test
  void aFlagThatIsTestedMuchLaterStillTellsThatThePacketIsLongEnough() {
    assertEquals(
        OptionalInt.of(2), flagged("0", "r0 = *(u8 *)(r2 + 13)").isAccepted().rung());
  }

  @Test
  void aFlagThatIsNotZeroEitherWayTellsNothing() {
    flagged("2", "r0 = *(u8 *)(r2 + 13) ; ! packet-bounds").isRejected();
  }

  /** The length decides twice: whether the bytes are compared with the end, and whether they are read. */
  private static Verification ranged(int largest, String access) {
    return verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r6 = *(u32 *)(r1 + 16)
        r1 = *(u32 *)(r1 + 12)
        r8 = 0
        if r6 > 100 goto +3
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        %s
        if r6 > %d goto out
        %s
        out:
        r0 = 1
        exit
        """.formatted(LONG_WAY, largest, access));
  }

  @Test
  void aRangeThatIsTestedMuchLaterTellsWhatWasCheckedWithinIt() {
    assertEquals(
        OptionalInt.of(2), ranged(100, "r0 = *(u8 *)(r2 + 13)").isAccepted().rung());
  }

  @Test
  void aRangeThatIsLargerTellsNothing() {
    ranged(101, "r0 = *(u8 *)(r2 + 13) ; ! packet-bounds").isRejected();
  }
}
