package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopTest {

  /** {@code rounds} rounds of two instructions, and three more. */
  private static void takes(String start, String step, String again, long rounds) {
    verify("""
        r6 = %s
        loop:
        %s
        if %s goto loop
        r0 = 0
        exit
        """.formatted(start, step, again)).takesAtMost(2 * rounds + 3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, r6 += 1, r6 < 10, 10",
    "0, r6 += 1, r6 <= 10, 11",
    "0, r6 += 1, r6 s< 10, 10",
    "0, r6 += 1, r6 s<= 10, 11",
    "0, r6 += 1, r6 != 10, 10",
    "0, w6 += 1, w6 < 10, 10",
    "0, w6 += 1, w6 != 10, 10",
    "-5, r6 += 1, r6 s< 5, 10",
    "-5, r6 += 1, r6 != 5, 10",
    "10, r6 += -1, r6 != 0, 10",
    "10, r6 -= 1, r6 > 0, 10",
    "10, r6 -= 1, r6 s> 0, 10",
    "10, r6 -= 1, r6 s>= 0, 11",
    "10, w6 += -1, w6 != 0, 10",
    "10, w6 -= 1, w6 > 0, 10",
    "1000000, r6 -= 1, r6 != 0, 1000000",
    "0, r6 += 1, r6 < 0x7fffffff, 0x7fffffff",
  })
  void aCountedLoopTakesItsRounds(String start, String step, String again, String rounds) {
    takes(start, step, again, Long.decode(rounds));
  }

  @ParameterizedTest
  @CsvSource({
    "0, r6 += 3, r6 < 10",
    "0, r6 += 24, r6 != 144",
    "0, r6 += 8, r6 s<= 64",
    "1, r6 <<= 1, r6 < 100",
    "100, r6 >>= 1, r6 > 0",
    "100, r6 -= 7, r6 s> 0",
  })
  void aLoopWithAStrideIsBoundedOrRejectedButNeverUnderestimated(
      String start, String step, String again) {
    long rounds = rounds(start, step, again);
    var verdict = verify("""
        r6 = %s
        loop:
        %s
        if %s goto loop
        r0 = 0
        exit
        """.formatted(start, step, again)).verdict();
    verdict.worstCase().ifPresent(bound -> {
      if (bound < 2 * rounds + 3) {
        throw new AssertionError(bound + " instructions are less than " + rounds + " rounds take");
      }
    });
  }

  /** How many rounds the loop really takes. */
  private static long rounds(String start, String step, String again) {
    long value = Long.parseLong(start);
    String[] change = step.split(" ");
    String[] test = again.split(" ");
    long operand = Long.parseLong(change[2]);
    long limit = Long.parseLong(test[2]);
    for (long rounds = 1; ; rounds++) {
      value = switch (change[1]) {
        case "+=" -> value + operand;
        case "-=" -> value - operand;
        case "<<=" -> value << operand;
        case ">>=" -> value >>> operand;
        default -> throw new IllegalArgumentException(step);
      };
      boolean goesOn =
          switch (test[1]) {
            case "<" -> Long.compareUnsigned(value, limit) < 0;
            case ">" -> Long.compareUnsigned(value, limit) > 0;
            case "s<=" -> value <= limit;
            case "s>" -> value > limit;
            case "!=" -> value != limit;
            default -> throw new IllegalArgumentException(again);
          };
      if (!goesOn) {
        return rounds;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, r6 += 0, r6 < 10",
    "0, r6 += 1, r6 >= 0",
    "0, r6 += 2, r6 != 9",
    "0, r6 -= 1, r6 s< 10",
    "10, r6 -= 1, r6 >= 0",
    "0, r6 ^= 1, r6 < 10",
    "0, r6 = 5, r6 < 10",
    "0, w6 += 1, r6 s>= 0",
  })
  void aLoopThatMayGoOnForeverIsRejected(String start, String step, String again) {
    verify("""
        r6 = %s
        loop:
        %s
        if %s goto loop
        r0 = 0
        exit
        """.formatted(start, step, again)).isNotAccepted();
  }

  @Test
  void terminationNeedNotBeProved() {
    String program = """
        r6 = r1
        loop:
        r1 = *(u32 *)(r6 + 12)      ; %s
        if r1 != 0 goto loop
        r0 = 0
        exit
        """;
    verify(program.formatted("! termination")).isRejected();
    var verdict =
        verify(program.formatted("")).given(o -> o.withTermination(false)).isAccepted();
    assertTrue(verdict.worstCase().isEmpty());
  }

  @Test
  void memoryIsCheckedAlsoWhereTerminationIsNot() {
    verify("""
        r6 = r10
        loop:
        r6 += -1
        *(u8 *)(r6 + 0) = 0      ; ! stack-bounds
        r2 = *(u32 *)(r1 + 12)
        if r2 != 0 goto loop
        r0 = 0
        exit
        """).given(o -> o.withTermination(false)).isRejected();
  }

  @Test
  void aLoopWithoutAnExitIsRejected() {
    verify("loop:\ngoto loop       ; ! termination\n").isNotAccepted();
    verify("loop:\ngoto loop\n").given(o -> o.withTermination(false)).verdict();
  }

  @Test
  void nestedLoopsMultiply() {
    // Inner: 5 rounds of 2, and 1; outer: 4 rounds of the inner and 2.
    verify("""
        r6 = 0
        outer:
        r7 = 0
        inner:
        r7 += 1
        if r7 != 5 goto inner
        r6 += 1
        if r6 != 4 goto outer
        r0 = 0
        exit
        """).takesAtMost(1 + 4 * (1 + 5 * 2 + 2) + 2);
  }

  @Test
  void anInnerLoopThatDependsOnTheOuterCounterIsBoundedByItsMost() {
    var verdict = verify("""
        r6 = 0
        outer:
        r7 = 0
        inner:
        r7 += 1
        if r7 < r6 goto inner
        r6 += 1
        if r6 != 4 goto outer
        r0 = 0
        exit
        """).isAccepted();
    // Really: rounds 1, 1, 2, 3 of the inner loop.
    long real = 1 + 4 * 3 + 2 * (1 + 1 + 2 + 3) + 2;
    assertTrue(verdict.worstCase().getAsLong() >= real, verdict.worstCase().toString());
  }

  @Test
  void twoLoopsAfterEachOtherAdd() {
    verify("""
        r6 = 0
        first:
        r6 += 1
        if r6 != 5 goto first
        second:
        r6 += 1
        if r6 != 12 goto second
        r0 = 0
        exit
        """).takesAtMost(1 + 5 * 2 + 7 * 2 + 2);
  }

  @Test
  void theLongerBranchOfALoopCounts() {
    verify("""
        r6 = 0
        r7 = *(u32 *)(r1 + 12)
        loop:
        if r7 == 0 goto next
        r8 = 1
        r8 = 2
        next:
        r6 += 1
        if r6 != 10 goto loop
        r0 = 0
        exit
        """).takesAtMost(2 + 10 * 5 + 2);
  }

  @Test
  void aLoopWithTwoEntriesIsBounded() {
    String program = """
        r6 = 0
        r7 = *(u32 *)(r1 + 12)
        if r7 == 0 goto second
        first:
        r6 += 1
        %s
        second:
        r6 += 1
        if r6 < 20 goto first
        r0 = 0
        exit
        """;
    var verdict = verify(program.formatted("r0 = 0")).isAccepted();
    // first, second alternate: at most 10 rounds of 4.
    assertTrue(verdict.worstCase().getAsLong() >= 3 + 10 * 4 + 2);
    verify(program.formatted("r6 = 0")).isNotAccepted();
  }

  @Test
  void aLoopThatIsLeftInTheMiddleIsBounded() {
    // The last round is left after 2 instructions; it counts as a whole.
    verify("""
        r6 = 0
        loop:
        r6 += 1
        if r6 == 10 goto out
        r0 = 1
        goto loop
        out:
        r0 = 0
        exit
        """).takesAtMost(1 + 10 * 4 + 2);
  }

  @Test
  void aLoopThatIsBoundedByAVariable() {
    verify("""
        r6 = 0
        r7 = *(u32 *)(r1 + 12)
        r7 &= 15
        loop:
        if r6 >= r7 goto out
        r6 += 1
        goto loop
        out:
        r0 = 0
        exit
        """).takesAtMost(3 + 16 * 3 + 2);
  }

  @Test
  void aLoopOverAnArrayStaysInIt() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r7 = 0
        loop:
        r1 = r6
        r1 += r7
        r2 = *(u8 *)(r1 + 0)            ; %s
        r7 += 1
        if r7 < %d goto loop
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("", 16)).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("! map-value-bounds", 17)).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aLoopOverThePacketStaysInIt() {
    String program = "r6 = 0\n" + PACKET + """
        loop:
        r4 = r2
        r4 += 1
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + %d)            ; %s
        r2 += 1
        r6 += 1
        if r6 < 100 goto loop
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(0, "")).isAccepted();
    verify(program.formatted(1, "! packet-bounds")).isRejected();
  }

  @Test
  void aLoopThatFillsTheStackInitialisesNothingForSure() {
    verify("""
        r6 = 0
        r2 = *(u32 *)(r1 + 12)
        loop:
        r1 = r10
        r1 += r6
        if r6 == r2 goto out
        *(u8 *)(r1 - 8) = 0
        r6 += 1
        if r6 < 8 goto loop
        out:
        r0 = *(u64 *)(r10 - 8)          ; ! stack-initialised
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aCopyOfTheCounterBoundsTheLoop() {
    verify("""
        r6 = 0
        loop:
        r6 += 1
        r7 = r6
        if r7 != 10 goto loop
        r0 = 0
        exit
        """).takesAtMost(1 + 10 * 3 + 2);
  }

  @Test
  void aCounterOnTheStackBoundsTheLoop() {
    verify("""
        *(u64 *)(r10 - 8) = 0
        loop:
        r1 = *(u64 *)(r10 - 8)
        r1 += 1
        *(u64 *)(r10 - 8) = r1
        if r1 != 10 goto loop
        r0 = 0
        exit
        """).takesAtMost(1 + 10 * 4 + 2);
  }

  @Test
  void aCounterInAMapBoundsNothing() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        loop:
        r1 = *(u64 *)(r0 + 0)           ; ! termination
        r1 += 1
        *(u64 *)(r0 + 0) = r1
        if r1 != 10 goto loop
        out:
        r0 = 0
        exit
        """).with(Maps.hash(8)).isRejected();
  }

  @Test
  void theNumberOfInstructionsIsLimitedOnDemand() {
    String program = """
        r6 = 0                           ; %s
        loop:
        r6 += 1
        if r6 != 10 goto loop
        r0 = 0
        exit
        """;
    verify(program.formatted("")).given(o -> o.withMaxInstructions(23)).isAccepted();
    verify(program.formatted("! max-instructions"))
        .given(o -> o.withMaxInstructions(22))
        .isRejected();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100})
  void straightCodeTakesItsLength(int length) {
    verify("r0 = 0\n".repeat(length) + "exit\n").takesAtMost(length + 1L);
  }

  @Test
  void a64BitImmediateIsOneInstruction() {
    verify("r0 = 1 ll\nexit\n").takesAtMost(2);
  }

  @Test
  void mayGotoDoesNotProveABoundByItself() {
    verify("""
        loop:
        may_goto out
        goto loop
        out:
        r0 = 0
        exit
        """).verdict();
  }

  @Test
  void whereLoopsNeedNotEndAFunctionMayNeverReturn() {
    verify("""
        call f
        r0 = 0
        exit
        f:
        l:
        goto l
        """).given(o -> o.withTermination(false)).isAccepted();
  }
}
