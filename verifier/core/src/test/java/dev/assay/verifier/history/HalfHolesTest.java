package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;
import static dev.assay.verifier.history.Offset.fits;
import static dev.assay.verifier.history.Offset.mayExceed;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the low half of a register tells of the whole, and the whole of the half. */
class HalfHolesTest {

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
   * CVE-2017-16996 (Linux 4.9 to 4.14, "bpf: fix incorrect tracking of register size truncation"): cutting a number down to 32 bits cut its least and its
   * largest value down each by itself, as if nothing in between wrapped.
   */
  @Test
  void aTruncatedRangeIsNotTheRangeOfTheTruncatedEnds() {
    mayExceed("""
        r7 &= 1
        r8 = 0xffffffff ll
        r7 += r8
        w7 = w7
        """);
    fits("""
        r7 &= 1
        r8 = 0x100000000 ll
        r7 += r8
        w7 = w7
        """);
  }

  /**
   * CVE-2017-17852 (Linux 4.14, "bpf: fix 32-bit ALU op verification"): 32-bit operations were done with 64 bits, and only their result was cut down.
   */
  @Test
  void anOperationOfHalvesSeesNoBitsAboveThem() {
    // 0x80000000 is negative as a half: shifted it is 0xfffffff8, not 8.
    mayExceed("""
        r7 &= 1
        r7 <<= 31
        w7 s>>= 28
        """);
    fits("""
        r7 &= 1
        r7 <<= 31
        r7 s>>= 28
        """);
  }

  /**
   * CVE-2018-18445 (Linux 4.15 to 4.18, "bpf: 32-bit RSH verification must truncate input before the ALU op"): a shift to the right brought bits of the
   * high half into the low one.
   */
  @Test
  void aShiftOfAHalfBringsNothingInFromAbove() {
    mayExceed("""
        r7 = 0x100000000 ll
        w7 >>= 31
        r7 -= 2
        """);
    fits("""
        r7 = 0x100000000 ll
        r7 >>= 31
        r7 -= 2
        """);
  }

  /**
   * CVE-2020-8835 (Linux 5.4.7 to 5.6): a test of the low half narrowed the bounds of the whole register, although the high half was not known. A number
   * such as 2^32 + 1 then was "1".
   */
  @Test
  void aTestOfAHalfDoesNotBoundTheWhole() {
    mayExceed("""
        r8 = 0x600000001 ll
        if r7 >= r8 goto out
        if r7 == 0 goto out
        if w7 != 1 goto out
        """);
    mayExceed("""
        r8 = 0x600000001 ll
        if r7 >= r8 goto out
        if w7 != 1 goto out
        r7 &= 2
        r7 <<= 30
        r7 >>= 26
        r7 += 15
        r7 += r8
        """);
    fits("""
        if w7 != 1 goto out
        w7 = w7
        """);
  }

  /**
   * PREVAIL 1038 and 1214: which width a comparison has was noted and not looked at, and what a comparison of halves says was taken for the
   * 64-bit number.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "if w7 > 15 goto out",
        "if w7 >= 16 goto out",
        "if w7 & -16 goto out",
        "if w7 s> 15 goto out\nif w7 s< 0 goto out",
        "if w7 s>= 16 goto out\nif w7 s<= -1 goto out",
        "if w7 < 16 goto in\ngoto out\nin:",
        "if w7 == 3 goto in\ngoto out\nin:",
      })
  void everyComparisonOfHalvesLeavesTheHighHalfOpen(String test) {
    mayExceed(test + "\n");
    fits(test + "\nw7 = w7\n");
  }

  /**
   * CVE-2020-27194 (Linux 5.7 to 5.8.15): the 32-bit bounds of an OR were taken from the 64-bit bounds of its operands, cut off to 32 bits. A number in
   * [1, 2^33] had "bounds" [1, 0] in its low half, so that after the OR it was "1".
   */
  @Test
  void theBoundsOfAnOrAreNotCutOff() {
    mayExceed("""
        r8 = 0x600000000 ll
        if r7 > r8 goto out
        if r7 == 0 goto out
        r7 |= 0
        w7 = w7
        """);
    mayExceed("""
        r8 = 0x600000002 ll
        if r7 >= r8 goto out
        if r7 <= 1 goto out
        r7 |= 0
        w7 = w7
        r7 >>= 1
        """);
    fits("""
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
    mayExceed("""
        r8 = 0xffffffff00000001 ll
        r7 &= r8
        r9 = 0x100000002 ll
        r7 &= r9
        """);
    mayExceed("""
        r8 = 0xffffffff00000000 ll
        r7 &= r8
        r7 += 1
        r8 = 0x100000002 ll
        r7 ^= r8
        w8 = 0
        if w7 s< w8 goto out
        """);
    // What is really known: low half 1 AND 2 is 0.
    fits("""
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
    mayExceed("""
        if r7 == 0 goto out
        w7 = w7
        r7 += -1
        """);
    mayExceed("""
        r8 = 0x10000000000 ll
        if r7 > r8 goto out
        if r7 < 1 goto out
        if w7 > 1 goto out
        w7 = w7
        r7 -= 1
        """);
    fits("""
        if r7 == 0 goto out
        if r7 > 16 goto out
        w7 = w7
        r7 += -1
        """);
  }

  /** Bounds of the half that come from those of a signed number that may be negative. */
  @Test
  void aSignedRangeAroundZeroIsNoSmallHalf() {
    mayExceed("""
        if r7 s< -1 goto out
        if r7 s> 1 goto out
        w7 = w7
        """);
    fits("""
        if r7 s< -1 goto out
        if r7 s> 1 goto out
        r7 += 1
        w7 = w7
        """);
  }

  /**
   * CVE-2021-45402 (Linux 5.7 to 5.15, "bpf: Fix signed bounds propagation after mov32"): the signed bounds of a half were handed to the whole that a
   * 32-bit move makes of it, which is never negative.
   */
  @Test
  void aHalfThatIsMovedIsNotNegative() {
    mayExceed("""
        if w7 s> 0 goto out
        if w7 s< -1 goto out
        w7 = w7
        r7 += 1
        """);
    fits("""
        if w7 s> 0 goto out
        if w7 s< -1 goto out
        r7 = (s32)r7
        r7 += 1
        """);
  }

  /** The bounds of a 32-bit shift by zero, or by less than was thought. */
  @Test
  void aShiftByZeroShiftsNothing() {
    mayExceed("""
        r8 = r7
        r8 &= 31
        r7 = 0xffffffff ll
        w7 >>= w8
        """);
    mayExceed("""
        w7 >>= 0
        """);
    mayExceed("""
        w7 s>>= 28
        """);
    fits("""
        w7 >>= 28
        """);
  }

  /**
   * CVE-2021-3444 (Linux 4.15 to 5.11, "bpf: Fix truncation handling for mod32 dst reg wrt zero"): a remainder of halves by zero was taken for the
   * dividend's low half, where the machine left all 64 bits. By RFC 9669 it is the low half; but it is not below the divisor.
   */
  @Test
  void aRemainderByZeroIsTheDividend() {
    mayExceed("""
        r8 = *(u64 *)(r6 + 8)
        r8 &= 15
        w7 %= w8
        """);
    fits("""
        r8 = *(u64 *)(r6 + 8)
        r8 &= 15
        r8 |= 1
        w7 %= w8
        """);
    // The high half is gone in either case.
    fits("""
        r8 = 0
        w7 &= 15
        r1 = 0x100000000 ll
        r7 |= r1
        w7 %= w8
        """);
  }

  /**
   * CVE-2021-3600 (Linux before 5.11, "bpf: Fix 32 bit src register truncation on div/mod"): whether a 32-bit divisor is zero was asked of all its 64 bits.
   */
  @Test
  void aDivisorOfHalvesIsItsLowHalf() {
    mayExceed("""
        r8 = 0x100000000 ll
        w7 %= w8
        """);
    fits("""
        r8 = 0x100000010 ll
        w7 %= w8
        """);
  }

  /**
   * PREVAIL 1214: a sign extension of a half to itself was taken for no operation, so that it stayed a negative 64-bit number: the offset -1 instead of
   * 2^32 - 1.
   */
  @Test
  void aSignExtensionToAHalfClearsTheOtherHalf() {
    mayExceed("""
        r7 = -1
        w7 = (s8)w7
        r7 += 1
        """);
    fits("""
        r7 = -1
        r7 = (s8)r7
        r7 += 1
        """);
    mayExceed("""
        w8 = (s16)w7
        if w8 s> 0 goto out
        if w8 s< -1 goto out
        r7 = r8
        r7 += 1
        """);
  }

  /**
   * PREVAIL 679 and 850: the sign extension of a range that reaches beyond 2^31 was empty, so that nothing behind it was looked at.
   */
  @Test
  void aSignExtensionOfARangeAcrossTheSignIsNotEmpty() {
    mayExceed("""
        r8 = 0xffffff79 ll
        if r7 > r8 goto out
        r7 = (s32)r7
        if r7 s> 15 goto out
        """);
    fits("""
        r8 = 0xffffff79 ll
        if r7 > r8 goto out
        r7 = (s32)r7
        if r7 > 15 goto out
        """);
  }

  /**
   * PREVAIL 1198: what a sign-extending load gives was bounded as if it were
   * zero-extended. The branch in which it is large was dead.
   */
  @Test
  void aSignExtendingLoadMayGiveALargeNumber() {
    mayExceed("""
        r7 = *(s8 *)(r6 + 0)
        if r7 > 255 goto in
        goto out
        in:
        """);
    fits("""
        r7 = *(s8 *)(r6 + 0)
        if r7 > 255 goto in
        goto out
        in:
        r7 += 128
        r7 >>= 3
        """);
  }

  /**
   * What Linux 6.11, "bpf: Track delta between "linked" registers", has to get right, and 6.12 mended ("bpf: sync_linked_regs() must preserve subreg_def"): registers that differ by a constant were linked also where
   * the sum was one of halves.
   */
  @Test
  void aSumOfHalvesIsNotLinkedWithTheWhole() {
    mayExceed("""
        r8 = r7
        w8 += 1
        if r8 > 15 goto out
        """);
    fits("""
        w7 = *(u32 *)(r6 + 0)
        r8 = r7
        r8 += 1
        if r8 > 15 goto out
        """);
  }
}
