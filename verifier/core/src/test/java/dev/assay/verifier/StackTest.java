package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackTest {

  @ParameterizedTest
  @CsvSource({"u8, -1", "u8, -512", "u16, -2", "u32, -4", "u64, -8", "u64, -512"})
  void theFrameHas512BytesBelowR10(String type, int offset) {
    verify("""
        *(%1$s *)(r10 %2$d) = 1
        r0 = *(%1$s *)(r10 %2$d)
        exit
        """.formatted(type, offset)).isAccepted();
  }

  @ParameterizedTest
  @CsvSource({
    "u8, + 0",
    "u8, - 513",
    "u16, - 1",
    "u32, - 3",
    "u64, - 7",
    "u64, - 513",
    "u64, + 32767",
    "u64, - 32768"
  })
  void nothingBesideTheFrameIsAccessed(String type, String offset) {
    verify("""
        *(%1$s *)(r10 %2$s) = 1           ; ! stack-bounds
        r0 = *(%1$s *)(r10 %2$s)          ; ! stack-bounds
        r0 = 0
        exit
        """.formatted(type, offset)).isRejected();
  }

  @Test
  void theSizeOfTheFrameIsAnOption() {
    String program = """
        *(u64 *)(r10 - 72) = 1     ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).given(o -> o.withStackSize(72)).isAccepted();
    verify(program.formatted("! stack-bounds")).given(o -> o.withStackSize(71)).isRejected();
  }

  @Test
  void bytesThatWereNotWrittenAreNotRead() {
    verify("""
        r0 = *(u64 *)(r10 - 8)      ; ! stack-initialised
        r0 = 0
        exit
        """).isRejected();
    verify("""
        *(u32 *)(r10 - 8) = 1
        r0 = *(u64 *)(r10 - 8)      ; ! stack-initialised
        *(u16 *)(r10 - 4) = 1
        r0 = *(u64 *)(r10 - 8)      ; ! stack-initialised
        *(u8 *)(r10 - 1) = 1
        r0 = *(u64 *)(r10 - 8)      ; ! stack-initialised
        *(u8 *)(r10 - 2) = 1
        r0 = *(u64 *)(r10 - 8)
        exit
        """).isRejected();
  }

  @Test
  void bytesThatAreWrittenOnOnePathOnlyAreNotRead() {
    String program = """
        r2 = *(u32 *)(r1 + 12)
        if r2 == 0 goto join
        *(u64 *)(r10 - 8) = 1
        goto load
        join:
        *(u64 *)(r10 %s) = 2
        load:
        r0 = *(u64 *)(r10 - 8)      ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("- 8", "")).isAccepted();
    verify(program.formatted("- 16", "! stack-initialised")).isRejected();
    verify(program.formatted("- 9", "! stack-initialised")).isRejected();
  }

  @Test
  void aStoreKeepsTheNumberThatWasStored() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u8 *)(r0 + 0)
        r1 &= 15
        *(u64 *)(r10 - 16) = r1
        r2 = *(u64 *)(r10 - 16)
        r0 += r2
        r0 = *(u8 *)(r0 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aTestOfTheRegisterBoundsTheCopyOnTheStack() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        *(u64 *)(r10 - 16) = r1
        if r1 > 15 goto out
        r2 = *(u64 *)(r10 - 16)
        r0 += r2
        r0 = *(u8 *)(r0 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isAccepted();
  }

  @Test
  void aTestOfTheRegisterSaysNothingOfAStackCellOverwrittenSince() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        *(u64 *)(r10 - 16) = r1
        *(u8 *)(r10 - 9) = 1
        if r1 > 15 goto out
        r2 = *(u64 *)(r10 - 16)
        r0 += r2
        r0 = *(u8 *)(r0 + 0)       ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @ParameterizedTest
  @CsvSource({"- 16, 4", "- 15, 3", "- 14, 2", "- 13, 1", "- 12, 0"})
  void aPartOfACellHoldsItsBytes(String offset, int octet) {
    // The bytes of 0x...0403020100 from r10 - 16 on are 4, 3, 2, 1, 0.
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = 0x0000000001020304 ll
        *(u64 *)(r10 - 16) = r1
        r2 = *(u8 *)(r10 %s)
        r0 += r2
        r0 = *(u8 *)(r0 + %d)
        r1 = 0
        out:
        r0 = 0
        exit
        """.formatted(offset, 15 - octet)).with(Maps.hash(16)).isAccepted();
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = 0x0000000001020304 ll
        *(u64 *)(r10 - 16) = r1
        r2 = *(u8 *)(r10 %s)
        r0 += r2
        r0 = *(u8 *)(r0 + %d)     ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """.formatted(offset, 16 - octet)).with(Maps.hash(16)).isRejected();
  }

  @Test
  void whatIsLeftOfAPartlyOverwrittenCellIsKept() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = 0x0000000f0000000f ll
        *(u64 *)(r10 - 16) = r1
        *(u32 *)(r10 - 16) = 99
        w2 = *(u32 *)(r10 - 12)
        r0 += r2
        r1 = *(u8 *)(r0 + 0)
        r1 = *(u8 *)(r0 + 1)      ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void cellsThatStraddleAreReadAsTheirBytes() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r10 - 16) = 0
        *(u32 *)(r10 - 18) = 0x000f0000
        r2 = *(u16 *)(r10 - 16)
        r0 += r2
        r1 = *(u8 *)(r0 + 0)
        r1 = *(u8 *)(r0 + 1)      ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aSignExtendingLoadOfTheStackExtendsTheSign() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u8 *)(r10 - 16) = 0xff
        r2 = *(s8 *)(r10 - 16)
        r3 = r0
        r3 += r2
        r1 = *(u8 *)(r3 + 1)
        r1 = *(u8 *)(r3 + 0)     ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void pointersOfAllKindsSurviveOnTheStack() {
    verify("*(u64 *)(r10 - 16) = r1\n" + PACKET + """
        *(u64 *)(r10 - 24) = r2
        *(u64 *)(r10 - 32) = r3
        r4 = r10
        *(u64 *)(r10 - 40) = r4
        """ + LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r10 - 48) = r0
        r1 = *(u64 *)(r10 - 16)
        r1 = *(u32 *)(r1 + 12)
        r2 = *(u64 *)(r10 - 24)
        r3 = *(u64 *)(r10 - 32)
        r5 = r2
        r5 += 1
        if r5 > r3 goto out
        r1 = *(u8 *)(r2 + 0)
        r4 = *(u64 *)(r10 - 40)
        r4 = *(u64 *)(r4 - 48)
        r0 = *(u64 *)(r4 + 8)
        out:
        r0 = 0
        exit
        """)
        .with(Maps.hash(16))
        .isAccepted();
  }

  @Test
  void aPartlyOverwrittenPointerIsNoPointer() {
    String program = """
        *(u64 *)(r10 - 8) = r1
        *(u8 *)(r10 - 8) = 0         ; %s
        r1 = *(u64 *)(r10 - 8)       ; %s
        r0 = *(u32 *)(r1 + 12)       ; ! pointer
        r0 = 0
        exit
        """;
    verify(program.formatted("", "")).privileged().isRejected();
    verify(program.formatted("! pointer-leak", "")).strict().isRejected();
  }

  @Test
  void partOfAPointerIsANumberOnlyUnderThePrivilegedPolicy() {
    String program = """
        *(u64 *)(r10 - 8) = r1
        r0 = *(u32 *)(r10 - 8)      ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).privileged().isAccepted();
    verify(program.formatted("! pointer-leak")).strict().isRejected();
  }

  @Test
  void aPointerReadAtAWrongOffsetIsNoPointer() {
    verify("""
        *(u64 *)(r10 - 8) = r1
        *(u64 *)(r10 - 16) = r1
        r1 = *(u64 *)(r10 - 12)
        r0 = *(u32 *)(r1 + 12)       ; ! pointer
        r0 = 0
        exit
        """).privileged().isRejected();
  }

  @Test
  void aStoreAtAVariableOffsetMayHitAnyCell() {
    // The cell may hold 200 afterwards.
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r10 - 16) = 1
        *(u64 *)(r10 - 24) = 1
        r1 = *(u64 *)(r0 + 0)
        r1 &= 8
        r2 = r10
        r2 += r1
        *(u64 *)(r2 - 24) = 200
        r1 = *(u64 *)(r10 - 16)
        r0 += r1
        r0 = *(u8 *)(r0 + 0)        ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aStoreAtAVariableOffsetInitialisesNothing() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        r1 &= 8
        r2 = r10
        r2 += r1
        *(u64 *)(r2 - 24) = 200
        r1 = *(u64 *)(r10 - 16)      ; ! stack-initialised
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @Test
  void aNumberStoredAtAVariableOffsetMayDestroyAPointer() {
    verify("""
        r6 = r1
        *(u64 *)(r10 - 16) = r1
        *(u64 *)(r10 - 24) = r1
        r1 = *(u32 *)(r1 + 12)
        r1 &= 8
        r2 = r10
        r2 += r1
        *(u64 *)(r2 - 24) = 200
        r1 = *(u64 *)(r10 - 16)
        r0 = *(u32 *)(r1 + 12)      ; ! pointer
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aPointerStoredAtAVariableOffsetMakesNoNumberOfWhatIsThere() {
    // A number cell may hold the pointer afterwards: under the strict policy that would be a leak.
    String program = """
        r6 = r1
        *(u64 *)(r10 - 16) = 1
        *(u64 *)(r10 - 24) = 1
        r1 = *(u32 *)(r1 + 12)
        r1 &= 8
        r2 = r10
        r2 += r1
        *(u64 *)(r2 - 24) = r6
        r0 = *(u64 *)(r10 - 16)
        exit                        ; %s
        """;
    verify(program.formatted("! pointer-leak")).strict().isRejected();
  }

  @Test
  void aVariableOffsetHasToStayInTheFrame() {
    String program = """
        r1 = *(u32 *)(r1 + 12)
        r1 &= 504
        r2 = r10
        r2 += r1
        *(u64 *)(r2 - %d) = 1         ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(512, "")).isAccepted();
    verify(program.formatted(511, "! stack-bounds")).isRejected();
    verify(program.formatted(513, "! stack-bounds")).isRejected();
  }

  @Test
  void aLoadAtAVariableOffsetNeedsEveryByteInitialised() {
    String program = """
        *(u64 *)(r10 - 16) = 1
        *(u64 *)(r10 - %d) = 1
        r1 = *(u32 *)(r1 + 12)
        r1 &= 8
        r2 = r10
        r2 += r1
        r0 = *(u64 *)(r2 - 16)        ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "")).isAccepted();
    verify(program.formatted(24, "! stack-initialised")).isRejected();
  }

  @Test
  void theFramePointerMovesLikeAnyPointer() {
    verify("""
        r2 = r10
        r2 += -512
        r2 -= -504
        *(u64 *)(r2 + 0) = 1
        *(u64 *)(r2 - 504) = 1
        *(u64 *)(r2 - 505) = 1        ; ! stack-bounds
        r0 = *(u64 *)(r10 - 8)
        exit
        """).isRejected();
  }

  @Test
  void anOffsetThatOverflowsIsNotInTheFrame() {
    verify("""
        r2 = r10
        r3 = 0x7fffffffffffffff ll
        r2 += r3
        *(u64 *)(r2 - 8) = 1          ; ! stack-bounds
        r2 += r3
        *(u64 *)(r2 - 6) = 1
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void storedHalvesAreReadBackTogether() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u32 *)(r10 - 16) = 7
        *(u32 *)(r10 - 12) = 0
        r1 = *(u64 *)(r10 - 16)
        r0 += r1
        r2 = *(u8 *)(r0 + 8)
        r2 = *(u8 *)(r0 + 9)          ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_current_comm", "probe_read_kernel"})
  void aHelperThatFillsMemoryInitialisesIt(String helper) {
    String program = """
        r1 = r10
        r1 += -16
        r2 = 16
        r3 = 0
        call %s
        r0 = *(u64 *)(r10 - 8)
        r0 = *(u64 *)(r10 - 16)
        r0 = *(u64 *)(r10 - 24)      ; ! stack-initialised
        r0 = 0
        exit
        """;
    verify(program.formatted(helper)).as("kprobe").isRejected();
  }

  @Test
  void aHelperThatFillsAsMuchAsAVariableSaysInitialisesTheLeast() {
    verify("""
        r6 = *(u64 *)(r1 + 0)
        r6 &= 7
        r6 += 8
        r1 = r10
        r1 += -16
        r2 = r6
        r3 = 0
        call probe_read_kernel
        r0 = *(u64 *)(r10 - 16)
        r0 = *(u8 *)(r10 - 8)      ; ! stack-initialised
        r0 = 0
        exit
        """).as("kprobe").isRejected();
  }

  @Test
  void aHelperThatMayOverwriteAPointerDestroysIt() {
    verify("""
        r6 = *(u64 *)(r1 + 0)
        r6 &= 15
        *(u64 *)(r10 - 8) = r1
        r1 = r10
        r1 += -16
        r2 = r6
        r3 = 0
        call probe_read_kernel
        r1 = *(u64 *)(r10 - 8)
        r0 = *(u64 *)(r1 + 0)      ; ! pointer
        r0 = 0
        exit
        """).as("kprobe").isRejected();
  }

  @Test
  void differentPointersInOneCellOnTwoPathsAreKeptApartOrUnusable() {
    verify(LOOKUP + """
        r6 = *(u32 *)(r10 - 4)
        if r0 == 0 goto out
        *(u64 *)(r10 - 16) = r0
        r1 = *(u64 *)(r0 + 0)
        if r1 > 5 goto join
        *(u64 *)(r10 - 16) = r10
        join:
        r2 = *(u64 *)(r10 - 16)
        r0 = *(u64 *)(r2 + 0)      ; ! stack-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }
}
