package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operands of arithmetic that are pointers, or may be: what becomes of them. */
class OperandTest {
  /** Two lookups in one map: r6 and r7, neither null. */
  private static final String TWO_VALUES =
      LOOKUP + """
          if r0 == 0 goto out
          r6 = r0
          *(u32 *)(r10 - 4) = 1
          """ + LOOKUP.replace("*(u32 *)(r10 - 4) = 0\n", "") + """
          if r0 == 0 goto out
          r7 = r0
          """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Stores a byte at r10 − 8 + r1, which has to be in [0, 7]. */
  private static String used(boolean safe) {
    return """
        r2 = r10
        r2 += r1
        *(u8 *)(r2 - 8) = 1             ; %s
        """.formatted(safe ? "" : "! stack-bounds");
  }

  @Test
  void twoValuesOfOneMapAreAnyDistanceApart() {
    verify(TWO_VALUES + "r1 = r6\nr1 -= r7\n" + used(false) + END)
        .with(Maps.hash(16))
        .isRejected();
    verify(TWO_VALUES + "r1 = r6\nw1 -= w7\n" + used(false) + END)
        .with(Maps.hash(16))
        .isRejected();
    verify(TWO_VALUES + "r6 -= r7       ; ! pointer-arithmetic\n" + END)
        .with(Maps.hash(16))
        .strict()
        .isRejected();
  }

  @Test
  void twoValuesOfOneMapMayBeTheSameOrNot() {
    verify(TWO_VALUES + """
        if r6 == r7 goto same
        r0 = *(u64 *)(r6 + 9)           ; ! map-value-bounds
        goto out
        same:
        r0 = *(u64 *)(r6 + 10)          ; ! map-value-bounds
        """ + END).with(Maps.hash(16)).isRejected();
  }

  @Test
  void theValueOfADataSectionIsOne() {
    verify("""
        r6 = map_val(map_by_idx(0)) + 7 ll
        r1 = map_val(map_by_idx(0)) + 0 ll
        r6 -= r1
        r1 = r6
        """ + used(true) + END).with(Maps.data(false, new byte[16])).strict().isAccepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r1 -= r1", "r6 = r1\nr1 += 7\nr1 -= r6"})
  void theContextIsOne(String difference) {
    verify(difference + "\n" + used(true) + END).strict().isAccepted();
  }

  @Test
  void aRecordIsOneAndAnotherIsAnother() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r6 = r0
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        r7 = r0
        if r0 == 0 goto one
        r1 = r6
        r1 += 7
        r1 -= %s
        %s
        r1 = r7
        r2 = 0
        call ringbuf_submit
        one:
        r1 = r6
        r2 = 0
        call ringbuf_submit
        """ + END;
    verify(program.formatted("r6", used(true))).with(Maps.ringBuffer()).isAccepted();
    verify(program.formatted("r7", used(false))).with(Maps.ringBuffer()).isRejected();
  }

  @Test
  void ofPointersThatAreNoLongerValidNoDistanceIsKnown() {
    String program = """
        r6 = *(u32 *)(r1 + 76)
        r7 = *(u32 *)(r1 + 76)
        r2 = 0
        call skb_pull_data
        r6 -= r7                        ; %s
        r1 = r6
        %s
        """ + END;
    verify(program.formatted("", used(false))).as("sched_cls").privileged().isRejected();
    verify(program.formatted("! pointer-arithmetic", used(false)))
        .as("sched_cls")
        .strict()
        .isRejected();
  }

  @Test
  void theUnionWithZeroIsThePointer() {
    for (String union : new String[] {"r1 = r10\nr2 = 0\nr1 |= r2", "r1 = 0\nr1 |= r10"}) {
      verify(union + "\n*(u64 *)(r1 - 8) = 1\n" + END).isAccepted();
      verify(union + "\n*(u64 *)(r1 - 7) = 1    ; ! stack-bounds\n" + END).isRejected();
    }
  }

  @Test
  void theUnionOfTwoPointersIsNone() {
    for (String union : new String[] {"r6 |= r7", "r7 |= r6\nr6 = r7"}) {
      verify(TWO_VALUES + union + "\nr0 = *(u8 *)(r6 + 0)    ; ! pointer\n" + END)
          .with(Maps.hash(16))
          .isRejected();
    }
  }

  /** What an argument of a traced function holds, if nothing tells its type: a pointer or a number. */
  private static Verification untyped(String program) {
    return verify("""
        r7 = r1
        r6 = *(u64 *)(r1 + 0)
        r8 = *(u64 *)(r1 + 8)
        """ + program + END).as("fentry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r6 = -r6",
        "r6 = be16 r6",
        "r6 = be64 r6",
        "r6 = le32 r6",
        "r6 += r10",
        "r6 -= r10",
        "r6 -= r8",
        "r7 = r10\nr7 += r6\nr6 = r7",
        "r7 = r10\nr7 -= r6\nr6 = r7",
        "r6 &= r8",
        "r6 ^= 7",
        "w6 += 1",
        "w6 = w6"
      })
  void whatMayBeANumberGivesAnyNumber(String operation) {
    untyped(operation + "\nr1 = r6\n" + used(false)).privileged().isRejected();
    untyped(operation + "\nr0 = *(u64 *)(r6 + 0)    ; ! pointer\n").privileged().isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "r6 += r10, true",
    "r6 -= r10, true",
    "r6 -= r8, false",
    "r7 -= r6, true",
    "r6 += r8, false",
    "r6 &= 7, false",
    "w6 += 1, false",
    "w6 = w6, false",
    "w6 += w10, false"
  })
  void aPointerIsNoPartOfANumberUnderTheStrictPolicy(String operation, boolean leaks) {
    untyped(operation + (leaks ? "     ; ! pointer-arithmetic\n" : "\n"))
        .strict()
        .verdictMatchesMarks();
  }

  @Test
  void theSignOfAPointerIsNotExtended() {
    verify("r2 = (s8)r1     ; ! pointer-arithmetic\nr0 = r2\nexit\n")
        .privileged()
        .isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r0 = -r0", "r0 = be16 r0", "r0 += 1", "r0 = (s8)r0", "w0 = w0"})
  void whatWasNotWrittenIsNoOperand(String operation) {
    // It is said once.
    verify(operation + "     ; ! initialised\nr6 = r0\nr0 = 0\nexit\n").isRejected();
  }

  /** r1 = a number of the packet's context, masked; then it has to be in [0, 7]. */
  private static void gives(String computation, boolean safe) {
    verify("r1 = *(u32 *)(r1 + 12)\n" + computation + "\n" + used(safe) + END)
        .verdictMatchesMarks();
  }

  @Test
  void aConversionThatSwapsNothingCutsOff() {
    gives("r1 = 0x10007\nr1 = le16 r1", true);
    gives("r1 = 0x10008\nr1 = le16 r1", false);
    gives("r1 = 0x700000007 ll\nr1 = le32 r1", true);
  }

  @Test
  void aByteIsItsOwnSignExtensionUpTo127() {
    // 128 becomes −128, so that there may be something that is negative.
    for (String extension : new String[] {"r1 = (s8)r1", "w1 = (s8)w1\nr1 = (s32)r1"}) {
      String negative = "\n" + extension + "\nif r1 s>= 0 goto out\nr1 = 8";
      gives("r1 &= 0xff\nif r1 > 128 goto out" + negative, false);
      gives("r1 &= 0xff\nif r1 > 127 goto out" + negative, true);
    }
    gives("r1 &= 0x7f\nr2 = (s8)r1\nif r2 > 7 goto out", true);
    gives("r1 &= 0x7f\nw2 = (s16)w1\nif r2 > 7 goto out", true);
    gives("r1 &= 0xff\nr2 = (s8)r1\nif r2 > 7 goto out", false);
    gives("r2 = (s8)r1\nif r2 > 7 goto out", false);
    gives("w2 = (s16)w1\nif r2 > 7 goto out", false);
  }

  @Test
  void theSignExtensionOfAHalfIsOfTheHalf() {
    gives("r1 <<= 31\nr2 = (s32)r1\nif r2 > 7 goto out\nw1 = w1", true);
    gives("r1 <<= 32\nr1 = (s32)r1", true);
    gives("r1 <<= 31\nr2 = (s32)r1\nif r2 > 7 goto out", false);
  }

  @Test
  void onlyDivisorsAreCheckedForZero() {
    for (String operator : new String[] {"+=", "-=", "*=", "|=", "&=", "^=", "<<=", ">>="}) {
      verify("r2 = *(u32 *)(r1 + 12)\nr0 = 7\nr0 " + operator + " r2\nr0 = 0\nexit\n")
          .given(o -> o.withAllowDivisionByZero(false))
          .isAccepted();
    }
  }
}
