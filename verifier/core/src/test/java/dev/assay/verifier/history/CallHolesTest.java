package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;

import dev.assay.verifier.Kernel;
import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops, functions of the program and callbacks: what runs how often. */
class CallHolesTest {

  /**
   * PREVAIL 1203: a loop within a function that was called lost the edge back to its head, so that its body ran once for the verifier.
   */
  @Test
  void aLoopInAFunctionRunsMoreThanOnce() {
    String program = START + """
        r1 = r6
        call fill
        out:
        r0 = 0
        exit
        fill:
        r2 = 0
        next:
        *(u8 *)(r1 + 0) = 1              ; %s
        r1 += 1
        r2 += 1
        if r2 != %d goto next
        r0 = 0
        exit
        """;
    verify(program.formatted("! map-value-bounds", 17)).with(Maps.hash(16)).isRejected();
    verify(program.formatted("", 16)).with(Maps.hash(16)).isAccepted();
    verify(program
            .formatted("! map-value-bounds", 17)
            .replace("if r2 != 17 goto next", "if r2 == 17 goto last\ngoto next\nlast:"))
        .with(Maps.hash(16))
        .isRejected();
  }

  /** The same where each of two calls has the loop, and only the second call leaves the value. */
  @Test
  void aLoopInAFunctionRunsForEachOfItsCalls() {
    String program = START + """
        r1 = r6
        r2 = 8
        call fill
        r1 = r6
        r1 += 8
        r2 = %d
        call fill
        out:
        r0 = 0
        exit
        fill:
        *(u8 *)(r1 + 0) = 1              ; %s
        r1 += 1
        r2 += -1
        if r2 != 0 goto fill
        r0 = 0
        exit
        """;
    verify(program.formatted(9, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(8, "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * PREVAIL 1196 and 783: a loop that nothing leaves was taken for one that ends, because no state came out of it; a jump with 32 bits of distance, and a
   * condition beside it, do not make it better.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "loop:\nr4 = r1\ngoto loop       ; ! termination\n",
        "loop:\nr4 = r1\ngotol loop      ; ! termination\n",
        "r2 = 1\nloop:\nif w2 & 0x21000900 goto loop\ngoto loop       ; ! termination\n",
        "loop:\nif r1 == r1 goto loop       ; ! termination\nr0 = 0\nexit\n",
      })
  void aLoopThatNothingLeavesIsNoProof(String program) {
    verify(program).isNotAccepted();
  }

  /** PREVAIL 783: w1 counts down, and wraps to a positive number. */
  @Test
  void aCountOfHalvesEndsAtZero() {
    String program = """
        r0 = 0
        r1 = %d
        loop:
        w1 -= %d
        if w1 != 0 goto loop          ; %s
        exit
        """;
    verify(program.formatted(10, 1, "")).isAccepted();
    verify(program.formatted(9, 2, "! termination")).isNotAccepted();
  }

  /** CVE-2024-42072 (Linux 6.9, "bpf: Fix may_goto with negative offset"): a jump back that need not be taken proves no end, and no step of what it jumps over. */
  @Test
  void aJumpThatMayBeTakenProvesNoBound() {
    String program = START + """
        r8 = 0
        loop:
        r1 = r6
        r1 += r8
        *(u8 *)(r1 + 0) = 1              ; %s
        r8 += 1
        %s
        """ + END;
    verify(program.formatted("! map-value-bounds", "may_goto loop"))
        .with(Maps.hash(16))
        .isNotAccepted();
    verify(program.formatted("", "if r8 < 16 goto loop")).with(Maps.hash(16)).isAccepted();
  }

  /** Linux 6.7, "bpf: fix control-flow graph checking in privileged mode": a loop was found only if the search for it came from one side. */
  @Test
  void aLoopEnteredFromTwoSidesIsALoop() {
    String program = """
        r2 = *(u32 *)(r1 + 12)
        r3 = 0
        if r2 == 0 goto second
        first:
        r3 += 1
        second:
        r3 += 1
        if r3 %s goto first
        r0 = 0
        exit
        """;
    verify(program.formatted("!= 0")).isNotAccepted();
    verify(program.formatted("< 100")).isAccepted();
  }

  /** Linux 6.7, "bpf: verify callbacks as if they are called unknown number of times": that no round runs was not looked at. */
  @Test
  void noRoundOfACallbackNeedRun() {
    String program = START + """
        *(u64 *)(r10 - 16) = %d
        r1 = r7
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -16
        r4 = 0
        call loop
        r1 = *(u64 *)(r10 - 16)
        if r1 > %d goto out
        r6 += r1
        *(u8 *)(r6 + 0) = 1              ; %s
        out:
        r0 = 0
        exit
        round:
        *(u64 *)(r2 + 0) = 0
        r0 = 0
        exit
        """;
    verify(program.formatted(32, 64, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(15, 15, "")).with(Maps.hash(16)).isAccepted();
  }

  /** The same commit: that a round comes after another was not looked at, either. */
  @Test
  void aRoundSeesWhatTheOneBeforeItLeft() {
    String program = START + """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 8) = r6
        r1 = 3
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -16
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        round:
        r3 = *(u64 *)(r2 + 0)
        r4 = *(u64 *)(r2 + 8)
        r4 += r3
        *(u8 *)(r4 + 0) = 1              ; %s
        *(u64 *)(r2 + 0) = %d
        r0 = 0
        exit
        """;
    verify(program.formatted("! map-value-bounds", 16)).with(Maps.hash(16)).isRejected();
    verify(program.formatted("", 15)).with(Maps.hash(16)).isAccepted();
  }

  /** Two rounds are needed here: the first hands the number to where the second finds it. */
  @Test
  void aRoundSeesWhatTheOneBeforeTheLastLeft() {
    String program = START + """
        *(u64 *)(r10 - 16) = r6
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 32) = 0
        r1 = 5
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -32
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        round:
        r3 = *(u64 *)(r2 + 0)
        r4 = *(u64 *)(r2 + 16)
        r4 += r3
        *(u8 *)(r4 + 0) = 1              ; %s
        r3 = *(u64 *)(r2 + 8)
        *(u64 *)(r2 + 0) = r3
        *(u64 *)(r2 + 8) = %d
        r0 = 0
        exit
        """;
    verify(program.formatted("! map-value-bounds", 16)).with(Maps.hash(16)).isRejected();
    verify(program.formatted("", 15)).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 6.8, "bpf: enforce precise retval range on program exit" and "bpf: enforce exact retval range on subprog/callback exit": the result of a callback was not traced back, so that the
   * path with another result was pruned.
   */
  @Test
  void eachResultOfACallbackIsLegal() {
    String program = """
        r1 = 3
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop                        ; %s
        r0 = 0
        exit
        round:
        call get_prandom_u32
        r1 = r0
        r0 = 0
        if w1 > 1000 goto done
        r0 = %d
        done:
        exit
        """;
    verify(program.formatted("! return-value", 2)).isRejected();
    verify(program.formatted("", 1)).isAccepted();
  }

  /**
   * CVE-2024-47703 (Linux 5.7 to 6.11, "bpf, lsm: Add check for BPF LSM return value"): the kernel took a positive number from a security hook for a pointer.
   */
  @ParameterizedTest
  @CsvSource({"1, true", "4096, true", "-4096, true", "0, false", "-1, false", "-4095, false"})
  void aSecurityHookReturnsZeroOrAnError(int result, boolean bad) {
    verify("r0 = %d\nexit             ; %s\n".formatted(result, bad ? "! return-value" : ""))
        .in("lsm/file_open")
        .verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({
    "lsm/audit_rule_known, 1, false",
    "lsm/audit_rule_known, 2, true",
    "lsm/audit_rule_known, -1, true",
    "lsm/task_free, 77, false",
    "lsm.s/file_open, 1, true",
    "lsm_cgroup/socket_bind, 0, false",
    "lsm_cgroup/sk_free_security, 1, false",
    "lsm_cgroup/sk_free_security, 0, true",
  })
  void whatASecurityHookReturnsDependsOnTheHook(String section, int result, boolean bad) {
    verify("r0 = %d\nexit             ; %s\n".formatted(result, bad ? "! return-value" : ""))
        .in(section)
        .verdictMatchesMarks();
  }

  /** What programs before it returned, a program may return, too: if its place among the arguments is known. */
  @Test
  void aSecurityHookPassesOnWhatItWasGiven() {
    String program = """
        r0 = *(%s *)(r1 + %d)
        exit                            ; %s
        """;
    for (String type : new String[] {"u64", "u32", "s32"}) {
      verify(program.formatted(type, 16, ""))
          .in("lsm/file_open")
          .on(Kernel.TYPES)
          .isAccepted();
    }
    verify(program.formatted("u16", 16, "! return-value"))
        .in("lsm/file_open")
        .on(Kernel.TYPES)
        .isNotAccepted();
    verify(program.formatted("u64", 16, "! return-value")).in("lsm/file_open").isNotAccepted();
  }

  /**
   * The kernel looks at the low half of what a security hook returns: a program before this one may have ended with w0 = −1, and the other half of the word that it
   * left is 0, not all ones.
   */
  @Test
  void theHighHalfOfWhatAnotherProgramReturnedIsAnything() {
    String program = """
        *(u32 *)(r10 - 4) = 0
        r7 = *(u64 *)(r1 + 16)
        r1 = map_by_idx(0) ll
        r2 = r10
        r2 += -4
        call map_lookup_elem
        if r0 == 0 goto out
        %s
        r0 -= r7
        r0 = *(u8 *)(r0 + 0)            ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("", "! memory-bounds"))
        .in("lsm/file_open")
        .on(Kernel.TYPES)
        .with(Maps.array(4096))
        .isNotAccepted();
    verify(program.formatted("r7 = (s32) r7", ""))
        .in("lsm/file_open")
        .on(Kernel.TYPES)
        .with(Maps.array(4096))
        .isAccepted();
  }

  /** A callback that calls its own helper with itself is recursion. */
  @Test
  void aCallbackDoesNotCallItself() {
    verify("""
        r1 = 3
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r1 = 3
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop
        r0 = 0
        exit
        """).isNotAccepted();
  }

  /** PREVAIL 1028: what the caller had in r1 to r5 was there after the call, whatever the callee did to it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theArgumentsAreGoneAfterACall(int register) {
    String program = START + """
        r%1$d = r6
        r9 = r6
        call callee
        r1 = *(u64 *)(r%2$d + 0)           ; %3$s
        out:
        r0 = 0
        exit
        callee:
        r0 = 0
        exit
        """;
    verify(program.formatted(register, register, "! initialised"))
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted(register, 9, "")).with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 0.2.3: the registers that a callee keeps for its caller came back with the relations of the callee's own. */
  @Test
  void theRegistersOfTheCallerAreNotThoseOfTheCallee() {
    String program = START + """
        r8 = *(u64 *)(r6 + 8)
        r1 = r6
        call callee
        %s
        if r8 > 15 goto out
        r6 += r7
        *(u8 *)(r6 + 0) = 1              ; %s
        out:
        r0 = 0
        exit
        callee:
        r7 = *(u64 *)(r1 + 0)
        r8 = r7
        r0 = 0
        if r7 > 15 goto done
        r0 = 1
        done:
        exit
        """;
    verify(program.formatted("", "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("r7 = r8", "")).with(Maps.hash(16)).isAccepted();
  }

  /** Linux 5.10, "bpf: Limit caller's stack depth 256 for subprogs with tailcalls": frames above a tail call pile up. */
  @Test
  void framesAboveATailCallAreSmaller() {
    String program = """
        r6 = r1
        *(u64 *)(r10 - %d) = 1
        r1 = r6
        call callee                      ; %s
        r0 = 0
        exit
        callee:
        r2 = map_by_idx(0) ll
        r3 = 0
        call tail_call
        r0 = 0
        exit
        """;
    verify(program.formatted(512, "! stack-depth")).with(Maps.programs()).isNotAccepted();
    verify(program.formatted(128, "")).with(Maps.programs()).isAccepted();
  }

  /** Linux 6.1, "bpf: Fix reference state management for synchronous callbacks": each round gave back what was acquired once. */
  @Test
  void aReferenceReleasedInOneRoundIsNotReleasedInTheNext() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        *(u64 *)(r10 - 8) = r0
        r1 = %d
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        r1 = *(u64 *)(r10 - 8)
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        round:
        r1 = *(u64 *)(r2 + 0)
        r2 = 0
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted(2, "call ringbuf_discard")).with(Maps.ringBuffer()).isNotAccepted();
    verify(program.formatted(2, "*(u64 *)(r1 + 0) = 1")).with(Maps.ringBuffer()).isAccepted();
  }
}
