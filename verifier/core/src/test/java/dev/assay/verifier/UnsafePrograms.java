package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import java.util.List;

/** Programs that fault on some run, or do not end, or keep what they must give back: nothing may ever make a proof of one. */
public final class UnsafePrograms {
  /** A callee's result is an offset into the frame, of which the argument is masked before: safe are masks up to 7. */
  static String call(int mask) {
    return """
        r6 = *(u32 *)(r1 + 12)
        r6 &= %d
        r1 = r6
        call callee
        r1 = r10
        r1 += r0
        *(u8 *)(r1 - 8) = 1
        r0 = 0
        exit
        callee:
        r0 = r1
        if r1 != 0 goto out
        r0 = 1
        out:
        exit
        """.formatted(mask);
  }

  /** All of them. */
  public static final List<Verification> ALL = List.of(
      verify(PACKET + """
          r4 = r2
          r4 += 14
          if r4 > r3 goto out
          r0 = *(u8 *)(r2 + 14)
          out:
          r0 = 0
          exit
          """),
      verify("""
          r6 = 0
          r7 = r10
          loop:
          r7 += -8
          *(u64 *)(r7 + 0) = 1
          r6 += 1
          if r6 != 65 goto loop
          r0 = 0
          exit
          """),
      verify(LOOKUP + """
          if r0 == 0 goto out
          r6 = *(u64 *)(r0 + 0)
          if r6 > 8 goto join
          r6 = 1
          join:
          r0 += r6
          r0 = *(u8 *)(r0 + 0)
          out:
          r0 = 0
          exit
          """).with(Maps.hash(8)),
      verify("""
          r6 = *(u32 *)(r1 + 12)
          """ + LOOKUP + """
          if r6 == 0 goto join
          r7 = 1
          join:
          r0 = *(u8 *)(r0 + 0)
          r0 = 0
          exit
          """).with(Maps.hash(8)),
      verify("""
          r6 = *(u32 *)(r1 + 12)
          if r6 == 0 goto join
          *(u64 *)(r10 - 8) = 1
          join:
          r0 = *(u64 *)(r10 - 8)
          exit
          """),
      verify("""
          r6 = 0
          loop:
          r6 += 2
          if r6 != 9 goto loop
          r0 = 0
          exit
          """),
      verify("""
          r6 = *(u32 *)(r1 + 12)
          r1 = map_by_idx(0) ll
          r2 = 16
          r3 = 0
          call ringbuf_reserve
          if r0 == 0 goto out
          if r6 == 0 goto out
          r1 = r0
          r2 = 0
          call ringbuf_submit
          out:
          r0 = 0
          exit
          """).with(Maps.ringBuffer()),
      verify(call(15)));

  private UnsafePrograms() {}
}
