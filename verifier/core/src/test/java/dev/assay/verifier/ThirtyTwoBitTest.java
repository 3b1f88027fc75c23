package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Halves of registers, sign extensions, shifts and byte swaps, as offsets into a map value of 16 bytes at r6. */
class ThirtyTwoBitTest {
  /** r6 = a value of 16 bytes, r7 = an unknown 64-bit number. */
  private static final String START = LOOKUP + """
      if r0 == 0 goto out
      r6 = r0
      call ktime_get_ns
      r7 = r0
      """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Computes from r7, and loads the byte at r6 + r7 + offset. */
  private static Verification loadAt(String computation, int offset, boolean safe) {
    return verify(
            START + computation + """
                r6 += r7
                r0 = *(u8 *)(r6 + %d)   ; %s
                """.formatted(offset, safe ? "" : "! map-value-bounds") + END)
        .with(Maps.hash(16));
  }

  private static void fits(String computation, int last) {
    loadAt(computation, last, true).isAccepted();
    loadAt(computation, last + 1, false).isRejected();
  }

  @Test
  void theLowHalfOfSomethingMovedToTheHighHalfIsZero() {
    // r7 in [8, 15]; (u32) (r7 << 32) is 0, not r7: subtracting 8 gives -8.
    String computation = """
        r7 &= 7
        r7 += 8
        r8 = r7
        r8 <<= 32
        w7 = w8
        """;
    fits(computation, 15);
    loadAt(computation, -8, false).isRejected();
  }

  @Test
  void theLowHalfOfASpilledHighHalfIsZero() {
    loadAt("""
        r7 &= 7
        r7 += 8
        r8 = r7
        r8 <<= 32
        *(u64 *)(r10 - 16) = r8
        w7 = *(u32 *)(r10 - 16)
        """, -8, false).isRejected();
    loadAt("""
        r7 &= 7
        r7 += 8
        r8 = r7
        r8 <<= 32
        *(u64 *)(r10 - 16) = r8
        w7 = *(u32 *)(r10 - 12)
        """, -8, true).isAccepted();
  }

  @Test
  void theLowHalfOfAShiftedHalfIsZeroAlsoWhenStoredAsAHalf() {
    loadAt("""
        r7 &= 7
        r7 += 8
        r8 = r7
        r8 <<= 32
        *(u32 *)(r10 - 16) = w8
        w7 = *(u32 *)(r10 - 16)
        """, -8, false).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r7 &= 15", "w7 &= 15", "r7 %= 16", "w7 %= 16", "r7 >>= 60", "w7 >>= 28"})
  void aNumberBelow16IsASafeOffset(String computation) {
    fits(computation + "\n", 0);
  }

  @Test
  void aComparisonOfHalvesSaysNothingOfTheWhole() {
    loadAt("if w7 > 15 goto out\n", 0, false).isRejected();
    fits("if w7 > 15 goto out\nw7 = w7\n", 0);
  }

  @Test
  void aSignedComparisonOfHalvesLeavesNegativeNumbers() {
    loadAt("w7 = w7\nif w7 s> 15 goto out\n", 0, false).isRejected();
    fits("w7 = w7\nif w7 s> 15 goto out\nif w7 s< 0 goto out\n", 0);
  }

  @Test
  void aComparisonOfACopiedHalfBoundsTheHalf() {
    fits("r8 = r7\nw8 = w8\nif r8 > 15 goto out\nw7 = w7\n", 0);
    loadAt("r8 = r7\nw8 = w8\nif r8 > 15 goto out\n", 0, false).isRejected();
  }

  @Test
  void shiftingUpAndDownExtendsTheLowHalf() {
    fits("if w7 > 15 goto out\nr7 <<= 32\nr7 >>= 32\n", 0);
    fits("if w7 s> 15 goto out\nif w7 s< 0 goto out\nr7 <<= 32\nr7 s>>= 32\n", 0);
    loadAt("if w7 s> 15 goto out\nr7 <<= 32\nr7 s>>= 32\n", 0, false).isRejected();
  }

  @Test
  void shiftingUpAndDownByOtherDistancesIsNotAnExtension() {
    loadAt("if w7 > 15 goto out\nr7 <<= 32\nr7 >>= 31\n", 0, false).isRejected();
    loadAt("if w7 > 15 goto out\nr7 <<= 31\nr7 >>= 31\n", 0, false).isRejected();
  }

  @Test
  void signExtensionMakesLargeHalvesNegative() {
    loadAt("w7 = w7\nif r7 > 0x7fffffff goto out\nr7 = (s32)r7\nif r7 > 15 goto out\n", 0, true)
        .isAccepted();
    // 0xffffffff extends to -1.
    loadAt("w7 |= -16\nr7 = (s32)r7\n", 0, false).isRejected();
    fits("w7 |= -16\nr7 = (s32)r7\nr7 += 16\n", 0);
  }

  @ParameterizedTest
  @CsvSource({"s8, 128", "s16, 32768"})
  void signExtensionOfPartsCoversTheirSignedRange(String type, int half) {
    loadAt("r7 = (%s)r7\nif r7 s> 15 goto out\n".formatted(type), 0, false).isRejected();
    fits("r7 = (%s)r7\nr7 += %d\nif r7 > 15 goto out\n".formatted(type, half), 0);
    loadAt("w7 = (%s)w7\nif w7 s> 15 goto out\n".formatted(type), 0, false).isRejected();
  }

  @Test
  void aWiderSumThatWrapsIn32BitsIsSmall() {
    // (u32) (0xfffffff0 + [16, 31]) is in [0, 15]; as 64-bit sum it is not.
    fits("w7 &= 15\nw7 += 16\nw7 += -16\n", 0);
    fits("w7 &= 15\nw7 += -16\nw7 += 16\n", 0);
    loadAt("r7 &= 15\nw7 += -16\nr7 += 16\n", 0, false).isRejected();
  }

  @Test
  void negationOfAHalfIsTakenModulo32Bits() {
    loadAt("r7 &= 15\nw7 = -w7\n", 0, false).isRejected();
    fits("r7 &= 15\nw7 = -w7\nw7 += 15\n", 0);
    fits("r7 &= 15\nr7 = -r7\nr7 += 15\n", 0);
    loadAt("r7 &= 15\nw7 = -w7\nr7 += 15\n", 0, false).isRejected();
  }

  @Test
  void shiftsByAnUnknownAmountAreMaskedToTheWidth() {
    loadAt("r8 = r7\nr7 = 1\nr7 <<= r8\n", 0, false).isRejected();
    fits("r8 = r7\nr8 &= 35\nr8 &= 3\nr7 = 1\nr7 <<= r8\nr7 += -1\n", 8);
    // A 32-bit shift by 32 is one by 0.
    fits("w7 &= 15\nr8 = 32\nw7 <<= w8\n", 0);
    loadAt("r7 &= 15\nr8 = 32\nr7 <<= r8\n", 0, false).isRejected();
  }

  @Test
  void byteSwapsMoveTheBytes() {
    fits("r7 &= 15\nr7 = be64 r7\nr7 >>= 56\n", 0);
    loadAt("r7 &= 15\nr7 = be64 r7\n", 0, false).isRejected();
    loadAt("r7 &= 15\nr7 = be16 r7\n", 0, false).isRejected();
    fits("r7 &= 0x0f00\nr7 = be16 r7\n", 0);
    fits("r7 &= 15\nr7 = le16 r7\n", 0);
    fits("r7 <<= 60\nr7 = bswap64 r7\nr7 >>= 4\n", 0);
  }

  @Test
  void byteSwapsOfPartsClearTheRest() {
    fits("r7 = be16 r7\nif r7 > 15 goto out\n", 0);
    loadAt("r8 = r7\nr7 = be16 r7\nif r7 > 15 goto out\nr7 = r8\n", 0, false).isRejected();
  }

  @Test
  void divisionAndModuloByARegisterFollowTheStandardForZero() {
    // x / 0 is 0, x % 0 is x.
    fits("r7 &= 15\ncall get_prandom_u32\nr7 /= r0\n", 0);
    fits("r7 &= 15\ncall get_prandom_u32\nr7 %= r0\n", 0);
    // The modulo of a large number by zero is the large number.
    loadAt("call get_prandom_u32\nw0 &= 15\nr7 %= r0\n", 0, false).isRejected();
    fits("call get_prandom_u32\nw0 &= 15\nr0 |= 1\nr7 %= r0\n", 1);
  }

  @Test
  void signedDivisionRoundsTowardsZero() {
    fits("r7 = (s8)r7\nr7 s/= 16\nr7 += 8\n", 0);
    loadAt("r7 = (s8)r7\nr7 s/= 16\nr7 += 7\n", 0, false).isRejected();
  }

  @Test
  void theLeastNumberDividedByMinusOneIsItself() {
    loadAt("r7 = 0x8000000000000000 ll\nr8 = -1\nr7 s/= r8\nr7 >>= 63\nr7 += 14\n", 0, true)
        .isAccepted();
    loadAt("r7 = 0x8000000000000000 ll\nr8 = -1\nr7 s/= r8\nr7 >>= 63\nr7 += 15\n", 0, false)
        .isRejected();
  }
}
