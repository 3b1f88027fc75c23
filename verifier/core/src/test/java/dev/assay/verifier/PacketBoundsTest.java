package dev.assay.verifier;

import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accesses to packets: r2 is {@code data}, r3 {@code data_end}, r4 what is compared. */
class PacketBoundsTest {

  /** Jumps away if r4 = data + 14 is in the given relation to r3 = data_end, and then loads the byte at an offset. */
  private static Verification loadUnless(String relation, int offset, boolean safe) {
    return verify(PACKET + """
        r4 = r2
        r4 += 14
        if %s goto out
        r0 = *(u8 *)(r2 + %d)   ; %s
        out:
        r0 = 0
        exit
        """.formatted(relation, offset, safe ? "" : "! packet-bounds"));
  }

  /** Jumps to the load if r4 = data + 14 is in the given relation to r3 = data_end. */
  private static Verification loadIf(String relation, int offset, boolean safe) {
    return verify(PACKET + """
        r4 = r2
        r4 += 14
        if %s goto in
        r0 = 0
        exit
        in:
        r0 = *(u8 *)(r2 + %d)   ; %s
        r0 = 0
        exit
        """.formatted(relation, offset, safe ? "" : "! packet-bounds"));
  }

  @ParameterizedTest
  @CsvSource({
    "r4 > r3, 13",
    "r4 >= r3, 14",
    "r3 < r4, 13",
    "r3 <= r4, 14",
    "r4 != r3, 13",
    "r3 != r4, 13",
    "w4 != w3, 13",
  })
  void theLastByteBeforeTheEndIsSafeAndTheNextIsNotWhereTheJumpIsNotTaken(
      String relation, int last) {
    loadUnless(relation, last, true).isAccepted();
    loadUnless(relation, last + 1, false).isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "r4 <= r3, 13",
    "r4 < r3, 14",
    "r3 >= r4, 13",
    "r3 > r4, 14",
    "r4 == r3, 13",
    "r3 == r4, 13",
  })
  void theLastByteBeforeTheEndIsSafeAndTheNextIsNotWhereTheJumpIsTaken(String relation, int last) {
    loadIf(relation, last, true).isAccepted();
    loadIf(relation, last + 1, false).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r4 s> r3", "r3 s< r4", "w4 > w3", "w3 < w4", "r4 & r3"})
  void comparisonsThatSayNothingOfTheOrderOfAddressesTeachNothing(String relation) {
    loadUnless(relation, 0, false).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r4 <= r3", "r4 < r3", "r3 >= r4", "r3 > r4", "r4 == r3"})
  void theOtherOutcomeOfTheComparisonIsNoBound(String relation) {
    loadUnless(relation, 0, false).isRejected();
  }

  @Test
  void withoutAComparisonNothingOfThePacketIsSafe() {
    verify(PACKET + """
        r0 = *(u8 *)(r2 + 0)   ; ! packet-bounds
        exit
        """).isRejected();
  }

  @ParameterizedTest
  @CsvSource({"u8, 13", "u16, 12", "u32, 10", "u64, 6"})
  void anAccessEndsBehindItsLastByte(String type, int last) {
    for (int offset : new int[] {last, last + 1}) {
      verify(PACKET + """
          r4 = r2
          r4 += 14
          if r4 > r3 goto out
          r0 = *(%s *)(r2 + %d)   ; %s
          out:
          r0 = 0
          exit
          """.formatted(type, offset, offset == last ? "" : "! packet-bounds"))
          .verdictMatchesMarks();
    }
  }

  @Test
  void aByteBeforeThePacketIsNotInIt() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 - 1)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theEndItselfMayBeMovedBackIntoThePacket() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r3 - 14)
        out:
        r0 = 0
        exit
        """).isAccepted();
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r3 - 15)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r3 + 0)    ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aCopyOfThePointerIsAsGoodAsThePointer() {
    verify(PACKET + """
        r5 = r2
        r5 += 4
        r4 = r5
        r4 += 10
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 13)
        r0 = *(u8 *)(r5 + 9)
        r0 = *(u8 *)(r4 - 1)
        r0 = *(u8 *)(r4 + 0)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aVariableOffsetIsBoundedByTheComparisonOfTheSum() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + 0)
        r2 += r5
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r0 = *(u64 *)(r2 + 0)
        r0 = *(u64 *)(r2 + 1)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aVariableOffsetThatMayBeNegativeMayLeaveThePacket() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r5 = *(s8 *)(r2 + 0)
        r2 += r5
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aVariableOffsetIsNotBoundedByAnEarlierComparison() {
    verify(PACKET + """
        r4 = r2
        r4 += 255
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + 0)
        r2 += r5
        r0 = *(u8 *)(r2 - 1)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
    verify(PACKET + """
        r4 = r2
        r4 += 256
        if r4 > r3 goto out
        r5 = *(u8 *)(r2 + 0)
        r2 += r5
        r0 = *(u8 *)(r2 + 0)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void anUnboundedOffsetWrapsAround() {
    // data + r5 may wrap to an address below data_end, and so pass the test.
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r5 = *(u64 *)(r2 + 0)
        r2 += r5
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x7fffffff", "-0x7fffffff", "0x20000001"})
  void aSumBehindTheLargestOffsetTeachesNothing(String distance) {
    verify(PACKET + """
        r4 = r2
        r4 += %s
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """.formatted(distance)).isNotAccepted();
  }

  @Test
  void aSubtractionFromTheEndGivesTheSize() {
    verify(PACKET + """
        r4 = r3
        r4 -= r2
        if r4 < 14 goto out
        r0 = *(u8 *)(r2 + 13)
        out:
        r0 = 0
        exit
        """).isAccepted();
    verify(PACKET + """
        r4 = r3
        r4 -= r2
        if r4 < 14 goto out
        r0 = *(u8 *)(r2 + 14)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void metadataLiesBetweenItsStartAndTheData() {
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 8)
        r4 = r3
        r4 += 8
        if r4 > r2 goto out
        r0 = *(u64 *)(r3 + 0)
        out:
        r0 = 0
        exit
        """).isAccepted();
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 8)
        r4 = r3
        r4 += 7
        if r4 > r2 goto out
        r0 = *(u64 *)(r3 + 0)   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 8)
        r0 = *(u8 *)(r3 + 0)    ; ! packet-bounds
        r0 = *(u8 *)(r3 - 1)    ; ! packet-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theSizeOfThePacketIsNotThatOfItsMetadata() {
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 8)
        r4 = r3
        r4 += 8
        if r4 > r2 goto out
        r0 = *(u8 *)(r2 + 0)    ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aHelperThatMovesThePacketKillsItsPointers() {
    verify("r6 = r1\n" + PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r7 = r2
        r1 = r6
        r2 = 0
        call xdp_adjust_head
        r0 = *(u8 *)(r7 + 0)    ; ! pointer
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aHelperThatMovesThePacketKillsPointersOnTheStack() {
    verify("r6 = r1\n" + PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        *(u64 *)(r10 - 8) = r2
        r1 = r6
        r2 = 0
        call xdp_adjust_tail
        r7 = *(u64 *)(r10 - 8)
        r0 = *(u8 *)(r7 + 0)    ; ! pointer
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aCalleeThatMovesThePacketKillsThePointersThatItsCallerKeeps() {
    String program = PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r7 = r2
        *(u64 *)(r10 - 8) = r2
        call shrink
        r0 = *(u8 *)(r7 + 0)    ; %1$s
        r7 = *(u64 *)(r10 - 8)
        r0 = *(u8 *)(r7 + 0)    ; %1$s
        out:
        r0 = 0
        exit
        shrink:
        r2 = 0
        %2$s
        r0 = 0
        exit
        """;
    verify(program.formatted("! pointer", "call xdp_adjust_tail")).isRejected();
    verify(program.formatted("", "r0 = 0")).isAccepted();
  }

  @Test
  void pointersThatAreFetchedAfterThePacketMovedAreGood() {
    verify("""
        r6 = r1
        r2 = 0
        call xdp_adjust_head
        r1 = r6
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 13)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void theOldSizeSaysNothingOfTheMovedPacket() {
    verify("r6 = r1\n" + PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r1 = r6
        r2 = -14
        call xdp_adjust_tail
        r2 = *(u32 *)(r6 + 0)
        r0 = *(u8 *)(r2 + 0)    ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void storesNeedTheSameBounds() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        *(u16 *)(r2 + 12) = 8
        *(u16 *)(r2 + 13) = 8   ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aPacketThatIsOnlyReadIsNotWritten() {
    String program = """
        r2 = *(u32 *)(r1 + 76)
        r3 = *(u32 *)(r1 + 80)
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)
        *(u8 *)(r2 + 0) = 1     ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("! writable")).as("cgroup_skb/ingress").isRejected();
    verify(program.formatted("")).as("sched_cls").isAccepted();
  }

  @Test
  void theMergeOfACheckedAndAnUncheckedPathIsUnchecked() {
    verify(PACKET + """
        r5 = *(u32 *)(r1 + 12)
        if r5 == 7 goto load
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        load:
        r0 = *(u8 *)(r2 + 0)    ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theLargestPacketIsAnOption() {
    String program = PACKET + """
        r4 = r2
        r4 += 100
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)
        out:
        r0 = 0
        exit
        """;
    verify(program).isAccepted();
    verify(program).given(o -> o.withPacketSize(100)).isAccepted();
    String beyond = program.replace("*(u8 *)(r2 + 0)", "*(u8 *)(r2 + 100)   ; ! packet-bounds");
    verify(beyond).given(o -> o.withPacketSize(101)).isRejected();
    // No packet has 100 bytes: the load is never reached.
    verify(beyond.replace("   ; ! packet-bounds", ""))
        .given(o -> o.withPacketSize(99))
        .isAccepted();
  }
}
