package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import java.util.Set;
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

  private static void callsByAddress(String call, int used, boolean safe) {
    verify("""
        r1 = code_addr(leaf) ll
        call local middle
        r0 = 0
        exit
        middle:
        *(u8 *)(r10 - 300) = 1
        %s
        r0 = 0
        exit
        leaf:
        *(u8 *)(r10 - %d) = 1           ; %s
        r0 = 0
        exit
        """.formatted(call, used, safe ? "" : "! stack-depth"))
        .given(o -> o.withGroups(Set.of("base32", "base64", "callx")))
        .verdictMatchesMarks();
  }

  @Test
  void aFunctionCalledByItsAddressCountsWhereItIsCalled() {
    callsByAddress("callx r1", 200, true);
    callsByAddress("callx r1", 300, false);
  }

  @Test
  void aCallbackCountsWhereItIsCalledBack() {
    String loop = "r2 = r1\nr1 = 2\nr3 = 0\nr4 = 0\ncall loop";
    callsByAddress(loop, 200, true);
    callsByAddress(loop, 300, false);
  }

  @Test
  void whatTheCallerUsedCountsAlthoughTheCallDoesNotReturn() {
    verify("""
        *(u8 *)(r10 - 400) = 1
        call local inner
        r0 = 0
        exit
        inner:
        *(u8 *)(r10 - 200) = 1          ; ! stack-depth
        forever:
        goto forever
        """).given(o -> o.withTermination(false)).isRejected();
  }
}
