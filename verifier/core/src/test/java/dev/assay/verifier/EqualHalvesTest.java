package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/** Values that are the same extension of one word's low half, where paths meet. */
class EqualHalvesTest {

  /**
   * The join knows a bound of r2 − r0: on the one path both are the same extension, on the other it follows from their ranges. The judge has to see
   * the first, too, or nothing is confirmed.
   */
  @Test
  void thatTwoExtensionsAreEqualIsKnownWhereAJoinIsJudged() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r0 = *(u64 *)(r6 + 0)
        r3 = *(u16 *)(r6 + 0)
        r4 = *(s32 *)(r6 + 16)
        w0 >>= 32
        r2 = r0
        if r4 s> r3 goto merge
        r2 = *(s32 *)(r6 + 0)
        merge:
        if r2 s> r4 goto out
        r0 += r2
        r0 += r3
        out:
        r0 = 0
        exit
        """).with(Maps.hash(32)).isAccepted();
  }
}
