package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/** Offsets and lengths that are bounded only together. */
class HalvesInSumsTest {

  /** A read of so many bytes into a buffer of 256 at an offset; both come from the context, as 64-bit words of which the low halves are tested. */
  private static Verification readInto(String limit, String mark) {
    return verify("""
        r6 = *(u64 *)(r1 + 16)
        r7 = *(u64 *)(r1 + 24)
        r8 = r1
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        if w6 > 255 goto out
        w3 = %s
        w3 -= w6
        if w3 < w7 goto out
        r6 <<= 32
        r6 >>= 32
        r0 += r6
        r1 = r0
        r2 = r7
        r3 = *(u64 *)(r8 + 32)
        call probe_read_user       ; %s
        out:
        r0 = 0
        exit
        """.formatted(limit, mark)).as("tracepoint").with(Maps.hash(256));
  }

  @Test
  void whatIsLeftOfABufferBoundsOffsetAndLengthTogether() {
    readInto("256", "").isAccepted();
  }

  @Test
  void oneByteMoreIsTooMuch() {
    readInto("257", "! map-value-bounds").isRejected();
  }

  /** Bytes of the packet from an offset that is not known, so many that only both together are compared with the packet's end. */
  private static Verification handedOn(String end, String mark) {
    return verify("""
        r2 = *(u32 *)(r1 + 76)
        r3 = *(u32 *)(r1 + 80)
        r6 = *(u32 *)(r1 + 0)
        r7 = *(u32 *)(r1 + 8)
        r6 &= 255
        r7 &= 252
        r1 = r2
        r1 += r6
        r4 = r1
        r4 += r7
        %s
        if r4 > r3 goto out
        r2 = r7
        r3 = 0
        r4 = 0
        r5 = 0
        call csum_diff             ; %s
        out:
        r0 = 0
        exit
        """.formatted(end, mark)).as("sched_cls");
  }

  @Test
  void offsetAndLengthAreHeldAgainstThePacketsEndTogether() {
    handedOn("", "").isAccepted();
    handedOn("r3 += 1", "! packet-bounds").isRejected();
  }
}
