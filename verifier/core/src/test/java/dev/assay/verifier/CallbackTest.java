package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTest {

  /** Calls {@code round} so many times as {@code r1} says, with a number on the stack as its context. */
  private static String loop(int rounds, String after, String round) {
    return """
        *(u64 *)(r10 - 8) = 0
        r1 = %d
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop                     ;
        %s
        exit
        round:
        %s
        exit
        """.formatted(rounds, after, round);
  }

  @Test
  void aRoundChangesTheFrameOfItsCaller() {
    verify(loop(10, "r0 = *(u64 *)(r10 - 8)", """
        r1 = *(u64 *)(r2 + 0)
        r1 += 1
        *(u64 *)(r2 + 0) = r1
        r0 = 0\
        """)).isAccepted();
  }

  /** As Linux has it: the pointer stays within the program. */
  @Test
  void aPointerGivenToACallbackDoesNotLeak() {
    verify(loop(10, "r0 = 0", "r0 = 0")).strict().isAccepted();
  }

  @Test
  void whatARoundWritesIsNotKnownAfterwards() {
    // Were the caller's 0 believed, the access would be in bounds.
    verify(loop(10, """
        r1 = *(u64 *)(r10 - 8)
        r2 = r10
        r2 += -16
        r2 += r1
        *(u8 *)(r2 + 0) = 1           ; ! stack-bounds
        r0 = 0\
        """, """
        r1 = *(u64 *)(r2 + 0)
        r1 += 1
        *(u64 *)(r2 + 0) = r1
        r0 = 0\
        """)).isRejected();
  }

  @Test
  void noRoundMayHaveRun() {
    verify("""
        r1 = 1
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        r0 = *(u64 *)(r10 - 8)        ; ! stack-initialised
        exit
        round:
        *(u64 *)(r2 + 0) = 1
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theRoundsNumberIsBelowTheirCount() {
    String round = """
        r3 = r2
        r3 += -%d
        r3 += r1
        *(u8 *)(r3 + 0) = 1           ; %s
        r0 = 0\
        """;
    verify(loop(8, "r0 = 0", round.formatted(8, ""))).isAccepted();
    verify(loop(17, "r0 = 0", round.formatted(8, "! stack-bounds"))).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r0 = 2", "r0 = -1", "r0 = r2"})
  void aRoundReturns0Or1(String result) {
    verify(loop(10, "r0 = 0", result)
            .replace("call loop                     ;", "call loop ; ! return-value"))
        .isRejected();
  }

  @Test
  void aCallbackMustBeAFunctionOfTheProgram() {
    verify("""
        r1 = 1
        r2 = 5
        r3 = 0
        r4 = 0
        call loop                     ; ! argument
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void packetPointersAreNoContextOfACallback() {
    verify("""
        r3 = *(u32 *)(r1 + 0)
        r1 = 1
        r2 = code_addr(round) ll
        r4 = 0
        call loop                     ; ! argument
        r0 = 0
        exit
        round:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theWorstCaseCountsEachRound() {
    // 6 instructions before the call, the call, 2 after it; 10 rounds of 2.
    verify(loop(10, "r0 = 0", "r0 = 0")).takesAtMost(6 + 1 + 2 + 10 * 2);
  }

  @Test
  void aLoopWithinARoundNeedsABound() {
    verify(loop(10, "r0 = 0", """
        again:
        goto again                    ; ! termination
        r0 = 0\
        """)).isRejected();
  }
}
