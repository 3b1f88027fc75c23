package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;
import static dev.assay.verifier.history.Offset.fits;
import static dev.assay.verifier.history.Offset.mayExceed;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;

/** Bounds of 64-bit numbers: what tests and arithmetic tell of them, signed and unsigned. */
class BoundHolesTest {

  /** The immediate of a 64-bit comparison is its sign extension, also where the comparison is unsigned. */
  @Test
  void anImmediateIsSignExtendedInAComparison() {
    mayExceed("""
        if r7 > -16 goto in
        goto out
        in:
        """);
    fits("""
        if r7 > -17 goto in
        goto out
        in:
        r7 += 16
        """);
    fits("""
        if r7 >= -15 goto in
        goto out
        in:
        r7 += 16
        """);
  }

  /**
   * Linux 4.13, "bpf: fix mixed signed/unsigned derived min/max value bounds": a signed test completed what an unsigned test had said, as if both had read the
   * number alike.
   */
  @Test
  void anUnsignedTestIsNoHalfOfASignedOne() {
    mayExceed("""
        r8 = -1
        if r7 >= r8 goto out
        if r7 s> 15 goto out
        """);
    mayExceed("""
        if r7 < 1 goto out
        if r7 s> 15 goto out
        """);
    fits("""
        if r7 s< 1 goto out
        if r7 s> 15 goto out
        """);
  }

  /** Linux 4.14, "bpf/verifier: fix min/max handling in BPF_SUB": the least value of a difference was that of the least values. */
  @Test
  void theLeastDifferenceSubtractsTheMost() {
    mayExceed("""
        r7 &= 31
        r8 = 16
        r8 -= r7
        r7 = r8
        """);
    fits("""
        r7 &= 15
        r8 = 15
        r8 -= r7
        r7 = r8
        """);
  }

  /**
   * CVE-2017-17853 (Linux 4.14, "bpf/verifier: fix bounds calculation on BPF_RSH"): the signed bounds of a number were shifted as if the shift kept its sign.
   */
  @Test
  void aLogicalShiftOfANegativeNumberIsLarge() {
    mayExceed("""
        if r7 s> -1 goto out
        if r7 s< -16 goto out
        r7 >>= 1
        r7 += 8
        """);
    fits("""
        if r7 s> -1 goto out
        if r7 s< -16 goto out
        r7 s>>= 1
        r7 += 8
        """);
  }

  /**
   * CVE-2021-20268 (Linux 5.7 to 5.10, "bpf: Fix signed_{sub,add32}_overflows type handling"): whether a 64-bit difference overflows was asked of the low
   * halves.
   */
  @Test
  void aDifferenceThatOverflowsChangesItsSign() {
    mayExceed("""
        r8 = 0x800000000000000f ll
        if r7 s> r8 goto out
        r7 -= 1
        r7 s>>= 63
        r7 += 1
        r7 *= 100
        """);
    fits("""
        r8 = 0x800000000000000f ll
        if r7 s> r8 goto out
        r7 += 1
        r7 s>>= 63
        r7 += 1
        r7 *= 100
        """);
  }

  /** A product that overflows, of wholes and of halves. */
  @Test
  void aProductThatOverflowsIsAnything() {
    mayExceed("""
        r7 &= 0xffff
        r8 = 0x1000000000000 ll
        r7 *= r8
        r7 >>= 59
        """);
    mayExceed("""
        w7 &= 0x7ff
        w7 *= 0x200000
        r7 >>= 27
        """);
    fits("""
        r7 &= 3
        r7 *= 5
        """);
  }

  /** PREVAIL 0.2.5: a quotient by a negative constant kept the order of the dividend's bounds. */
  @Test
  void aQuotientByANegativeNumberTurnsTheBoundsAround() {
    mayExceed("""
        r7 &= 15
        r7 s/= -1
        """);
    fits("""
        r7 &= 15
        r7 s/= -1
        r7 += 15
        """);
  }

  /** PREVAIL 769: unsigned numbers from 2^63 on were taken over as signed ones without a change of sign. */
  @Test
  void aLargeUnsignedNumberIsANegativeSignedOne() {
    mayExceed("""
        r8 = 1
        r8 <<= 63
        r7 |= r8
        r7 s>>= 63
        """);
    fits("""
        r8 = 1
        r8 <<= 63
        r7 |= r8
        r7 >>= 63
        """);
  }

  /**
   * PREVAIL 463 and 1230: bounds of differences add up along chains, and their sum does not fit 64 bits. Taken modulo 2^64 it says that r7 is less than r9, so that
   * the rest would never be reached.
   */
  @Test
  void theSumOfTwoBoundsOfDifferencesDoesNotWrap() {
    String chain = """
        r1 = 0x6000000000000000 ll
        r8 = *(u64 *)(r6 + 8)
        r9 = *(u64 *)(r6 + 8)
        r2 = 0x1fffffffffffffff ll
        if r9 s> r2 goto out
        if r8 s> r2 goto out
        r3 = r9
        r3 += r1
        if r8 s> r3 goto out
        r4 = r8
        r4 += r1
        if r7 s> r4 goto out
        if r7 s< r9 goto out
        """;
    mayExceed(chain);
    fits(chain + """
        if r9 s< 0 goto out
        if r7 s> 15 goto out
        """);
    // The same downwards.
    mayExceed("""
        r1 = 0x6000000000000000 ll
        r8 = *(u64 *)(r6 + 8)
        r9 = *(u64 *)(r6 + 8)
        r2 = 0xe000000000000001 ll
        if r9 s< r2 goto out
        if r8 s< r2 goto out
        r3 = r9
        r3 -= r1
        if r8 s< r3 goto out
        r4 = r8
        r4 -= r1
        if r7 s< r4 goto out
        if r7 s> r9 goto out
        """);
  }

  /** Linux 6.17, "bpf: Forget ranges when refining tnum after JSET": what a test of bits says contradicted the bounds. */
  @Test
  void aTestOfBitsSaysNothingOfOtherBits() {
    mayExceed("""
        r7 &= 31
        if r7 & 8 goto in
        goto out
        in:
        """);
    fits("""
        r7 &= 31
        if r7 & 16 goto out
        """);
  }

  /**
   * CVE-2024-41003 (Linux 6.8 to 6.9, "bpf: Fix reg_set_min_max corruption of fake_reg"): the constant of a comparison was narrowed with the register, and then
   * was another constant on the other branch.
   */
  @Test
  void aConstantIsTheSameOnBothBranches() {
    mayExceed("""
        if r7 s< 7 goto less
        r8 = 7
        if r7 == r8 goto out
        goto in
        less:
        if r7 < 7 goto out
        in:
        """);
    fits("""
        if r7 s< 7 goto less
        r8 = 7
        if r7 != r8 goto out
        goto in
        less:
        if r7 >= 7 goto out
        in:
        """);
  }

  /** Linux 5.7 to 6.2, "bpf: Fix a umin > umax reg bound error": what two readings say of a number is met, and where they do not meet, nothing runs. */
  @Test
  void boundsThatMeetInOnePointLeaveThatPoint() {
    mayExceed("""
        if r7 < 16 goto out
        if r7 s> 16 goto out
        if r7 s< 0 goto out
        """);
    fits("""
        if r7 < 15 goto out
        if r7 s> 15 goto out
        if r7 s< 0 goto out
        """);
  }

  /** Beside CVE-2017-17853: an arithmetic shift of a range that has both signs keeps both. */
  @Test
  void anArithmeticShiftKeepsBothSigns() {
    mayExceed("""
        r7 = (s8)r7
        r7 s>>= 4
        """);
    fits("""
        r7 = (s8)r7
        r7 s>>= 4
        r7 += 8
        """);
  }

  /** A register that is a sum of another one and a constant says nothing of it where the sum may wrap (Linux 6.11, "bpf: Track delta between linked registers"). */
  @Test
  void aSumThatMayWrapBoundsNothing() {
    mayExceed("""
        r8 = r7
        r8 += 16
        if r8 > 31 goto out
        """);
    fits("""
        r8 = r7
        r8 += 16
        if r8 > 31 goto out
        if r8 < 16 goto out
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

  /** CVE-2017-17854 (Linux 4.14, "bpf: fix integer overflows"): offsets of pointers were added up in 32 bits. */
  @Test
  void offsetsOfPointersAreNotAddedUpIn32Bits() {
    verify(START + """
        r6 += 0x7fffffff
        r6 += 0x7fffffff
        *(u8 *)(r6 + 2) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
    verify(START + """
        r6 += 0x7fffffff
        r6 += -0x7fffffff
        *(u8 *)(r6 + 2) = 1
        """ + END).with(Maps.hash(16)).isAccepted();
    verify(START + """
        r7 &= 1
        r7 *= 0x40000000
        r6 += r7
        r6 += r7
        r6 += r7
        r6 += r7
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
  }
}
