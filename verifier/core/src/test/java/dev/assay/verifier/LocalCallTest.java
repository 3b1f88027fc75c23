package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import dev.assay.verifier.verdict.Decision;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCallTest {

  @Test
  void theCallerKeepsR6ToR9() {
    verify("""
        r6 = 1
        r7 = r1
        r8 = 2
        r9 = 3
        call callee
        r0 = *(u32 *)(r7 + 12)
        r0 += r6
        r0 += r8
        r0 += r9
        exit
        callee:
        r6 = 99
        r7 = 99
        r8 = 99
        r9 = 99
        r0 = 0
        exit
        """).isAccepted();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theCallerLosesItsArguments(int register) {
    verify("""
        r1 = 1
        r2 = 1
        r3 = 1
        r4 = 1
        r5 = 1
        call callee
        r0 = r%d                ; ! initialised
        exit
        callee:
        r0 = 0
        exit
        """.formatted(register)).isRejected();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9})
  void theCalleeDoesNotSeeR6ToR9(int register) {
    verify("""
        r6 = 1
        r7 = 1
        r8 = 1
        r9 = 1
        call callee
        exit
        callee:
        r0 = r%d                ; ! initialised
        exit
        """.formatted(register)).isRejected();
  }

  @Test
  void theCalleeDoesNotSeeR0() {
    verify("""
        r0 = 1
        call callee
        exit
        callee:
        r0 += 1                 ; ! initialised
        exit
        """).isRejected();
  }

  @Test
  void aCalleeThatReturnsNothingLeavesR0Unset() {
    verify("""
        call callee
        r0 = 0
        exit
        callee:
        exit
        """).isAccepted();
    verify("""
        call callee
        exit                    ; ! initialised
        callee:
        exit
        """).isRejected();
  }

  @Test
  void theCalleeHasAFrameOfItsOwn() {
    verify("""
        *(u64 *)(r10 - 8) = 1
        call callee
        exit
        callee:
        r0 = *(u64 *)(r10 - 8)     ; ! stack-initialised
        exit
        """).isRejected();
  }

  @Test
  void theCalleeReadsAndWritesTheFrameOfItsCallerThroughAPointer() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        *(u64 *)(r10 - 16) = 99
        r1 = r10
        r1 += -16
        call callee
        r1 = *(u64 *)(r10 - 16)
        r6 += r1
        r0 = *(u8 *)(r6 + 8)
        r0 = *(u8 *)(r6 + 9)       ; ! map-value-bounds
        out:
        r0 = 0
        exit
        callee:
        r0 = *(u64 *)(r1 + 0)
        *(u64 *)(r1 + 0) = 7
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void theFrameOfTheCallerHasBoundsToo() {
    verify("""
        r1 = r10
        r1 += -16
        call callee
        r0 = 0
        exit
        callee:
        *(u64 *)(r1 + 8) = 1
        *(u64 *)(r1 + 9) = 1         ; ! stack-bounds
        *(u64 *)(r1 - 496) = 1
        *(u64 *)(r1 - 497) = 1       ; ! stack-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aPointerIntoADeadFrameIsDead() {
    verify("""
        call callee
        r0 = *(u64 *)(r0 - 8)        ; ! pointer
        r0 = 0
        exit
        callee:
        *(u64 *)(r10 - 8) = 1
        r0 = r10
        exit
        """).isRejected();
    verify("""
        r1 = r10
        r1 += -8
        call callee
        r1 = *(u64 *)(r10 - 8)
        r0 = *(u64 *)(r1 - 8)        ; ! pointer
        r0 = 0
        exit
        callee:
        *(u64 *)(r10 - 8) = 1
        r2 = r10
        *(u64 *)(r1 + 0) = r2
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aDeadPointerIsNotAPointerIntoTheNextFrame() {
    verify("""
        call first
        r1 = r0
        call second
        r0 = 0
        exit
        first:
        r0 = r10
        exit
        second:
        *(u64 *)(r10 - 8) = 1
        r0 = *(u64 *)(r1 - 8)        ; ! pointer
        exit
        """).isRejected();
  }

  @Test
  void theResultDependsOnTheArguments() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r1 = %d
        call callee
        r6 += r0
        r1 = %d
        call callee
        r6 += r0
        r0 = *(u8 *)(r6 + 0)         ; %s
        out:
        r0 = 0
        exit
        callee:
        r0 = r1
        r0 <<= 1
        exit
        """;
    verify(program.formatted(3, 4, "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted(4, 4, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aPointerThatMayBeNullIsTestedByTheCallee() {
    String program = LOOKUP + """
        r1 = r0
        call callee
        r0 = 0
        exit
        callee:
        %s
        r0 = *(u8 *)(r1 + 0)         ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("if r1 == 0 goto out", "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("r0 = 0", "! not-null")).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aFunctionThatCallsItselfIsRejected() {
    verify("""
        r1 = 3
        call callee
        r0 = 0
        exit
        callee:
        r0 = 0
        if r1 == 0 goto out
        r1 += -1
        call callee                ; ! recursion
        out:
        exit
        """).isRejected();
  }

  @Test
  void functionsThatCallEachOtherAreRejected() {
    verify("""
        r1 = 3
        call even
        r0 = 0
        exit
        even:
        r0 = 0
        if r1 == 0 goto out
        r1 += -1
        call odd
        out:
        exit
        odd:
        r0 = 1
        if r1 == 0 goto done
        r1 += -1
        call even                  ; ! recursion
        done:
        exit
        """).isRejected();
  }

  @Test
  void theProgramItselfIsNotCalled() {
    verify("""
        main:
        call main                  ; ! recursion
        r0 = 0
        exit
        """).isRejected();
  }

  /** {@code length} functions, each of which calls the next. */
  private static String chain(int length, String mark) {
    return "call f2\nr0 = 0\nexit\n"
        + IntStream.rangeClosed(2, length)
            .mapToObj(i -> i == length
                ? "f%d: r0 = 0\nexit\n".formatted(i)
                : "f%d: call f%d   ; %s\nr0 = 0\nexit\n".formatted(i, i + 1, i == 8 ? mark : ""))
            .collect(Collectors.joining());
  }

  @Test
  void aCallChainHasEightFrames() {
    verify(chain(8, "")).isAccepted();
    verify(chain(9, "! call-depth")).isRejected();
    verify(chain(9, "")).given(o -> o.withCallDepth(9)).isAccepted();
  }

  @Test
  void aChainOfAThousandCallsIsDecided() {
    verify(chain(1000, "")).given(o -> o.withCallDepth(8)).isNotAccepted();
  }

  @Test
  void theWorstCaseCountsTheCalleeInItsContext() {
    // main: 2 + 1 + 1 + 1 + 1, callee: 2 a round and 2 more; 3 rounds, then 5.
    verify("""
        r1 = 3
        call callee
        r1 = 5
        call callee
        r0 = 0
        exit
        callee:
        r1 += -1
        if r1 != 0 goto callee
        r0 = 0
        exit
        """).takesAtMost(6 + 3 * 2 + 2 + 5 * 2 + 2);
    verify("""
        r1 = 3
        call callee
        r1 = 5
        call callee
        r0 = 0
        exit
        callee:
        r0 = 0
        loop:
        r1 += -1
        if r1 != 0 goto loop
        exit
        """).takesAtMost(6 + 2 + 3 * 2 + 2 + 5 * 2);
  }

  @Test
  void calleesOfLoopsCountOnceARound() {
    verify("""
        r6 = 0
        loop:
        call callee
        r6 += 1
        if r6 != 10 goto loop
        r0 = 0
        exit
        callee:
        r0 = 0
        exit
        """).takesAtMost(1 + 10 * (3 + 2) + 2);
  }

  @Test
  void deadFunctionsAreNotVerified() {
    verify("""
        r0 = 0
        exit
        dead:
        r0 = *(u8 *)(r5 + 0)
        exit
        """).isAccepted();
  }

  @Test
  void controlDoesNotRunFromOneFunctionIntoAnother() {
    var verdict = verify("""
        call callee
        r0 = 0
        callee:
        r0 = 0
        exit
        """).isNotAccepted();
    org.junit.jupiter.api.Assertions.assertEquals(Decision.ERROR, verdict.decision());
  }

  @Test
  void aFunctionIsCalledByItsAddress() {
    verify("""
        r6 = code_addr(callee) ll
        callx r6
        exit
        callee:
        r0 = 0
        exit
        """)
        .given(o -> o.withGroups(java.util.Set.of("base32", "base64", "callx")))
        .isAccepted();
  }

  @Test
  void anUnknownAddressIsNotCalled() {
    verify("""
        r6 = *(u32 *)(r1 + 12)
        callx r6                   ; ! callable
        r0 = 0
        exit
        """)
        .given(o -> o.withGroups(java.util.Set.of("base32", "base64", "callx")))
        .isRejected();
  }

  @Test
  void codeIsNotData() {
    verify("""
        r6 = code_addr(callee) ll
        r0 = *(u64 *)(r6 + 0)      ; ! pointer
        r6 += 8                    ; ! pointer-arithmetic
        r0 = 0
        exit
        callee:
        r0 = 0
        exit
        """).isRejected();
  }

  /** After the second call r7 is dead, and what is claimed of the callee there says nothing of it. */
  @Test
  void whatACallerNeedsAfterOneCallIsNotLostToAnother() {
    verify("""
        r7 = r1
        r2 = 2
        call f
        r1 = *(u32 *)(r7 + 12)
        r2 = *(u32 *)(r7 + 16)
        call f
        r0 = 1
        exit
        f:
        if r2 > 7 goto out
        r2 += 1
        out:
        r0 = r2
        exit
        """).isAccepted();
  }

  /** A call may be the last instruction before one that is jumped to from elsewhere. */
  @Test
  void whatFollowsACallIsLookedAtAlsoWhereItIsAMerge() {
    verify("""
        r0 = *(u32 *)(r1 + 12)
        if r0 == 0 goto after
        r1 = 0
        call callee
        after:
        r1 = r10
        r1 += r0
        *(u8 *)(r1 - 1) = 1              ; %s
        r0 = 0
        exit
        callee:
        r0 = 1
        exit
        """.formatted("! stack-bounds")).isRejected();
  }
}
