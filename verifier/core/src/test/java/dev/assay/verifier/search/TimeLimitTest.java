package dev.assay.verifier.search;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.verifier.PreparedProgram;
import dev.assay.verifier.Verification;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.semantics.Budget;
import dev.assay.verifier.semantics.Deadline;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A search ends when its time is up, wherever it is. The clocks here go on by one with each look at them. */
class TimeLimitTest {
  private static final String COUNTED_LOOP = """
      r6 = 0
      loop:
      r6 += 1
      if r6 < 100 goto loop
      r0 = 0
      exit
      """;

  /** A load that rung 0 does not prove and a finer one does. */
  private static final String NEEDS_RUNG_ONE = """
      r2 = *(u32 *)(r1 + 0)
      r3 = *(u32 *)(r1 + 4)
      r4 = r2
      r4 += 14
      r5 = 0
      if r4 <= r3 goto merge
      r5 = -22
      merge:
      if r5 != 0 goto out
      r0 = *(u8 *)(r2 + 13)
      out:
      r0 = 0
      exit
      """;

  private static Budget looks(long looks) {
    return new Budget(
        1_000_000, Deadline.after(Duration.ofNanos(looks), new AtomicLong()::incrementAndGet));
  }

  private static Ladder.Climb climb(Verification verification, Budget budget)
      throws SearchExhausted {
    PreparedProgram program = PreparedProgram.of(verification);
    return Ladder.climb(program.setting(), program.shape(), program.entry(), budget);
  }

  private static SearchExhausted.Limit limitReached(Verification verification, Budget budget) {
    return assertThrows(SearchExhausted.class, () -> climb(verification, budget))
        .limit();
  }

  @Test
  void theLimitThatIsReachedFirstIsNamed() {
    assertEquals(SearchExhausted.Limit.TIME, limitReached(verify(COUNTED_LOOP), looks(3)));
    assertEquals(
        SearchExhausted.Limit.STEPS, limitReached(verify(COUNTED_LOOP), Budget.ofSteps(3)));
  }

  @Test
  void aLimitThatIsNotReachedChangesNothing() throws SearchExhausted {
    assertTrue(climb(verify(COUNTED_LOOP), looks(1_000_000)).judgement().accepts());
  }

  @Test
  void codeWithoutACutPointIsCutShortToo() {
    // One path: the search itself looks at the clock before and after, the execution amid it.
    String program = "r0 = 0\n" + "r0 += 1\n".repeat(100_000) + "exit\n";
    SearchExhausted exhausted =
        assertThrows(SearchExhausted.class, () -> climb(verify(program), looks(10)));
    assertEquals(SearchExhausted.Limit.TIME, exhausted.limit());
    assertTrue(
        exhausted
            .getMessage()
            .matches("the search reached its time limit after \\d{3} abstract steps"),
        exhausted.getMessage());
  }

  @Test
  void theLimitIsForAllRungsTogether() throws SearchExhausted {
    assertEquals(
        Rung.CONSTANTS, climb(verify(NEEDS_RUNG_ONE), Budget.ofSteps(1_000_000)).rung());
    // Enough for the first rung, whose findings are kept, and too little for the second one.
    boolean betweenRungs = false;
    for (int looks = 1; looks < 100; looks++) {
      try {
        Ladder.Climb climb = climb(verify(NEEDS_RUNG_ONE), looks(looks));
        if (climb.exhausted().isPresent()) {
          betweenRungs = true;
          assertEquals(SearchExhausted.Limit.TIME, climb.exhausted().get().limit());
          assertEquals(Rung.KINDS, climb.rung());
          assertTrue(!climb.judgement().accepts());
        }
      } catch (SearchExhausted exhausted) {
        assertEquals(SearchExhausted.Limit.TIME, exhausted.limit());
      }
    }
    assertTrue(betweenRungs);
  }

  @Test
  void theVerdictIsUndecidedAndSaysWhatToDo() {
    Verdict verdict = verify(COUNTED_LOOP)
        .given(options -> options.withTimeLimit(Duration.ofNanos(1)))
        .verdict();
    assertEquals(Decision.UNDECIDED, verdict.decision());
    List<Finding> findings = verdict.findings();
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.getFirst().message().contains("time limit"), findings.toString());
    assertTrue(findings.getFirst().required().contains("--time-limit"), findings.toString());
  }

  @Test
  void aLimitIsMoreThanNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> VerifierOptions.DEFAULT.withTimeLimit(Duration.ZERO));
  }
}
