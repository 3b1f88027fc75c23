package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Two paths that hand different contexts to one call: each is what a round may get. */
  @ParameterizedTest
  @CsvSource({"r3 = 0, r3 = r10", "r3 = r10, r3 = 0"})
  void aRoundGetsTheContextOfEitherPath(String first, String second) {
    verify("""
        *(u64 *)(r10 - 8) = 0
        r6 = *(u32 *)(r1 + 12)
        %s
        if r6 == 0 goto join
        %s
        join:
        r1 = 2
        r2 = code_addr(round) ll
        r4 = 0
        call loop
        r0 = 0
        exit
        round:
        r0 = *(u64 *)(r2 - 8)           ; ! not-null
        r0 = 0
        exit
        """.formatted(first, second)).isRejected();
  }

  @Test
  void theRoundsNumberIsBelowTheirCountAndNoMore() {
    verify(loop(8, "r0 = 0", """
        r3 = r2
        r3 += r1
        *(u8 *)(r3 + 0) = 1
        r0 = 0\
        """)).isAccepted();
    verify(loop(9, "r0 = 0", """
        r3 = r2
        r3 += r1
        *(u8 *)(r3 + 0) = 1             ; ! stack-bounds
        r0 = 0\
        """)).isRejected();
  }

  /** Goes through the map 0, or what the map 0 holds. */
  private static Verification each(String map, String round) {
    return verify("""
        %s
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call for_each_map_elem
        out:
        r0 = 0
        exit
        round:
        %s
        r0 = 0
        exit
        """.formatted(map, round));
  }

  private static final String MAP = "r1 = map_by_idx(0) ll";

  @Test
  void theElementsOfAnArrayAreCounted() {
    // Before the call 4, the call, 2 after it; 4 rounds of 2.
    each(MAP, "").with(Maps.array(16)).takesAtMost(4 + 1 + 2 + 4 * 2);
    each(MAP, "").with(Maps.single(16)).takesAtMost(4 + 1 + 2 + 2);
  }

  @Test
  void theElementsOfAHashTableAreNotCounted() {
    assertEquals(
        OptionalLong.empty(), each(MAP, "").with(Maps.hash(16)).verdict().worstCase());
  }

  @ParameterizedTest
  @CsvSource({"r2, 3, ''", "r2, 4, memory-bounds", "r3, 15, ''", "r3, 16, map-value-bounds"})
  void aRoundGetsAKeyAndAValue(String register, int offset, String check) {
    String round = "r0 = *(u8 *)(%s + %d)    ; %s"
        .formatted(register, offset, check.isEmpty() ? "" : "! " + check);
    each(MAP, round).with(Maps.array(16)).verdictMatchesMarks();
    each(INNER, round)
        .with(Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1), Maps.array(16))
        .verdictMatchesMarks();
  }

  private static final String INNER = Verification.LOOKUP + """
      if r0 == 0 goto out
      r1 = r0\
      """;

  @Test
  void aRoundOnlyReadsTheKey() {
    each(MAP, "*(u8 *)(r2 + 0) = 1      ; ! writable").with(Maps.array(16)).isRejected();
  }

  @Test
  void theElementsOfAnInnerMapAreNotCounted() {
    assertEquals(
        OptionalLong.empty(),
        each(INNER, "")
            .with(Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1), Maps.array(16))
            .verdict()
            .worstCase());
  }

  @Test
  void aRoundGetsItsArgumentsAndNoMore() {
    for (int register = 3; register <= 5; register++) {
      verify(loop(10, "r0 = 0", "r0 = r" + register + "    ; ! initialised\nr0 = 0"))
          .isRejected();
    }
    each(MAP, "r0 = r5    ; ! initialised").with(Maps.array(16)).isRejected();
  }

  @Test
  void theResultOfARoundIsNotThatOfTheCall() {
    verify(loop(10, """
        r1 = r10
        r1 += r0
        *(u8 *)(r1 - 8) = 1            ; ! stack-bounds
        r0 = 0\
        """, "r0 = 1")).isRejected();
  }

  @Test
  void theContextOfACallbackIsWritten() {
    verify("""
        r1 = 2
        r2 = code_addr(round) ll
        r4 = 0
        call loop                       ; ! initialised
        r0 = 0
        exit
        round:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aVariableOfWhatIsFoundIsRead() {
    String program = """
        call get_current_task_btf
        r1 = r0
        r2 = 0
        r3 = code_addr(found) ll
        r4 = 0
        r5 = 0
        call find_vma
        r0 = 0
        exit
        found:
        r0 = *(u64 *)(r1 + 0)
        r0 = *(u64 *)(r2 + 0)
        r0 = *(u64 *)(r3 + 0)           ; ! not-null
        r0 = 0
        exit
        """;
    verify(program).as("kprobe").isRejected();
    // It is called once at most: 6 instructions before, the call, 2 after it; 4 of the callback.
    verify(program.replace("r0 = *(u64 *)(r3 + 0)           ; ! not-null\n", ""))
        .as("kprobe")
        .takesAtMost(6 + 1 + 2 + 4);
  }

  @Test
  void theCallGivesANumberOfRounds() {
    verify(loop(10, """
        if r0 s> 10 goto out
        r0 = 0
        out:
        r0 = 0\
        """, "r0 = 0")).isAccepted();
  }

  @Test
  void whatFollowsTheCallIsLookedAtAlsoWhereItIsAMerge() {
    verify("""
        r6 = *(u32 *)(r1 + 12)
        if r6 == 0 goto after
        r6 = 1
        r1 = 2
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop
        after:
        r1 = r10
        r1 += r6
        *(u8 *)(r1 - 1) = 1             ; ! stack-bounds
        r0 = 0
        exit
        round:
        r0 = 0
        exit
        """).isRejected();
  }
}
