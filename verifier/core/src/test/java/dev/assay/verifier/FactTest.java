package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is concluded from how numbers were computed, beside programs that differ by a line and are not safe. */
class FactTest {
  /** {@code r8 = } a map value of 64 bytes, as a hash map gives it. */
  private static final String VALUE = LOOKUP + """
      if r0 == 0 goto out
      r8 = r0
      """;

  private static final String OUT = """
      out:
      r0 = 0
      exit
      """;

  private static Verification inValue(String body) {
    return verify(VALUE + body + OUT).with(Maps.hash(64), Maps.ringBuffer()).as("kprobe");
  }

  private static void verdict(boolean safe, Verification program) {
    if (safe) {
      program.isAccepted();
    } else {
      program.isNotAccepted();
    }
  }

  // Sums: offset + length is tested, which bounds neither alone.

  private static String summed(String load, String add, String test) {
    return """
        r6 = *(%1$s *)(r8 + 0)
        r7 = *(%1$s *)(r8 + 8)
        r5 = r6
        %2$s
        %3$s
        """.formatted(load, add, test);
  }

  private static final String SUMS = """
      true,  u32, r5 += r7, if r5 > 64 goto out
      true,  u32, r5 += r7, if r5 s> 64 goto out
      true,  u16, r5 += r7, if w5 > 64 goto out
      true,  u16, w5 += w7, if r5 > 64 goto out
      false, u32, r5 += r7, if r5 > 65 goto out
      false, u32, w5 += w7, if r5 > 64 goto out
      false, u32, r5 += r7, if w5 > 64 goto out
      false, u64, r5 += r7, if r5 > 64 goto out
      false, u64, r5 += r7, if r5 s> 64 goto out
      false, s32, r5 += r7, if r5 s> 64 goto out
      false, u32, r5 -= r7, if r5 s> 64 goto out
      false, u32, r5 += r7, if r5 < 64 goto out
      false, u32, r5 += r5, if r5 > 64 goto out
      """;

  @ParameterizedTest
  @CsvSource(textBlock = SUMS)
  void aSumBoundsOffsetAndLengthInAMapValue(boolean safe, String load, String add, String test) {
    verdict(safe, inValue(summed(load, add, test) + """
        r1 = r8
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """));
  }

  @ParameterizedTest
  @CsvSource(textBlock = SUMS)
  void aSumBoundsOffsetAndLengthInTheFrame(boolean safe, String load, String add, String test) {
    verdict(safe, inValue(summed(load, add, test) + """
        r1 = r10
        r1 += -64
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """));
  }

  /** Bytes from −64: {@code written} of them are written before a function reads between them. */
  private static Verification readFrame(int written, String length) {
    StringBuilder stores = new StringBuilder();
    for (int offset = -64; offset < -64 + written; offset += 8) {
      stores.append("*(u64 *)(r10 + ").append(offset).append(") = 0\n");
    }
    return inValue(
        stores + summed("u32", "r5 += r7", "if r5 > 64 goto out") + """
            r1 = map_by_idx(1) ll
            r2 = r10
            r2 += -64
            r2 += r6
            %s
            r4 = 0
            call ringbuf_output
            """.formatted(length));
  }

  @Test
  void bytesThatAFunctionMayReadAreAllWritten() {
    readFrame(64, "r3 = r7").isAccepted();
    readFrame(56, "r3 = r7").isNotAccepted();
    readFrame(64, "r3 = r6").isNotAccepted();
  }

  @Test
  void bytesThatAFunctionMayWriteAreNoLongerKnown() {
    String program = """
        *(u64 *)(r10 - 16) = 8
        *(u64 *)(r10 - 8) = 8
        %s
        r1 = r10
        r1 += -%d
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        r1 = *(u64 *)(r10 %d)
        r8 += r1
        r0 = *(u8 *)(r8 + 0)
        """;
    String sum = summed("u32", "r5 += r7", "if r5 > 16 goto out");
    inValue(program.formatted(sum, 16, -8)).isNotAccepted();
    inValue(program.formatted(sum, 16, -16)).isNotAccepted();
    inValue(program.formatted(sum, 24, -16)).isNotAccepted();
    inValue(program.formatted(sum, 48, -16)).isAccepted();
  }

  @Test
  void aWriteWhoseLengthIsBoundedOnlyWithAConstantOffsetStaysInTheFrame() {
    // r6 is found to be 56 by a relation; that does not reach r7, which the sum alone bounds.
    String program = """
        r6 = *(u32 *)(r8 + 0)
        r7 = *(u32 *)(r8 + 8)
        r9 = *(u32 *)(r8 + 16)
        r5 = r6
        r5 += r7
        if r5 > 64 goto out
        if r6 > %d goto out
        if r9 > r6 goto out
        if r9 < 56 goto out
        r1 = r10
        r1 += -64
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """;
    inValue(program.formatted(56)).isAccepted();
    inValue(program.formatted(64)).isAccepted();
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  if r6 > 64 goto out, if r7 > r5 goto out
      false, if r6 > 65 goto out, if r7 > r5 goto out
      false, if w6 > 64 goto out, if r7 > r5 goto out
      false, if r6 s> 64 goto out, if r7 > r5 goto out
      true,  if r6 > 64 goto out, if w7 > w5 goto out
      false, if r6 > 65 goto out, if w7 > w5 goto out
      false, if r6 > 64 goto out, if w7 s> w5 goto out
      false, if r6 > 64 goto out, if r7 < r5 goto out
      """)
  // The function reads the low half of its size.
  void theRestBehindAnOffsetBoundsTheLength(boolean safe, String bound, String test) {
    verdict(safe, inValue("""
        r6 = *(u64 *)(r8 + 0)
        r7 = *(u64 *)(r8 + 8)
        %s
        r5 = 64
        r5 -= r6
        %s
        r1 = r8
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """.formatted(bound, test)));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  64, 64, r7 = r5
      true,  64, 64, w7 = w5
      false, 64, 65, r7 = r5
      false, 65, 64, r7 = r5
      false, 64, 64, r7 = 64
      """)
  void aLengthIsClampedToTheRest(boolean safe, int most, int size, String clamp) {
    verdict(safe, inValue("""
        r6 = *(u32 *)(r8 + 0)
        r7 = *(u32 *)(r8 + 8)
        if r6 > %d goto out
        r5 = %d
        r5 -= r6
        if r5 > r7 goto fits
        %s
        fits:
        r1 = r8
        r1 += r6
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """.formatted(most, size, clamp)));
  }

  // Packets.

  private static String packet(String body) {
    return """
        r9 = r1
        r2 = *(u32 *)(r1 + 76)
        r3 = *(u32 *)(r1 + 80)
        """ + body + OUT;
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  r4 -= r2, if r4 < 14 goto out,   13
      true,  r4 -= r2, if r4 s< 14 goto out,  13
      true,  r4 -= r2, if w4 < 14 goto out,   13
      true,  w4 -= w2, if w4 < 14 goto out,   13
      true,  w4 -= w2, if r4 < 14 goto out,   13
      true,  w4 -= w2, if w4 s< 14 goto out,  13
      false, r4 -= r2, if r4 < 14 goto out,   14
      false, w4 -= w2, if w4 < 14 goto out,   14
      false, r4 -= r2, if r4 s< 13 goto out,  13
      false, r4 -= r2, if r4 > 14 goto out,   13
      false, w4 += w2, if w4 < 14 goto out,   13
      """)
  void theDifferenceOfPacketPointersIsTested(boolean safe, String minus, String test, int offset) {
    verdict(
        safe, verify(packet("""
            r4 = r3
            %s
            %s
            r5 = *(u8 *)(r2 + %d)
            """.formatted(minus, test, offset))).as("sched_cls").privileged());
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  if r4 < r5 goto out
      false, if r5 < r4 goto out
      false, if r4 s< r6 goto out
      """)
  void offsetAndLengthAreHeldAgainstThePacketsLength(boolean safe, String test) {
    verdict(safe, verify(packet("""
        r6 = *(u32 *)(r1 + 0)
        r6 &= 255
        r7 = *(u32 *)(r1 + 8)
        r7 &= 255
        r4 = r3
        r4 -= r2
        r5 = r6
        r5 += r7
        %s
        r1 = r2
        r1 += r6
        r2 = r7
        r3 = 0
        r4 = 0
        r5 = 0
        call csum_diff
        """.formatted(test))).as("sched_cls").privileged());
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  if w4 == w3 goto out
      false, if w4 != w3 goto out
      """)
  void theLowHalvesOfPacketPointersAreCompared(boolean safe, String test) {
    verdict(safe, verify(packet("""
        if r2 > r3 goto out
        r4 = r2
        %s
        r5 = *(u8 *)(r2 + 0)
        """.formatted(test))).as("sched_cls").privileged());
  }

  @Test
  void lowHalvesOfPointersThatMayBeFarApartTellNothing() {
    // r4 may be a multiple of 2^32 behind r3.
    String program = """
        r4 = r2
        r5 = *(u32 *)(r1 + 0)
        %s
        r4 += r5
        if w4 != w3 goto out
        r0 = r2
        r0 += r5
        if r0 != r3 goto never
        r0 = 0
        exit
        never:
        r0 = *(u8 *)(r10 + 8)
        """;
    verify(packet(program.formatted("r5 += 0"))).as("sched_cls").privileged().isAccepted();
    verify(packet(program.formatted("r5 <<= 1"))).as("sched_cls").privileged().isNotAccepted();
    verify(packet(program.formatted("r5 -= 1"))).as("sched_cls").privileged().isNotAccepted();
  }

  @Test
  void theStrictPolicyKnowsNoLowHalvesOfPointers() {
    verify(packet("""
        r4 = r2
        if w4 == w3 goto out ; ! comparison
        r0 = 1
        """)).as("sched_cls").strict().isRejected();
    verify(packet("""
        r4 = r3
        w4 -= w2 ; ! pointer-arithmetic
        r0 = 1
        """)).as("sched_cls").strict().isRejected();
  }

  // Images.

  private static Verification image(String compute, String test) {
    return inValue("""
        r6 = *(u64 *)(r8 + 0)
        r7 = r6
        %s
        %s
        r8 += r6
        r0 = *(u8 *)(r8 + 0)
        """.formatted(compute, test));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  r7 &= -64,  if r7 != 0 goto out
      true,  r7 &= -8,   if r7 > 56 goto out
      false, r7 &= -8,   if r7 > 64 goto out
      false, r7 &= 63,   if r7 > 10 goto out
      false, w7 &= -64,  if r7 != 0 goto out
      true,  r7 >>= 6,   if r7 != 0 goto out
      true,  r7 >>= 3,   if r7 > 7 goto out
      true,  r7 >>= 3,   if r7 s> 7 goto out
      false, r7 >>= 3,   if r7 > 8 goto out
      false, r7 s>>= 3,  if r7 s> 7 goto out
      false, w7 >>= 3,   if r7 > 7 goto out
      false, r7 <<= 3,   if r7 > 100 goto out
      false, r7 = be16 r7, if r7 != 0 goto out
      true,  r7 = be64 r7, if r7 != 0 goto out
      false, r7 = be32 r7, if r7 != 0 goto out
      """)
  void afterAnImageIsTestedTheOriginalIsUsed(boolean safe, String compute, String test) {
    verdict(safe, image(compute, test));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  u32, r7 <<= 3,    if r7 > 500 goto out
      false, u32, r7 <<= 3,    if r7 > 512 goto out
      false, u32, w7 <<= 3,    if r7 > 500 goto out
      true,  u16, w7 <<= 3,    if r7 > 500 goto out
      true,  u16, r7 = be16 r7, if r7 != 0 goto out
      true,  u32, r7 = be32 r7, if r7 != 0 goto out
      false, u32, r7 = be16 r7, if r7 != 0 goto out
      true,  u32, w7 &= -64,   if r7 != 0 goto out
      true,  u32, w7 >>= 6,    if r7 != 0 goto out
      """)
  void imagesOfNarrowWords(boolean safe, String load, String compute, String test) {
    verdict(safe, inValue("""
        r6 = *(%s *)(r8 + 0)
        r7 = r6
        %s
        %s
        r8 += r6
        r0 = *(u8 *)(r8 + 0)
        """.formatted(load, compute, test)));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  u64, r7 /= 60, r7 *= 60, r6 -= r7, 4
      false, u64, r7 /= 60, r7 *= 60, r6 -= r7, 5
      false, u64, r7 /= 60, r7 *= 59, r6 -= r7, 0
      false, u64, r7 /= 59, r7 *= 60, r6 -= r7, 0
      false, u64, w7 /= 60, r7 *= 60, r6 -= r7, 0
      false, u64, r7 /= 60, w7 *= 60, r6 -= r7, 0
      false, u64, w7 /= 60, w7 *= 60, r6 -= r7, 0
      true,  u32, r7 /= 60, r7 *= 60, r6 -= r7, 4
      true,  u32, w7 /= 60, w7 *= 60, w6 -= w7, 4
      true,  u32, r7 /= 60, r7 *= 60, w6 -= w7, 4
      false, u64, r7 /= 60, r7 *= 60, r6 += r7, 0
      false, u64, r7 s/= 60, r7 *= 60, r6 -= r7, 0
      false, u64, r7 /= 65, r7 *= 65, r6 -= r7, 0
      false, u64, r7 /= -4, r7 *= -4, r6 -= r7, 0
      """)
  void aRemainderComputedByDivision(
      boolean safe, String load, String divide, String multiply, String subtract, int offset) {
    verdict(safe, inValue("""
        r6 = *(%s *)(r8 + 0)
        r7 = r6
        %s
        %s
        %s
        r8 += r6
        r0 = *(u8 *)(r8 + %d)
        """.formatted(load, divide, multiply, subtract, offset)));
  }

  // Excluded words.

  @ParameterizedTest
  @CsvSource(textBlock = """
      true,  u64, if r6 == 7 goto out,  if r6 == 7 goto out,  if r6 != 7 goto out
      false, u64, if r6 == 7 goto out,  if r6 == 8 goto out,  if r6 != 7 goto out
      false, u64, if w6 == 7 goto out,  if r6 == 7 goto out,  if w6 != 8 goto out
      true,  u32, if w6 == 7 goto out,  if r6 == 7 goto out,  if r6 != 7 goto out
      false, u64, if r6 == 7 goto out,  if r6 == 7 goto out,  if w6 != 7 goto out
      true,  u64, if r6 == 7 goto out,  if r6 s< 9 goto out,  if r6 != 7 goto out
      """)
  void whatBothPathsExclude(boolean safe, String load, String left, String right, String test) {
    verdict(safe, inValue("""
        r6 = *(%s *)(r8 + 0)
        r7 = *(u64 *)(r8 + 8)
        if r7 == 1 goto other
        %s
        goto merged
        other:
        %s
        merged:
        r5 = 1
        %s
        r0 = *(u8 *)(r10 + 8)
        """.formatted(load, left, right, test)));
  }

  // Loops.

  /** A loop widens what is known of the shifted word: that says nothing of bits that it does not have. */
  @Test
  void aWidenedShiftedWordSaysNothingOfBitsThatItDoesNotHave() {
    inValue("""
        r6 = *(u64 *)(r8 + 0)
        r6 <<= 3
        r6 >>= 3
        r7 = r6
        r7 >>= 60
        r5 = 0
        again:
        if r7 > 16 goto next
        r4 = r6
        r4 >>= 56
        r3 = r8
        r3 += r4
        r4 = *(u8 *)(r3 + 0) ; ! map-value-bounds
        next:
        r9 = *(u64 *)(r8 + 8)
        r4 = 0x1000000000000000 ll
        r9 &= r4
        r6 += r9
        r7 = r6
        r7 >>= 60
        r5 += 1
        if r5 < 10 goto again
        """).isRejected();
  }

  /** The sum's bound grows by one on each round; that the search ends is not left to its budget. */
  @Test
  void aBoundOfASumThatGrowsWithTheRoundsIsGivenUp() {
    inValue("""
        r6 = *(u32 *)(r8 + 0)
        r7 = *(u32 *)(r8 + 8)
        r9 = *(u32 *)(r8 + 16)
        r5 = r9
        r5 -= r7
        if r6 s> r5 goto out
        again:
        r4 = *(u32 *)(r8 + 24)
        if r4 == 5 goto out
        r6 += 1
        r5 = 0x100000000000 ll
        if r6 < r5 goto again
        r7 += r9
        r1 = r10
        r1 += -8
        *(u64 *)(r1 + 0) = r7
        r2 = *(u64 *)(r1 + 0)
        r5 = *(u8 *)(r8 + 64) ; ! map-value-bounds
        """).isRejected();
  }
}
