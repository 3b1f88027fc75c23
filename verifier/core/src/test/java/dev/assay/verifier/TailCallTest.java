package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

class TailCallTest {
  private static final String TAIL_CALL = """
      r2 = map_by_idx(0) ll
      r3 = 0
      call tail_call
      """;

  private static Verification withPrograms(String program) {
    return verify(program).with(Maps.programs());
  }

  @Test
  void aTailCallThatFailsGoesOn() {
    withPrograms(TAIL_CALL + "r0 = 0\nexit\n").isAccepted();
  }

  @Test
  void aFailedTailCallReturnsAnything() {
    // Linux: bpf_tail_call returns void; r0 holds whatever was there.
    withPrograms(TAIL_CALL + "exit\n").isAccepted();
    withPrograms(TAIL_CALL + "exit           ; ! initialised\n").strict().isRejected();
    verify("r6 = r1\n" + LOOKUP.replace("map_by_idx(0)", "map_by_idx(1)") + """
        if r0 == 0 goto out
        r7 = r0
        r1 = r6
        """ + TAIL_CALL + """
        r0 += 4095
        if r0 s> 4095 goto out
        r7 += r0
        r0 = *(u8 *)(r7 + 0)             ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """)
        .with(Maps.programs(), Maps.hash(4095))
        .isRejected();
  }

  @Test
  void onlyAProgramArrayIsTailCalled() {
    verify(TAIL_CALL.replace("call tail_call", "call tail_call   ; ! argument") + "r0 = 0\nexit\n")
        .with(Maps.array(4))
        .isRejected();
  }

  @Test
  void theContextIsHandedOn() {
    withPrograms("r1 += 4\n" + TAIL_CALL.replace("call tail_call", "call tail_call   ; ! argument")
            + "r0 = 0\nexit\n")
        .isRejected();
    withPrograms("r1 = 0\n" + TAIL_CALL.replace("call tail_call", "call tail_call   ; ! not-null")
            + "r0 = 0\nexit\n")
        .isRejected();
  }

  @Test
  void nothingIsHeldAtATailCall() {
    String program = """
        r6 = r1
        r1 = map_by_idx(1) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r7 = r0
        r1 = r6
        r2 = map_by_idx(0) ll
        r3 = 0
        call tail_call                   ; ! reference
        r1 = r7
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """;
    verify(program).with(Maps.programs(), Maps.ringBuffer()).isRejected();
  }

  @Test
  void whatTheCallerHoldsIsHeldAtATailCallOfItsCallee() {
    verify("""
        r6 = r1
        r1 = map_by_idx(1) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r7 = r0
        r1 = r6
        call callee
        r1 = r7
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        callee:
        r2 = map_by_idx(0) ll
        r3 = 0
        call tail_call                   ; ! reference
        r0 = 0
        exit
        """).with(Maps.programs(), Maps.ringBuffer()).isRejected();
  }

  @Test
  void aSubprogramThatTailCallsReturnsAnything() {
    String program = """
        r6 = r1
        """ + LOOKUP.replace("map_by_idx(0)", "map_by_idx(1)") + """
        if r0 == 0 goto out
        r7 = r0
        r1 = r6
        call callee
        r7 += r0
        r0 = *(u8 *)(r7 + 0)             ; %s
        out:
        r0 = 0
        exit
        callee:
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted("! map-value-bounds", TAIL_CALL))
        .with(Maps.programs(), Maps.hash(16))
        .isRejected();
    verify(program.formatted("", "")).with(Maps.programs(), Maps.hash(16)).isAccepted();
  }

  @Test
  void aSubprogramThatTailCallsMayMoveThePacketOfItsCaller() {
    String program = PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r7 = r2
        call callee
        r0 = *(u8 *)(r7 + 0)             ; %s
        out:
        r0 = 0
        exit
        callee:
        %s
        r0 = 0
        exit
        """;
    withPrograms(program.formatted("! pointer", TAIL_CALL)).isRejected();
    withPrograms(program.formatted("", "")).isAccepted();
  }

  @Test
  void theRegistersAndTheStackOfTheCallerSurviveATailCallOfItsCallee() {
    withPrograms("""
        r6 = 1
        *(u64 *)(r10 - 8) = 2
        call callee
        r0 = r6
        r1 = *(u64 *)(r10 - 8)
        exit
        callee:
        """ + TAIL_CALL + """
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aLoopThatTailCallsNeedsABound() {
    withPrograms("""
        r6 = r1
        loop:
        r1 = r6                          ; ! termination
        """ + TAIL_CALL + """
        r1 = *(u32 *)(r6 + 12)
        if r1 != 0 goto loop
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aSubprogramThatTailCallsReturnsANumberUnderTheStrictPolicy() {
    verify("""
        call callee
        if r0 == 7 goto out
        r0 = 1
        out:
        exit
        callee:
        %s
        r0 = 0
        exit
        """.formatted(TAIL_CALL)).with(Maps.programs()).strict().isAccepted();
  }
}
