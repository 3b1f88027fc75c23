package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

class StackDepthTest {

  private static final String CHAIN = """
      *(u8 *)(r10 - %d) = 1
      call local inner
      r0 = 0
      exit
      inner:
      *(u8 *)(r10 - %d) = 1
      r0 = 0
      exit
      """;

  @Test
  void theFramesOfAChainFitInto512Bytes() {
    verify(CHAIN.formatted(400, 112)).isAccepted();
  }

  @Test
  void theFramesOfAChainDoNotExceed512Bytes() {
    verify(CHAIN
            .formatted(400, 113)
            .replace("*(u8 *)(r10 - 113) = 1", "*(u8 *)(r10 - 113) = 1 ; ! stack-depth"))
        .isRejected();
  }

  @Test
  void framesOfCallsOneAfterTheOtherDoNotAddUp() {
    verify("""
        call local first
        call local second
        r0 = 0
        exit
        first:
        *(u8 *)(r10 - 400) = 1
        r0 = 0
        exit
        second:
        *(u8 *)(r10 - 400) = 1
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aWriteThroughACalleeCountsForTheFrameThatItChanges() {
    verify("""
        r1 = r10
        r1 += -300
        call local inner
        r0 = 0
        exit
        inner:
        *(u8 *)(r1 + 0) = 1           ; ! stack-depth
        *(u8 *)(r10 - 300) = 1
        r0 = 0
        exit
        """).isRejected();
  }
}
