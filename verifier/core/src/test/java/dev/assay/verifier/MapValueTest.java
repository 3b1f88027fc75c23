package dev.assay.verifier;

import static dev.assay.verifier.Maps.READ_ONLY_FOR_PROGRAMS;
import static dev.assay.verifier.Maps.WRITE_ONLY_FOR_PROGRAMS;
import static dev.assay.verifier.Maps.withFlags;
import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapValueTest {

  @Test
  void aLookupMayGiveNull() {
    verify(LOOKUP + """
        r0 = *(u8 *)(r0 + 0)       ; ! not-null
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"if r0 == 0 goto out", "if r0 <= 0 goto out"})
  void whatRulesNullOutWhereItIsNotTakenMakesThePointerUsable(String test) {
    verify(LOOKUP + test + """

        r0 = *(u8 *)(r0 + 15)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"if r0 != 0 goto in", "if r0 > 0 goto in"})
  void whatRulesNullOutWhereItIsTakenMakesThePointerUsable(String test) {
    verify(LOOKUP + test + """

        r0 = 0
        exit
        in:
        r0 = *(u8 *)(r0 + 15)
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if r0 != 0 goto out",
        "if r0 > 0 goto out",
        "if r0 == 1 goto out",
        "if w0 == 1 goto out",
        "if r0 s< 0 goto out",
        "if r0 & 1 goto out",
      })
  void theWrongTestLeavesNullPossible(String test) {
    verify(LOOKUP + test + """

        r0 = *(u8 *)(r0 + 0)       ; ! not-null
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isNotAccepted();
  }

  @Test
  void aTestOfTheLowHalfDoesNotRuleNullOut() {
    // A pointer may have a low half of 0, but null surely has: not taken means not null.
    verify(LOOKUP + """
        if w0 != 0 goto out
        r0 = *(u8 *)(r0 + 0)       ; ! not-null
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aTestOfTheCopyIsATestOfThePointer() {
    verify(LOOKUP + """
        r6 = r0
        if r6 == 0 goto out
        r0 = *(u8 *)(r0 + 0)
        r0 = *(u8 *)(r6 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
    verify(LOOKUP + """
        r6 = r0
        if r0 == 0 goto out
        r0 = *(u8 *)(r6 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aTestOfASpilledPointerIsATestOfThePointer() {
    verify(LOOKUP + """
        *(u64 *)(r10 - 16) = r0
        r6 = *(u64 *)(r10 - 16)
        if r6 == 0 goto out
        r7 = *(u64 *)(r10 - 16)
        r0 = *(u8 *)(r7 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aTestOfOneLookupSaysNothingOfAnother() {
    verify(LOOKUP + "r6 = r0\n" + LOOKUP + """
        if r6 == 0 goto out
        r0 = *(u8 *)(r0 + 0)       ; ! not-null
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void twoPointersThatMayBeNullAreNotNullIfEqualToAnother() {
    verify(LOOKUP + "r6 = r0\n" + LOOKUP + """
        if r6 != r0 goto out
        r0 = *(u8 *)(r0 + 0)       ; ! not-null
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aTestSurvivesCalls() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        call ktime_get_ns
        r0 = *(u8 *)(r6 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void arithmeticOnAPointerThatMayBeNullIsRejected() {
    // null + 8 is not null.
    verify(LOOKUP + """
        r0 += 8                    ; ! not-null
        if r0 == 0 goto out
        r0 = *(u8 *)(r0 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void pointersMergedWithNullAreTestedAfterwards() {
    String program = """
        r7 = *(u32 *)(r1 + 12)
        """ + LOOKUP + """
        if r0 == 0 goto out
        r6 = 0
        if r7 == 0 goto join
        r6 = r0
        join:
        %s
        r0 = *(u8 *)(r6 + 0)       ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("if r6 == 0 goto out", "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("r0 = 0", "! not-null")).with(Maps.hash(16)).isRejected();
  }

  @ParameterizedTest
  @CsvSource({"u8, 15", "u16, 14", "u32, 12", "u64, 8"})
  void accessesEndAtTheLastByteOfTheValue(String type, int last) {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(%1$s *)(r0 + %2$d)
        *(%1$s *)(r0 + %2$d) = 1
        r1 = *(%1$s *)(r0 + %3$d)      ; ! map-value-bounds
        *(%1$s *)(r0 + %3$d) = 1       ; ! map-value-bounds
        r1 = *(%1$s *)(r0 - 1)         ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """.formatted(type, last, last + 1)).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aVariableOffsetStaysInTheValue() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        if r1 > %d goto out
        r0 += r1
        r1 = *(u64 *)(r0 + 0)          ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted(9, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aSignedTestAloneLeavesNegativeOffsets() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        if r1 s> 8 goto out
        %s
        r0 += r1
        r1 = *(u64 *)(r0 + 0)          ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("if r1 s< 0 goto out", "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("if r1 s< -1 goto out", "! map-value-bounds"))
        .with(Maps.hash(16))
        .isRejected();
  }

  @Test
  void aSubtractedOffsetMayBeAddedAgain() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        r0 -= r1
        r0 += r1
        r2 = *(u64 *)(r0 + 0)          ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isNotAccepted();
  }

  @Test
  void twoLoadsOfOneAddressMayDiffer() {
    // Another CPU may write between the test and the use.
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        if r1 > 8 goto out
        r1 = *(u64 *)(r0 + 0)
        r0 += r1
        r1 = *(u64 *)(r0 + 0)          ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aStoreToTheValueIsNotReadBack() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 0) = 8
        r1 = *(u64 *)(r0 + 0)
        r0 += r1
        r1 = *(u64 *)(r0 + 0)          ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void anArrayHasEveryIndexBelowItsSize() {
    String program = """
        *(u32 *)(r10 - 4) = %d
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 = *(u8 *)(r0 + 0)           ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(3, "")).with(Maps.array(16)).isAccepted();
    verify(program.formatted(4, "! not-null")).with(Maps.array(16)).isRejected();
    verify(program.formatted(-1, "! not-null")).with(Maps.array(16)).isRejected();
    verify(program.formatted(3, "! not-null")).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aKeyThatIsOnlyPartlyKnownMayBeMissing() {
    verify("""
        r3 = *(u32 *)(r1 + 12)
        *(u32 *)(r10 - 4) = r3
        *(u16 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 = *(u8 *)(r0 + 0)           ; ! not-null
        r0 = 0
        exit
        """).with(Maps.array(16)).isRejected();
  }

  @Test
  void aReadOnlyMapIsNotWritten() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u8 *)(r0 + 0)            ; %s
        *(u8 *)(r0 + 0) = 1             ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("", "! writable"))
        .with(withFlags(Maps.hash(16), READ_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program.formatted("! writable", ""))
        .with(withFlags(Maps.hash(16), WRITE_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program.formatted("", "")).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aHelperWritesNoReadOnlyMap() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r2 = 16
        r3 = 0
        call probe_read_kernel          ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("! writable"))
        .as("kprobe")
        .with(withFlags(Maps.hash(16), READ_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program.formatted("")).as("kprobe").with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aHelperReadsNoWriteOnlyMap() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r2 = 16
        call trace_printk               ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("! writable"))
        .with(withFlags(Maps.hash(16), WRITE_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program.formatted("")).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aReadOnlyMapIsNotUpdated() {
    String program = """
        *(u32 *)(r10 - 4) = 0
        *(u64 *)(r10 - 16) = 0
        r2 = r10
        r2 += -4
        r3 = r10
        r3 += -16
        r4 = 0
        r1 = map_by_idx(0) ll
        call map_update_elem            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("! writable"))
        .with(withFlags(Maps.array(8), READ_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program.formatted("! writable")).with(Maps.readOnlyData(new byte[8])).isRejected();
    verify(program.formatted("")).with(Maps.array(8)).isAccepted();
  }

  @Test
  void aSpecialFieldIsLeftAlone() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u32 *)(r0 + %d)             ; %s
        *(u32 *)(r0 + %d) = 1              ; %s
        out:
        r0 = 0
        exit
        """;
    var map = Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4);
    verify(program.formatted(4, "! special-field", 4, "! special-field"))
        .with(map)
        .isRejected();
    verify(program.formatted(0, "", 8, "")).with(map).isAccepted();
    verify(program.formatted(1, "! special-field", 7, "! special-field"))
        .with(map)
        .isRejected();
  }

  @Test
  void aHelperLeavesSpecialFieldsAlone() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r1 += %d
        r2 = %d
        r3 = 0
        call probe_read_kernel             ; %s
        out:
        r0 = 0
        exit
        """;
    var map = Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4);
    verify(program.formatted(0, 16, "! special-field"))
        .as("sched_cls")
        .with(map)
        .isRejected();
    verify(program.formatted(0, 5, "! special-field")).as("sched_cls").with(map).isRejected();
    verify(program.formatted(0, 4, "")).as("sched_cls").with(map).isAccepted();
    verify(program.formatted(8, 8, "")).as("sched_cls").with(map).isAccepted();
  }

  @Test
  void aDirectValueIsNeverNull() {
    String program = """
        r1 = map_val(map_by_idx(0)) + 4 ll
        r0 = *(u32 *)(r1 + %d)            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "")).with(Maps.data(false, new byte[16])).isAccepted();
    verify(program.formatted(9, "! map-value-bounds"))
        .with(Maps.data(false, new byte[16]))
        .isRejected();
    verify(program.formatted(-4, "")).with(Maps.data(false, new byte[16])).isAccepted();
    verify(program.formatted(-5, "! map-value-bounds"))
        .with(Maps.data(false, new byte[16]))
        .isRejected();
  }

  @Test
  void onlyMapsWithOneFixedValueHaveADirectValue() {
    String program = """
        r1 = map_val(map_by_idx(0)) + 0 ll    ; %s
        r0 = *(u32 *)(r1 + 0)                 ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("", "")).with(Maps.single(16)).isAccepted();
    verify(program.formatted("! pointer", "! pointer")).with(Maps.array(16)).isRejected();
    verify(program.formatted("! pointer", "! pointer")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("! pointer", "! pointer"))
        .with(Maps.ofType("percpu_array", 4, 16))
        .isRejected();
  }

  @Test
  void aMapIsNotAccessedItself() {
    verify("""
        r1 = map_by_idx(0) ll
        r0 = *(u32 *)(r1 + 0)              ; ! pointer
        *(u32 *)(r1 + 0) = 1               ; ! pointer
        r1 += 8                            ; ! pointer-arithmetic
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aMapThatTheObjectDoesNotHaveIsUnknown() {
    verify("""
        r1 = map_by_idx(1) ll              ; ! pointer
        r2 = map_val(map_by_idx(-1)) + 0 ll ; ! pointer
        r3 = map_by_fd(0) ll               ; ! pointer
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void valuesOfTwoMapsMergedAreUsableAsFarAsBothAre() {
    String program = """
        r6 = *(u32 *)(r1 + 12)
        if r6 == 0 goto other
        r7 = map_val(map_by_idx(0)) + 0 ll
        goto join
        other:
        r7 = map_val(map_by_idx(1)) + 0 ll
        join:
        r0 = *(u64 *)(r7 + %d)             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(0, ""))
        .with(Maps.data(false, new byte[16]), Maps.data(false, new byte[8]))
        .isAccepted();
    verify(program.formatted(8, "! map-value-bounds"))
        .with(Maps.data(false, new byte[16]), Maps.data(false, new byte[8]))
        .isRejected();
  }

  @Test
  void mapsInMapsAreLookedUpTwice() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r2 = r10
        r2 += -4
        call map_lookup_elem
        %s
        r0 = *(u64 *)(r0 + %d)            ; %s
        out:
        r0 = 0
        exit
        """;
    var outer = Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1);
    verify(program.formatted("if r0 == 0 goto out", 8, ""))
        .with(outer, Maps.hash(16))
        .isAccepted();
    verify(program.formatted("if r0 == 0 goto out", 9, "! map-value-bounds"))
        .with(outer, Maps.hash(16))
        .isRejected();
    verify(program.formatted("r1 = 0", 8, "! not-null"))
        .with(outer, Maps.hash(16))
        .isRejected();
  }

  @Test
  void anInnerMapThatMayBeNullIsNotLookedUp() {
    verify(LOOKUP + """
        r1 = r0
        r2 = r10
        r2 += -4
        call map_lookup_elem              ; ! not-null
        r0 = 0
        exit
        """)
        .with(Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1), Maps.hash(16))
        .isRejected();
  }

  @Test
  void anInnerArrayMayBeShorterThanItsTemplate() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r2 = r10
        r2 += -4
        call map_lookup_elem
        r0 = *(u64 *)(r0 + 0)             ; ! not-null
        out:
        r0 = 0
        exit
        """)
        .with(Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1), Maps.array(16))
        .isRejected();
  }

  @Test
  void thatAPointerMayBeNullIsSaidOnce() {
    verify(LOOKUP + """
        r1 = *(u8 *)(r0 + 0)              ; ! not-null
        r1 = *(u8 *)(r0 + 1)
        *(u8 *)(r0 + 2) = 1
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }
}
