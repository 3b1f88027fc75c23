package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/** What one round of a callback invalidates, is not valid in the next, nor afterwards. */
class CallbackInvalidationTest {

  @Test
  void aPacketThatOneRoundMovesIsNotReadByTheNext() {
    verify("r9 = r1\n*(u64 *)(r10 - 8) = r1\n" + PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        *(u64 *)(r10 - 16) = r2
        r1 = 2
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -16
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        round:
        r6 = r2
        r3 = *(u64 *)(r6 + 0)
        r0 = *(u8 *)(r3 + 0)          ; ! pointer
        r1 = *(u64 *)(r6 + 8)
        r2 = 0
        call xdp_adjust_head
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aPacketPointerThatIsTheContextDiesWithThePacket() {
    verify("*(u64 *)(r10 - 8) = r1\n" + PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r6 = r1
        r3 = r2
        r1 = 2
        r2 = code_addr(round) ll
        r4 = 0
        call loop                       ;
        out:
        r0 = 0
        exit
        round:
        r0 = *(u8 *)(r2 + 0)
        r1 = 0
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void aRecordThatOneRoundGivesBackIsNotGivenBackByTheNext() {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r3 = r0
        r1 = 2
        r2 = code_addr(round) ll
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        round:
        r1 = r2
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isNotAccepted();
  }

  @Test
  void aRecordOnTheStackThatOneRoundGivesBackIsNotGivenBackByTheNext() {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        *(u64 *)(r10 - 8) = r0
        r1 = 2
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        round:
        r1 = *(u64 *)(r2 + 0)
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isNotAccepted();
  }

  @Test
  void aRoundDoesNotKeepWhatItReserves() {
    verify("""
        r1 = 2
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isNotAccepted();
  }

  @Test
  void aValueThatMayBeNullMayBeNullInEachRound() {
    verify(LOOKUP + """
        r3 = r0
        r1 = 2
        r2 = code_addr(round) ll
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r0 = *(u8 *)(r2 + 0)         ; ! not-null
        r0 = 0
        exit
        """).with(Maps.hash(8)).isRejected();
  }

  @Test
  void aPointerIntoTheFrameOfARoundIsDeadInTheNext() {
    verify("""
        *(u64 *)(r10 - 8) = r10
        r1 = 2
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r3 = *(u64 *)(r2 + 0)
        r0 = *(u64 *)(r3 - 8)        ; ! pointer
        r4 = r10
        *(u64 *)(r10 - 8) = 1
        *(u64 *)(r2 + 0) = r4
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void aLockIsNotHeldFromRoundToRound() {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call for_each_map_elem
        r0 = 0
        exit
        round:
        r1 = r3
        r1 += 4
        call spin_lock
        r0 = 0
        exit
        """)
        .as("sched_cls")
        .with(Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4))
        .isNotAccepted();
  }

  @Test
  void aRoundThatTailCallsLosesNothingOfItsCaller() {
    verify("""
        r6 = r1
        *(u64 *)(r10 - 8) = r1
        r1 = 2
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        r0 = *(u32 *)(r6 + 12)
        r0 = 0
        exit
        round:
        r1 = *(u64 *)(r2 + 0)
        r2 = map_by_idx(0) ll
        r3 = 0
        call tail_call
        r0 = 0
        exit
        """).with(Maps.programs()).verdict();
  }
}
