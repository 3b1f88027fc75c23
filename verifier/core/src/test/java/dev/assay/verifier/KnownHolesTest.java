package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/**
 * Holes that verifiers had: what each accepted, written in our own assembly, must be rejected here. Where r6 and r7 are not said to be something else,
 * r6 points to a map value of 16 bytes and r7 is a number that a program's user decides.
 */
class KnownHolesTest {
  private static final String START = LOOKUP + """
      if r0 == 0 goto out
      r6 = r0
      r7 = *(u64 *)(r6 + 0)
      """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Computes from r7; what the hole took for a small number, and is not, is then an offset. */
  private static void notBelow16(String computation) {
    verify(START + computation + """
        r6 += r7
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
  }

  /** The same computation with what was missing: then the offset is small. */
  private static void below16(String computation) {
    verify(START + computation + """
        r6 += r7
        *(u8 *)(r6 + 0) = 1
        """ + END).with(Maps.hash(16)).isAccepted();
  }

  /**
   * CVE-2017-16995 (Linux 4.4 to 4.14): 32-bit moves of a negative immediate were taken for sign-extended, so that the branch that the machine takes
   * was dead to the verifier.
   */
  @Test
  void aMoveOfANegativeImmediateToAHalfIsNotSignExtended() {
    verify(START + """
        w8 = 0xffffffff
        if r8 != -1 goto taken
        r0 = 0
        exit
        taken:
        r6 += r7
        *(u64 *)(r6 + 0) = 1            ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
    // The other branch is the dead one.
    verify(START + """
        w8 = 0xffffffff
        if r8 != -1 goto out
        r6 += r7
        *(u64 *)(r6 + 0) = 1
        """ + END).with(Maps.hash(16)).isAccepted();
  }

  /**
   * CVE-2020-8835 (Linux 5.4.7 to 5.6): a test of the low half narrowed the bounds of the whole register, although the high half was not known. A number
   * such as 2^32 + 1 then was "1".
   */
  @Test
  void aTestOfAHalfDoesNotBoundTheWhole() {
    notBelow16("""
        r8 = 0x600000001 ll
        if r7 >= r8 goto out
        if r7 == 0 goto out
        if w7 != 1 goto out
        """);
    notBelow16("""
        r8 = 0x600000001 ll
        if r7 >= r8 goto out
        if w7 != 1 goto out
        r7 &= 2
        r7 <<= 30
        r7 >>= 26
        r7 += 15
        r7 += r8
        """);
    below16("""
        if w7 != 1 goto out
        w7 = w7
        """);
  }

  /**
   * CVE-2020-27194 (Linux 5.7 to 5.8.15): the 32-bit bounds of an OR were taken from the 64-bit bounds of its operands, cut off to 32 bits. A number in
   * [1, 2^33] had "bounds" [1, 0] in its low half, so that after the OR it was "1".
   */
  @Test
  void theBoundsOfAnOrAreNotCutOff() {
    notBelow16("""
        r8 = 0x600000000 ll
        if r7 > r8 goto out
        if r7 == 0 goto out
        r7 |= 0
        w7 = w7
        """);
    notBelow16("""
        r8 = 0x600000002 ll
        if r7 >= r8 goto out
        if r7 <= 1 goto out
        r7 |= 0
        w7 = w7
        r7 >>= 1
        """);
    below16("""
        if r7 > 15 goto out
        r7 |= 0
        w7 = w7
        """);
  }

  /**
   * CVE-2021-3490 (Linux 5.7 to 5.12): AND, OR and XOR did not update the 32-bit bounds where the low half of the result was a known constant, and left
   * a lower bound above the upper one.
   */
  @Test
  void theLowHalfOfABitwiseResultIsBoundedAsAHalf() {
    // Low half of r7: bit 0 known to be 1, the rest unknown: 2^32 * x + 1.
    notBelow16("""
        r8 = 0xffffffff00000001 ll
        r7 &= r8
        r9 = 0x100000002 ll
        r7 &= r9
        """);
    notBelow16("""
        r8 = 0xffffffff00000000 ll
        r7 &= r8
        r7 += 1
        r8 = 0x100000002 ll
        r7 ^= r8
        w8 = 0
        if w7 s< w8 goto out
        """);
    // What is really known: low half 1 AND 2 is 0.
    below16("""
        r8 = 0xffffffff00000000 ll
        r7 &= r8
        r7 += 1
        r8 = 2
        w7 &= w8
        """);
  }

  /**
   * CVE-2021-31440 (Linux 5.7 to 5.11): 32-bit lower bounds were taken from the 64-bit ones if those fit 32 bits unsigned, each by itself: a number in [1, 2^40]
   * then had a low half of at least 1.
   */
  @Test
  void aLowerBoundOfTheWholeIsNoneOfTheHalf() {
    notBelow16("""
        if r7 == 0 goto out
        w7 = w7
        r7 += -1
        """);
    notBelow16("""
        r8 = 0x10000000000 ll
        if r7 > r8 goto out
        if r7 < 1 goto out
        if w7 > 1 goto out
        w7 = w7
        r7 -= 1
        """);
    below16("""
        if r7 == 0 goto out
        if r7 > 16 goto out
        w7 = w7
        r7 += -1
        """);
  }

  /**
   * CVE-2021-33200 (Linux 5.11 to 5.12): the limit by which pointer arithmetic was masked against speculation was computed from the pointer after the operation,
   * so that the real offset differed from the verified one. What the programs had in common: a pointer moved by something that has both signs.
   */
  @Test
  void aPointerThatIsMovedBothWaysStaysInBounds() {
    verify(START + """
        r7 &= 15
        r6 += 8
        r6 -= r7
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
    verify(START + """
        r7 &= 15
        r6 += 15
        r6 -= r7
        *(u8 *)(r6 + 0) = 1
        """ + END).with(Maps.hash(16)).isAccepted();
    verify(START + """
        if r7 s> 7 goto out
        if r7 s< -8 goto out
        r6 += r7
        *(u8 *)(r6 + 8) = 1
        *(u8 *)(r6 + 9) = 1             ; ! map-value-bounds
        *(u8 *)(r6 + 7) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
  }

  /**
   * CVE-2021-4204 (Linux 5.8 to 5.16): helpers that take the start of a record, as {@code ringbuf_submit}, took a pointer into it: the record's header was
   * looked for before that.
   */
  @Test
  void aMovedRecordIsNotGivenBack() {
    for (String move : new String[] {"r1 += 8", "r1 -= 8", "r1 += r7"}) {
      verify("""
          r7 = *(u32 *)(r1 + 12)
          r7 &= 8
          r1 = map_by_idx(0) ll
          r2 = 16
          r3 = 0
          call ringbuf_reserve
          if r0 == 0 goto out
          r1 = r0
          %s
          r2 = 0
          call ringbuf_submit            ; ! argument
          out:
          r0 = 0
          exit
          """.formatted(move)).with(Maps.ringBuffer()).isNotAccepted();
    }
  }

  /**
   * CVE-2022-23222 (Linux 5.8 to 5.16): arithmetic was allowed on pointers that may be null, other than to map values. A null that was moved is not null for the
   * test afterwards, and its offset is a number that the verifier takes for a pointer.
   */
  @Test
  void aPointerThatMayBeNullIsNotMoved() {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        r0 += 8                          ; ! not-null
        if r0 != 0 goto in
        r0 = 0
        exit
        in:
        r1 = r0
        r1 -= 8
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isNotAccepted();
    // The exploit: a copy of the null that was moved by 1 is 1, where the verifier knows 0.
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        r6 = r0
        r7 = r0
        r7 += 1                          ; ! not-null
        if r6 != 0 goto in
        r8 = r10
        r8 += r7
        *(u8 *)(r8 - 1) = 0
        r0 = 0
        exit
        in:
        r1 = r6
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isNotAccepted();
    verify("""
        r1 = *(u64 *)(r1 + 168)
        r1 += 8                          ; ! not-null
        if r1 == 0 goto out
        r0 = *(u32 *)(r1 + 4)
        out:
        r0 = 0
        exit
        """).as("sched_cls").isNotAccepted();
  }

  /**
   * CVE-2023-2163 (Linux 5.3 to 6.2): a path was pruned as equal to an earlier one, because a register that had influenced an offset through another one was not
   * marked as having to be exact. Here r6 is tested on two paths that merge, and one of them comes with a larger offset.
   */
  @Test
  void aPathIsNotDroppedForAnotherThatDiffersInAnOffset() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r9 = r0
        r6 = *(u64 *)(r9 + 0)
        r7 = *(u64 *)(r9 + 8)
        r8 = 0
        if r6 > 2 goto a
        r8 = 200
        a:
        if r7 > 2 goto b
        r7 = r8
        goto c
        b:
        r7 = 0
        c:
        r6 = r7
        if r6 == 1 goto d
        d:
        r9 += r6
        *(u8 *)(r9 + 0) = 1              ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  /** Bounds of the half that come from those of a signed number that may be negative. */
  @Test
  void aSignedRangeAroundZeroIsNoSmallHalf() {
    notBelow16("""
        if r7 s< -1 goto out
        if r7 s> 1 goto out
        w7 = w7
        """);
    below16("""
        if r7 s< -1 goto out
        if r7 s> 1 goto out
        r7 += 1
        w7 = w7
        """);
  }

  /** The bounds of a 32-bit shift by zero, or by less than was thought. */
  @Test
  void aShiftByZeroShiftsNothing() {
    notBelow16("""
        r8 = r7
        r8 &= 31
        r7 = 0xffffffff ll
        w7 >>= w8
        """);
    notBelow16("""
        w7 >>= 0
        """);
    notBelow16("""
        w7 s>>= 28
        """);
    below16("""
        w7 >>= 28
        """);
  }

  /** A multiplication that overflows. */
  @Test
  void aProductThatOverflowsIsAnything() {
    notBelow16("""
        r7 &= 0xffff
        r8 = 0x1000000000000 ll
        r7 *= r8
        r7 >>= 59
        """);
    notBelow16("""
        w7 &= 0x7ff
        w7 *= 0x200000
        r7 >>= 27
        """);
    below16("""
        r7 &= 3
        r7 *= 5
        """);
  }

  /** CVE-2021-45402 (Linux before 5.15.11): a 32-bit move of a pointer left the pointer's bounds to the number. */
  @Test
  void theHalfOfAPointerIsNotItsOffset() {
    verify(START + """
        r8 = r6
        w8 = w8
        r6 += r8
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).privileged().with(Maps.hash(16)).isRejected();
  }

  /** An argument of a wrong class: a map value where a map is meant. */
  @Test
  void aMapValueIsNoMap() {
    verify(START + """
        r1 = r6
        r2 = r10
        r2 += -4
        call map_lookup_elem             ; ! argument
        """ + END).with(Maps.hash(16)).isRejected();
  }

  /** An offset into the packet that overflows passes the comparison with its end. */
  @Test
  void anOffsetIntoThePacketThatOverflowsPassesNoTest() {
    verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        w5 = *(u32 *)(r2 + 0)
        r5 <<= 32
        r2 += r5
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r0 = *(u64 *)(r2 + 0)           ; ! packet-bounds
        """ + END).isRejected();
  }

  /** The immediate of a 64-bit comparison is its sign extension, also where the comparison is unsigned. */
  @Test
  void anImmediateIsSignExtendedInAComparison() {
    notBelow16("""
        if r7 > -16 goto in
        goto out
        in:
        """);
    below16("""
        if r7 > -17 goto in
        goto out
        in:
        r7 += 16
        """);
    below16("""
        if r7 >= -15 goto in
        goto out
        in:
        r7 += 16
        """);
  }
}
