package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is acquired is released exactly once on every path: records of ring buffers, and sockets. */
class ReferenceTest {
  private static final String RESERVE = """
      r1 = map_by_idx(0) ll
      r2 = 16
      r3 = 0
      call ringbuf_reserve
      """;

  /** For {@code sched_cls}: r0 = a socket, or null. */
  private static final String SOCKET = """
      *(u64 *)(r10 - 8) = 0
      *(u32 *)(r10 - 12) = 0
      r2 = r10
      r2 += -12
      r3 = 12
      r4 = 0
      r5 = 0
      call sk_lookup_tcp
      """;

  private static Verification ringBuffer(String program) {
    return verify(program).with(Maps.ringBuffer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ringbuf_submit", "ringbuf_discard"})
  void aRecordIsFilledAndGivenBack(String release) {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 8) = 1
        r1 = r0
        r2 = 0
        call %s
        out:
        r0 = 0
        exit
        """.formatted(release)).isAccepted();
  }

  @Test
  void aRecordHasTheSizeThatWasAskedFor() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 9) = 1             ; ! memory-bounds
        *(u64 *)(r0 - 1) = 1             ; ! memory-bounds
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aRecordMayBeMissing() {
    ringBuffer(RESERVE + """
        r6 = r0
        *(u64 *)(r6 + 0) = 1             ; ! not-null
        r1 = r6
        r2 = 0
        call ringbuf_submit              ; ! not-null
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aRecordIsNotKept() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 8) = 1
        out:
        r0 = 0
        exit                             ; ! reference
        """).isRejected();
  }

  @Test
  void aRecordThatIsNotLookedAtIsNotKept() {
    ringBuffer(RESERVE + """
        r0 = 0
        exit                             ; ! reference
        """).isRejected();
  }

  @Test
  void aRecordIsNotKeptOnOnePath() {
    ringBuffer("r6 = *(u32 *)(r1 + 12)\n" + RESERVE + """
        if r0 == 0 goto out
        if r6 == 0 goto out
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit                             ; ! reference
        """).isRejected();
  }

  @Test
  void aRecordIsGivenBackOnce() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r0
        r2 = 0
        call ringbuf_submit
        r1 = r6
        r2 = 0
        call ringbuf_submit              ; ! argument, reference
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aRecordIsNotUsedAfterItWasGivenBack() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r6 = r0
        *(u64 *)(r10 - 8) = r0
        r7 = r0
        r7 += 8
        r1 = r0
        r2 = 0
        call ringbuf_submit
        *(u64 *)(r6 + 0) = 1             ; ! pointer
        *(u64 *)(r7 + 0) = 1             ; ! pointer
        r8 = *(u64 *)(r10 - 8)
        *(u64 *)(r8 + 0) = 1             ; ! pointer
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aRecordIsNotUsedByTheCallerAfterItsCalleeGaveItBack() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r0
        call submit
        *(u64 *)(r6 + 0) = 1             ; ! pointer
        out:
        r0 = 0
        exit
        submit:
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aCopyIsGivenBackAsWell() {
    ringBuffer(RESERVE + """
        r6 = r0
        *(u64 *)(r10 - 8) = r0
        if r6 == 0 goto out
        r1 = *(u64 *)(r10 - 8)
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void onlyTheStartOfARecordIsGivenBack() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r1 = r0
        r1 += 8
        r2 = 0
        call ringbuf_submit              ; ! argument
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void oneOfTwoRecordsIsNotTheOther() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r6 = r0
        """ + RESERVE + """
        if r0 == 0 goto one
        r7 = r0
        r1 = r6
        r2 = 0
        call ringbuf_submit
        *(u64 *)(r7 + 0) = 1
        *(u64 *)(r6 + 0) = 1             ; ! pointer
        r6 = r7
        one:
        r1 = r6
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aRecordIsNotLostWhenItsPointerIsOverwritten() {
    ringBuffer(RESERVE + """
        if r0 == 0 goto out
        r0 = 0
        exit                             ; ! reference
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aLoopReservesAndSubmitsInEachRound() {
    ringBuffer("r6 = 0\nloop:\n" + RESERVE + """
        if r0 == 0 goto next
        r1 = r0
        r2 = 0
        call ringbuf_submit
        next:
        r6 += 1
        if r6 != 10 goto loop
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aLoopThatKeepsARecordInEachRoundIsRejected() {
    ringBuffer("r6 = 0\nloop:\n" + RESERVE + """
        r6 += 1
        if r6 != 10 goto loop
        r0 = 0
        exit                             ; ! reference
        """).isNotAccepted();
  }

  @Test
  void aLoopThatKeepsRecordsForeverIsDecidedSoon() {
    ringBuffer("r6 = r1\nloop:\n" + RESERVE + """
        r1 = *(u32 *)(r6 + 12)
        if r1 != 10 goto loop
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void aRecordIsNotMergedWithItsAbsence() {
    // After the merge r6 is null or the record; which, cannot be told from r6 alone once r0 is
    // gone.
    ringBuffer(RESERVE + """
        r6 = 0
        r7 = r0
        if r7 == 0 goto join
        r6 = r7
        join:
        if r6 == 0 goto out
        r1 = r6
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aSocketIsReleased() {
    String program = SOCKET + """
        if r0 == 0 goto out
        r1 = r0
        %s
        out:
        r0 = 0
        exit                             ; %s
        """;
    verify(program.formatted("call sk_release", "")).as("sched_cls").isAccepted();
    verify(program.formatted("r1 = 0", "! reference")).as("sched_cls").isRejected();
  }

  @Test
  void aSocketThatWasNotAcquiredIsNotReleased() {
    verify("""
        r0 = 0
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        call sk_release                  ; ! reference
        out:
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk_fullsock", "tcp_sock"})
  void aViewOfASocketDiesWithTheSocket(String view) {
    String program = SOCKET + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r0
        call %s
        r7 = r0
        if r7 == 0 goto release
        %s
        release:
        r8 = r7
        r1 = r6
        call sk_release
        %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(view, "r2 = *(u32 *)(r7 + 4)", "r0 = 0"))
        .as("sched_cls")
        .isAccepted();
    verify(program.formatted(
            view, "r2 = 0", "if r8 == 0 goto out\nr2 = *(u32 *)(r8 + 4)   ; ! pointer"))
        .as("sched_cls")
        .isRejected();
  }

  @Test
  void aViewThatIsMissingDoesNotMeanThatTheSocketIs() {
    verify(SOCKET + """
        if r0 == 0 goto out
        r1 = r0
        call tcp_sock
        if r0 != 0 goto out
        r0 = 0
        exit                             ; ! reference
        out:
        r0 = 0
        exit                             ; ! reference
        """).as("sched_cls").isRejected();
  }

  @Test
  void aViewIsNotReleasedInsteadOfTheSocket() {
    verify(SOCKET + """
        if r0 == 0 goto out
        r1 = r0
        call get_listener_sock
        if r0 == 0 goto out
        r1 = r0
        call sk_release                  ; ! reference
        out:
        r0 = 0
        exit                             ; ! reference
        """).as("sched_cls").isRejected();
  }

  @Test
  void aViewOfAViewDiesWithTheSocket() {
    verify(SOCKET + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r0
        call sk_fullsock
        if r0 == 0 goto release
        r1 = r0
        call tcp_sock
        release:
        r7 = r0
        r1 = r6
        call sk_release
        if r7 == 0 goto out
        r0 = *(u32 *)(r7 + 0)            ; ! pointer
        out:
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }

  @Test
  void moreThan32ThingsAreNotHeld() {
    String end = "r0 = 0\nexit     ; ! reference\n";
    ringBuffer(RESERVE.repeat(32) + end).isRejected();
    ringBuffer(RESERVE.repeat(32)
            + RESERVE.replace("call ringbuf_reserve", "call ringbuf_reserve    ; ! reference")
            + end)
        .isRejected();
  }

  /** A socket that a map holds is acquired by looking it up; one for XDP is not. */
  @Test
  void aSocketOfAMapIsReleased() {
    String program = """
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = r0
        %s
        out:
        r0 = 0
        exit                             ; %s
        """;
    var sockets = Maps.ofType("sockmap", 4, 8);
    verify(program.formatted("call sk_release", ""))
        .as("sched_cls")
        .with(sockets)
        .isAccepted();
    verify(program.formatted("r1 = 0", "! reference"))
        .as("sched_cls")
        .with(sockets)
        .isRejected();
    verify(program.formatted("r0 = *(u32 *)(r1 + 0)", ""))
        .as("xdp")
        .with(Maps.ofType("xskmap", 4, 4))
        .isAccepted();
  }
}
