package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outcome of a comparison rules out, and what it does not: a branch that is not taken on any run is not looked at. */
class JumpTest {
  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Leads to a fault. */
  private static String bad(boolean reached) {
    return END + "bad:\nr0 = *(u64 *)(r10 + 0)    ; " + (reached ? "! stack-bounds\n" : "\n")
        + "r0 = 0\nexit\n";
  }

  private static Verification program(String before, String test, boolean reached) {
    return verify(before + "\n" + test + "\n" + bad(reached));
  }

  @ParameterizedTest
  @ValueSource(strings = {"if r1 == r7 goto out", "if r7 == r1 goto out", "if w7 > 5 goto out"})
  void whatWasNotWrittenIsNotCompared(String test) {
    verify(test + "     ; ! initialised\n" + END).isRejected();
  }

  @Test
  void anUnknownJumpGoesBothWays() {
    verify("may_goto bad\n" + bad(true)).isRejected();
    verify("may_goto out\nr0 = *(u64 *)(r10 + 0)    ; ! stack-bounds\n" + END).isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "if r7 == r6 goto bad, false",
    "if r6 == r7 goto bad, false",
    "if r7 >= r6 goto bad, false",
    "if r6 <= r7 goto bad, false",
    "if r7 <= r6 goto bad, true",
    "if r7 < r6 goto bad, true",
    "if r7 != r6 goto bad, true",
    "if r6 > r7 goto bad, true",
    "if r6 >= r7 goto bad, true",
    "if r6 s<= r7 goto bad, true",
    "if r7 s>= r6 goto bad, true",
    "if r6 s> r7 goto bad, true",
    "if r6 & r7 goto bad, true",
    "if w6 == w7 goto bad, true",
    "if w6 == 0 goto bad, true"
  })
  void aPointerIsNotZeroAndNotBelow(String test, boolean reached) {
    program("r6 = r10\nr7 = 0", test, reached).verdictMatchesMarks();
  }

  /** No region lies within 512 MiB of address 0. */
  @ParameterizedTest
  @CsvSource({"-0x1fffffff, false", "-0x20000000, true", "0x1fffffff, false", "0x20000000, true"})
  void aPointerThatWasMovedFarMayBeZero(String distance, boolean reached) {
    program("r6 = r10\nr6 += " + distance, "if r6 == 0 goto bad", reached).verdictMatchesMarks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xdp~r1 = map_by_idx(0) ll~r2 = 16~r3 = 0~call ringbuf_reserve",
        "sched_cls~r0 = *(u64 *)(r1 + 168)",
        "xdp~*(u32 *)(r10 - 4) = 0~r2 = r10~r2 += -4~r1 = map_by_idx(1) ll~call map_lookup_elem"
      })
  void whatIsNotNullIsNotZero(String result) {
    String[] lines = result.split("~", 2);
    String release = lines[1].contains("reserve") ? "r1 = r6\nr2 = 0\ncall ringbuf_submit\n" : "";
    verify(lines[1].replace('~', '\n') + "\nif r0 == 0 goto out\nr6 = r0\nif r6 == 0 goto bad\n"
            + release + bad(false))
        .as(lines[0])
        .with(Maps.ringBuffer(), Maps.ofType("hash_of_maps", 4, 4).withInnerMap(2), Maps.hash(8))
        .isAccepted();
  }

  @ParameterizedTest
  @CsvSource({
    "if r0 == r7 goto out, not-null", // a number that is not known
    "if r0 != r7 goto out, not-null",
    "if r0 == r10 goto out, not-null",
    "if w0 == 0 goto out, ''",
    "if w0 != 0 goto out, not-null",
    "if r0 < 1 goto out, ''",
    "if r0 <= 0 goto out, ''"
  })
  void whichTestsExcludeNull(String test, String check) {
    verify("r7 = *(u32 *)(r1 + 12)\n" + LOOKUP + test + "\nr0 = *(u64 *)(r0 + 0)    ; "
            + (check.isEmpty() ? "" : "! " + check) + "\n" + END)
        .with(Maps.hash(16))
        .verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, if r1 != r2 goto bad, false",
    "0, 0, if r1 > r2 goto bad, false",
    "0, 0, if r1 < r2 goto bad, false",
    "0, 0, if r1 s> r2 goto bad, false",
    "0, 0, if r1 s< r2 goto bad, false",
    "0, 0, if r1 == r2 goto bad, true",
    "0, 0, if r1 >= r2 goto bad, true",
    "0, 0, if r1 <= r2 goto bad, true",
    "0, 0, if r1 s>= r2 goto bad, true",
    "0, 0, if r1 s<= r2 goto bad, true",
    "0, 0, if r1 & r2 goto bad, true",
    "0, 1, if r1 == r2 goto bad, true", // a loader may give both the same map
    "0, 1, if r1 != r2 goto bad, true",
    "0, 1, if r1 < r2 goto bad, true"
  })
  void oneMapHasOneAddress(int first, int second, String test, boolean reached) {
    program(
            "r1 = map_by_idx(%d) ll\nr2 = map_by_idx(%d) ll".formatted(first, second),
            test,
            reached)
        .with(Maps.hash(16), Maps.hash(16))
        .privileged()
        .verdictMatchesMarks();
  }

  /** Under the strict policy: which comparisons tell nothing of where a pointer lies. */
  @ParameterizedTest
  @CsvSource({
    "if r6 == r7 goto out, ''",
    "if r6 != r7 goto out, ''",
    "if r6 > r7 goto out, comparison",
    "if r6 s<= r7 goto out, comparison",
    "if w6 == w7 goto out, comparison",
    "if r6 == r10 goto out, comparison",
    "if r10 == r6 goto out, comparison",
    "if r6 == 0 goto out, ''",
    "if r6 > 0 goto out, ''",
    "if r6 <= 0 goto out, ''",
    "if r6 >= 0 goto out, comparison",
    "if r6 == 1 goto out, comparison",
    "if w6 == 0 goto out, comparison",
    "if r10 == r8 goto out, ''",
    "if r10 > r8 goto out, ''",
    "if r10 & r8 goto out, comparison",
    "if w10 == w8 goto out, comparison"
  })
  void aPointerIsNotComparedWithWhatTellsWhereItIs(String test, String check) {
    verify("r6 = map_by_idx(0) ll\nr7 = map_by_idx(1) ll\nr8 = r10\nr8 += -8\n" + test + "     ; "
            + (check.isEmpty() ? "" : "! " + check) + "\n" + END)
        .with(Maps.hash(16), Maps.hash(16))
        .strict()
        .verdictMatchesMarks();
  }

  @Test
  void twoNumbersAreNotLessAndNotLess() {
    String numbers = "r7 = *(u32 *)(r1 + 12)\nr8 = *(u32 *)(r1 + 16)\nr8 += r7\n";
    program(numbers + "if w7 < w8 goto out", "if w7 < w8 goto bad", false).isAccepted();
    program(numbers + "if w7 < w8 goto out", "if w7 >= w8 goto bad", true).isRejected();
    program(numbers + "if r7 s< r8 goto out", "if r7 s< r8 goto bad", false).isAccepted();
  }

  @Test
  void theLowHalvesOfOneAddressAreEqual() {
    program("r6 = r1", "if w6 != w1 goto bad", false).privileged().isAccepted();
    program("r6 = r1", "if w6 == w1 goto bad", true).privileged().isRejected();
    program("r6 = r1\nr6 += 4", "if w6 == w1 goto bad", false).privileged().isAccepted();
    program("r6 = r1\nr6 += 4", "if w6 > w1 goto bad", true).privileged().isRejected();
  }

  /** Region, offsets from where to where a second pointer may be; whether its comparison with one at {@code at} bounds it. */
  @ParameterizedTest
  @CsvSource({
    "map_val(map_by_idx(0)) + 0 ll, 1, 4, true", // values of 16 bytes
    "map_val(map_by_idx(0)) + 0 ll, 2, 4, false",
    "map_val(map_by_idx(0)) + 0 ll, 0, 4, true",
    "map_val(map_by_idx(0)) + 0 ll, -1, 4, false",
    "r1, 5, 8, true", // a context of 20 bytes
    "r1, 6, 8, false",
    "r1, 0, 4, true",
    "r1, -1, 4, false",
    "r10, -15, -12, true", // a frame of 512 bytes
    "r10, -14, -12, false",
    "r10, -512, -509, true",
    "r10, -513, -509, false"
  })
  void anOrderOfPointersIsThatOfTheirOffsetsWithinTheRegion(
      String base, int from, int at, boolean learnt) {
    verify("""
        r7 = *(u32 *)(r1 + 12)
        r7 &= 15
        r6 = %1$s
        r8 = r6
        r6 += %2$d
        r6 += r7
        r8 += %3$d
        if r6 > r8 goto out
        r7 += -%4$d
        r1 = r10
        r1 += r7
        *(u8 *)(r1 - 1) = 1              ; %5$s
        """.formatted(base, from, at, at - from, learnt ? "" : "! stack-bounds") + END)
        .with(Maps.data(false, new byte[16]))
        .verdictMatchesMarks();
  }

  @Test
  void aJumpToTheNextInstructionDecidesNothing() {
    program("r7 = *(u32 *)(r1 + 12)\nif r7 == 0 goto +0", "if r7 == 0 goto bad", true)
        .verdictMatchesMarks();
    program("r7 = *(u32 *)(r1 + 12)\nif r7 == 0 goto +0", "if r7 < 0 goto bad", false)
        .verdictMatchesMarks();
  }

  @Test
  void addressSpacesAreNotModelled() {
    Verdict verdict = verify(
            "r6 = r1\nr6 = addr_space_cast(r6, 0, 1)\nr0 = *(u64 *)(r6 + 0)\nr0 = 0\nexit\n")
        .given(o -> o.withGroups(Set.of("base64", "addr_space_cast")))
        .isNotAccepted();
    assertEquals(
        List.of(
            "1 address spaces are not modelled [r6: context pointer]",
            "2 r6 is used as an address, but does not hold one pointer on all paths, or was"
                + " invalidated [r6: different things on different paths, or invalidated since]"),
        verdict.findings().stream()
            .map(finding -> finding.slot() + " " + finding.message() + " " + finding.known())
            .toList());
  }
}
