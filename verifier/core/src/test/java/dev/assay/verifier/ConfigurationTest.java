package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.object.BpfProgram;
import dev.assay.object.DataSection.Variable;
import dev.assay.object.MapDefinition;
import dev.assay.verifier.semantics.Budget;
import dev.assay.verifier.semantics.Deadline;
import dev.assay.verifier.verdict.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read-only data, and variables in it that a loader may set. */
class ConfigurationTest {
  private static final byte[] CONTENTS = {3, 0, 0, 0, 4, 0, 0, 0};

  private static MapDefinition data(boolean firstIsVolatile, boolean secondIsVolatile) {
    return Maps.readOnlyData(
        CONTENTS,
        new Variable("first", 0, 4, firstIsVolatile),
        new Variable("second", 4, 4, secondIsVolatile));
  }

  /** Stores at r10 - 16 + (the variable of a type at an offset), which has to be at most 8. */
  private static String program(String type, int offset, String mark) {
    return """
        r1 = map_val(map_by_idx(0)) + %d ll
        r2 = *(%s *)(r1 + 0)
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1            ; %s
        r0 = 0
        exit
        """.formatted(offset, type, mark);
  }

  @Test
  void readOnlyDataHasItsContents() {
    assertEquals(
        List.of(),
        verify(program("u32", 0, "")).with(data(false, false)).isAccepted().assumptions());
    verify(program("u32", 0, "! stack-bounds")).with(Maps.data(false, CONTENTS)).isRejected();
  }

  @Test
  void aLoadOfPartsHasTheBytesInOrder() {
    // The bytes from 3 on are 0, 4: as u16 1024, as u8 0.
    verify(program("u8", 3, "")).with(data(false, false)).isAccepted();
    verify(program("u16", 3, "! stack-bounds")).with(data(false, false)).isRejected();
    verify(program("u8", 4, "")).with(data(false, false)).isAccepted();
  }

  @Test
  void aVariableOffsetReadsAnything() {
    verify("""
        r4 = *(u32 *)(r1 + 12)
        r4 &= 4
        r1 = map_val(map_by_idx(0)) + 0 ll
        r1 += r4
        r2 = *(u32 *)(r1 + 0)
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1            ; ! stack-bounds
        r0 = 0
        exit
        """).with(data(false, false)).isRejected();
  }

  @Test
  void aVolatileConstantHasItsInitialValueOnlyByAssumption() {
    var verdict = verify(program("u32", 0, "")).with(data(true, false)).isAccepted();
    assertEquals(1, verdict.assumptions().size());
    assertTrue(verdict.assumptions().getFirst().contains("first"));
    verify(program("u32", 0, "! stack-bounds"))
        .with(data(true, false))
        .given(o -> o.withAssumptionsAllowed(false))
        .isRejected();
  }

  @Test
  void whatHoldsForEveryValueNeedsNoAssumption() {
    assertEquals(List.of(), verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r2 = *(u32 *)(r1 + 0)
        r2 &= 8
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1
        r0 = 0
        exit
        """).with(data(true, true)).isAccepted().assumptions());
  }

  @Test
  void aLoadOfTwoVariablesAssumesBoth() {
    var verdict = verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r2 = *(u64 *)(r1 + 0)
        r2 >>= 32
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1
        r0 = 0
        exit
        """).with(data(true, true)).isAccepted();
    assertTrue(
        verdict.assumptions().stream().anyMatch(fact -> fact.contains("first")),
        verdict.assumptions().toString());
    assertTrue(
        verdict.assumptions().stream().anyMatch(fact -> fact.contains("second")),
        verdict.assumptions().toString());
  }

  @Test
  void aValueThatIsGivenIsTheValue() {
    verify(program("u32", 0, ""))
        .with(data(true, true))
        .given(o -> o.withValues(Map.of("first", 8L)))
        .isAccepted();
    verify(program("u32", 0, "! stack-bounds"))
        .with(data(true, true))
        .given(o -> o.withValues(Map.of("first", 9L)))
        .isRejected();
  }

  @Test
  void aValueThatIsGivenCountsAlsoWhereMoreIsLoaded() {
    // second is promised to be 200: the initial 4 says nothing.
    verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r2 = *(u64 *)(r1 + 0)
        r2 >>= 32
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1            ; ! stack-bounds
        r0 = 0
        exit
        """)
        .with(data(true, true))
        .given(o -> o.withValues(Map.of("second", 200L)))
        .isRejected();
  }

  @Test
  void aFactThatIsNotUsedIsNotAssumed() {
    var verdict = verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r2 = *(u32 *)(r1 + 4)
        r0 = 0
        exit
        """).with(data(true, true)).isAccepted();
    assertFalse(verdict.assumptions().stream().anyMatch(fact -> fact.contains("second")));
  }

  /** What lies beside a variable that a loader may set is not set by it. */
  @Test
  void theNeighboursOfAVariableHaveTheirContents() {
    for (int offset : new int[] {0, 4}) {
      assertEquals(
          List.of(),
          verify(program("u32", offset, ""))
              .with(data(offset == 4, offset == 0))
              .given(o -> o.withAssumptionsAllowed(false))
              .isAccepted()
              .assumptions());
    }
    // A load of 8 bytes from 1 on covers both.
    var verdict = verify("""
        r1 = map_val(map_by_idx(0)) + 3 ll
        r2 = *(u16 *)(r1 + 0)
        r2 &= 8
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1
        r2 = *(u16 *)(r1 + 0)
        r2 -= 1020
        r3 = r10
        r3 += r2
        *(u64 *)(r3 - 16) = 1
        r0 = 0
        exit
        """).with(data(true, true)).isAccepted();
    assertEquals(2, verdict.assumptions().size(), verdict.assumptions()::toString);
  }

  @Test
  void theVerdictSaysWhichValueWasGiven() {
    var verdict = verify(program("u32", 0, ""))
        .with(data(true, true))
        .given(o -> o.withValues(Map.of("first", 8L)))
        .isAccepted();
    assertEquals(List.of("first is 8 (given)"), verdict.assumptions());
  }

  @Test
  void readOnlyDataEnds() {
    for (int offset : new int[] {-1, 5, 8}) {
      verify("""
          r1 = map_val(map_by_idx(0)) + 0 ll
          r1 += %d
          r0 = *(u32 *)(r1 + 0)          ; ! map-value-bounds
          r0 = 0
          exit
          """.formatted(offset)).with(data(false, false)).isRejected();
    }
    verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r0 = *(u32 *)(r1 + 0)          ; ! writable
        r0 = 0
        exit
        """)
        .with(Maps.withFlags(
            data(false, false), Maps.READ_ONLY_FOR_PROGRAMS | Maps.WRITE_ONLY_FOR_PROGRAMS))
        .isRejected();
  }

  @Test
  void theHighestByteIsFirstForAHostWhoseIs() {
    // The bytes 0, 4 from 3 on, and 3, 0, 0, 0 from 0 on.
    verify(program("u16", 3, "")).with(data(false, false)).bigEndian().isAccepted();
    verify(program("u32", 0, "! stack-bounds"))
        .with(data(false, false))
        .bigEndian()
        .isRejected();
    verify(program("u8", 0, "")).with(data(false, false)).bigEndian().isAccepted();
  }

  @ParameterizedTest
  @CsvSource({"be16, true", "le16, false", "bswap16, false"})
  void aConversionSwapsWhereTheHostHasTheOtherOrder(String conversion, boolean safe) {
    verify("""
        r1 = 7
        r1 = %s r1
        r2 = r10
        r2 += r1
        *(u8 *)(r2 - 8) = 1             ; %s
        r0 = 0
        exit
        """.formatted(conversion, safe ? "" : "! stack-bounds"))
        .bigEndian()
        .verdictMatchesMarks();
  }

  /** With the values in the object, the program could have been proved: what is cut short then says nothing against it. */
  @Test
  void noLimitOfTimeMakesARejectionOfWhatHoldsByAssumption() {
    Verification program = verify(program("u32", 0, "")).with(data(true, false));
    Verification unassuming = verify(program("u32", 0, ""))
        .with(data(true, false))
        .given(o -> o.withAssumptionsAllowed(false));
    int cutShort = 0;
    int looks = 1;
    while (decision(program, looks) != Decision.ACCEPTED) {
      assertEquals(Decision.UNDECIDED, decision(program, looks));
      if (decision(unassuming, looks) == Decision.REJECTED) {
        cutShort++;
      }
      looks++;
    }
    assertTrue(cutShort > 0);
  }

  /** The decision if time is up after so many looks at the clock. */
  private static Decision decision(Verification verification, int looks) {
    BpfProgram program = verification.program();
    Deadline deadline = Deadline.after(Duration.ofNanos(looks), new AtomicLong()::incrementAndGet);
    return new Verifier(
            verification.object(program),
            "test.o",
            program,
            verification.kind(),
            new Entry.Context(),
            verification.options(),
            new Budget(1_000_000, deadline))
        .run()
        .verdict()
        .decision();
  }
}
