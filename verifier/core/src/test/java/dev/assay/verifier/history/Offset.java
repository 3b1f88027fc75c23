package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import dev.assay.verifier.Maps;

/**
 * Programs that compute an offset into a map value of 16 bytes, which is at r6, from r7, a number that a user decides. {@code out} is the end of
 * the program.
 */
final class Offset {
  private Offset() {}

  static final String START = LOOKUP + """
      if r0 == 0 goto out
      r6 = r0
      r7 = *(u64 *)(r6 + 0)
      """;

  static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** What the hole took for a small number, or for code that is never reached, and is not. */
  static void mayExceed(String computation) {
    verify(START + computation + """
        r6 += r7
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
  }

  /** The same computation with what was missing: the offset is below 16. */
  static void fits(String computation) {
    verify(START + computation + """
        r6 += r7
        *(u8 *)(r6 + 0) = 1
        """ + END).with(Maps.hash(16)).isAccepted();
  }
}
