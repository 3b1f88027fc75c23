package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/** One instruction accesses memory of one class on all paths, because the host rewrites it once. */
class PointerClassTest {
  private static final String STACK = """
      *(u64 *)(r10 - 8) = 0
      *(u64 *)(r10 - 16) = 0
      """;

  @Test
  void theContextAndTheStackDoNotMix() {
    verify(STACK + """
        r2 = *(u32 *)(r1 + 12)
        if r2 == 0 goto use
        r1 = r10
        r1 += -16
        use:
        r0 = *(u32 *)(r1 + 12)          ; ! pointer-class
        r0 = 0
        exit
        """).isRejected();
    verify(STACK + """
        r2 = *(u32 *)(r1 + 12)
        if r2 == 0 goto use
        r1 = r10
        r1 += -16
        r0 = *(u32 *)(r1 + 12)
        goto out
        use:
        r0 = *(u32 *)(r1 + 12)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void storesDoNotMixEither() {
    verify(STACK + """
        r2 = *(u32 *)(r1 + 8)
        if r2 == 0 goto use
        r1 = r10
        r1 += -16
        use:
        *(u32 *)(r1 + 8) = 1            ; ! pointer-class
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }

  @Test
  void kernelObjectsAndTheStackDoNotMix() {
    String program = STACK + """
        r6 = r1
        call get_current_task_btf
        %s
        r1 = *(u64 *)(r6 + 112)
        if r1 == 0 goto use
        r0 = r10
        r0 += -16
        use:
        r0 = *(u32 *)(r0 + 0)           ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("", "! pointer-class")).as("kprobe").isRejected();
    verify(program.formatted("r0 = r10\nr0 += -8", "")).as("kprobe").isAccepted();
  }

  @Test
  void socketsOfDifferentClassesDoNotMix() {
    String program = """
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        r6 = r1
        call sk_fullsock
        if r0 == 0 goto %s
        r6 = r0
        use:
        r0 = *(u32 *)(r6 + 4)           ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("use", "! pointer-class")).as("sched_cls").isRejected();
    verify(program.formatted("out", "")).as("sched_cls").isAccepted();
  }

  @Test
  void plainMemoryMixes() {
    verify(STACK + "r6 = r1\n" + LOOKUP + """
        if r0 != 0 goto use
        r0 = r10
        r0 += -16
        r1 = r6
        """ + PACKET + """
        r4 = r2
        r4 += 8
        if r4 > r3 goto use
        r0 = r2
        use:
        r0 = *(u64 *)(r0 + 0)
        r0 = 0
        exit
        """).with(Maps.hash(8)).isAccepted();
  }

  private static final String TWO_CALLS = STACK + """
      r6 = r1
      call local callee
      r1 = %s
      call local callee
      r0 = 0
      exit
      callee:
      r0 = *(u32 *)(r1 + 12)            ; %s
      exit
      """;

  @Test
  void allActivationsOfAFunctionCount() {
    verify(TWO_CALLS.formatted("r10\nr1 += -16", "! pointer-class")).isRejected();
    verify(TWO_CALLS.formatted("r6", "")).isAccepted();
  }

  @Test
  void theRoundsOfACallbackCount() {
    String program = STACK + """
        r6 = r1
        r2 = %s
        call local round
        r1 = 3
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -16
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r0 = *(u32 *)(r2 + 12)          ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("r6", "! pointer-class")).isRejected();
    verify(program.formatted("r10\nr2 += -16", "")).isAccepted();
  }
}
