package dev.assay.verifier;

import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops whose rounds a register counts, up or down, and packet pointers that move by an unknown distance in them. */
class CountedLoopTest {
  @ParameterizedTest
  @CsvSource(textBlock = """
      0,  1,  if r6 != 40 goto again
      0,  1,  if r6 < 40 goto again
      0,  8,  if r6 != 320 goto again
      40, -1, if r6 != 0 goto again
      40, -1, if r6 s> 0 goto again
      40, -1, if w6 != 0 goto again
      41, -1, if r6 != 1 goto again
      """)
  void aRegisterThatMovesByOneStepARoundBoundsTheLoop(int first, int step, String test) {
    verify("""
        r6 = %d
        again:
        call get_prandom_u32
        if r0 == 5 goto out
        r6 += %d
        %s
        out:
        r0 = 0
        exit
        """.formatted(first, step, test)).isAccepted();
  }

  @Test
  void aRegisterThatMissesItsEndBoundsNothing() {
    verify("""
        r6 = 40
        again:
        call get_prandom_u32       ; ! termination
        r6 += -3
        if r6 != 0 goto again
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void aPacketPointerMayMoveAfterItsTestByAnUnknownDistance() {
    verify(PACKET + """
        r6 = 40
        again:
        r4 = r2
        r4 += 2
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + 1)
        r2 += r5
        r6 += -1
        if r6 != 0 goto again
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aPacketPointerMayBeTestedAtTheEndOfARound() {
    verify(PACKET + """
        r6 = 0
        r4 = r2
        r4 += 2
        if r4 > r3 goto out
        again:
        r5 = *(u8 *)(r2 + 1)
        if r6 > 38 goto out
        r2 += r5
        r6 += 1
        r4 = r2
        r4 += 2
        if r4 <= r3 goto again
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aPacketPointerThatMayStandStillBoundsNothing() {
    verify(PACKET + """
        again:
        r4 = r2                    ; ! termination
        r4 += 2
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + 1)
        r2 += r5
        goto again
        out:
        r0 = 0
        exit
        """).isNotAccepted();
  }
}
