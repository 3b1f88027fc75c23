package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is legal under the privileged policy and not under the strict one, and what is legal under neither. */
class PolicyTest {

  private static void onlyPrivileged(String program, String mark) {
    verify(program.formatted("")).privileged().with(Maps.hash(16)).isAccepted();
    verify(program.formatted("! " + mark)).strict().with(Maps.hash(16)).isRejected();
  }

  @Test
  void thePolicyIsTheProgramTypes() {
    assertEquals(
        "strict", verify("r0 = 0\nexit\n").as("socket_filter").isAccepted().policy());
    assertEquals("privileged", verify("r0 = 0\nexit\n").as("xdp").isAccepted().policy());
    assertEquals(
        "privileged",
        verify("r0 = 0\nexit\n").as("socket_filter").privileged().isAccepted().policy());
  }

  @ParameterizedTest
  @CsvSource({"w2 = w1", "w1 += 1", "w1 &= 1"})
  void halvesOfPointers(String instruction) {
    onlyPrivileged(instruction + "     ; %s\nr0 = 0\nexit\n", "pointer-arithmetic");
  }

  @Test
  void differencesOfPointersIntoDifferentRegions() {
    onlyPrivileged("r2 = r10\nr2 -= r1    ; %s\nr0 = 0\nexit\n", "pointer-arithmetic");
  }

  @Test
  void comparisonsOfPointersIntoDifferentRegions() {
    onlyPrivileged("r0 = 0\nif r1 > r10 goto out   ; %s\nr0 = 1\nout:\nexit\n", "comparison");
    onlyPrivileged("r0 = 0\nif r1 == 5 goto out   ; %s\nr0 = 1\nout:\nexit\n", "comparison");
  }

  @Test
  void pointersInMapValues() {
    onlyPrivileged(
        LOOKUP + "if r0 == 0 goto out\n*(u64 *)(r0 + 0) = r10   ; %s\nout:\nr0 = 0\nexit\n",
        "pointer-leak");
    onlyPrivileged(
        LOOKUP + "if r0 == 0 goto out\n*(u32 *)(r0 + 0) = w10   ; %s\nout:\nr0 = 0\nexit\n",
        "pointer-leak");
  }

  @Test
  void pointersInThePacket() {
    onlyPrivileged(PACKET + """
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        *(u64 *)(r2 + 0) = r10        ; %s
        out:
        r0 = 0
        exit
        """, "pointer-leak");
  }

  @Test
  void pointersInMemoryThatIsHandedOn() {
    onlyPrivileged("""
        *(u32 *)(r10 - 4) = 0
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 16) = r10
        r2 = r10
        r2 += -4
        r3 = r10
        r3 += -24
        r4 = 0
        r1 = map_by_idx(0) ll
        call map_update_elem          ; %s
        r0 = 0
        exit
        """, "pointer-leak");
  }

  @Test
  void whatMayBeAPointerCountsAsOne() {
    // On one path r2 is the context, on the other a number.
    onlyPrivileged(
        LOOKUP.replace("*(u32 *)(r10 - 4) = 0", "r6 = r1\n*(u32 *)(r10 - 4) = 0") + """
            if r0 == 0 goto out
            r2 = *(u64 *)(r0 + 0)
            if r2 == 7 goto join
            r2 = r6
            join:
            *(u64 *)(r0 + 8) = r2         ; %s
            out:
            r0 = 0
            exit
            """,
        "pointer-leak");
  }

  @ParameterizedTest
  @CsvSource({
    "r1 *= 2",
    "r1 <<= 3",
    "r1 |= 1",
    "r1 &= -8",
    "r1 = -r1",
    "r1 = be64 r1",
    "r1 /= 2",
    "r1 ^= r1",
    "r1 = (s32)r1"
  })
  void arithmeticThatGivesNoPointerIsNeverLegal(String instruction) {
    verify(instruction + "     ; ! pointer-arithmetic\nr0 = 0\nexit\n").strict().isRejected();
    verify(instruction + "     ; ! pointer-arithmetic\nr0 = 0\nexit\n")
        .privileged()
        .isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r1 += r10", "r2 = 8\nr2 -= r1"})
  void sumsOfPointersAreNeverLegal(String instructions) {
    verify(instructions + "     ; ! pointer-arithmetic\nr0 = 0\nexit\n")
        .privileged()
        .isRejected();
  }

  @Test
  void aNumberIsNeverAnAddress() {
    String program = """
        r2 = 0x7fff0000 ll
        r0 = *(u8 *)(r2 + 0)        ; ! pointer
        *(u8 *)(r2 + 0) = 1         ; ! pointer
        r2 = 0
        r0 = *(u8 *)(r2 + 0)        ; ! not-null
        r0 = 0
        exit
        """;
    verify(program).strict().isRejected();
    verify(program).privileged().isRejected();
  }

  @Test
  void aPointerThatWasMadeANumberIsNoPointerAgain() {
    verify("""
        w2 = w1
        r3 = r1
        r3 -= r10
        r3 += r10
        r0 = *(u32 *)(r3 + 12)      ; ! stack-bounds
        r0 = *(u32 *)(r2 + 12)      ; ! pointer
        r0 = 0
        exit
        """).privileged().isRejected();
  }

  @Test
  void aPointerThatWentThroughAMapIsANumber() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 0) = r10
        r1 = *(u64 *)(r0 + 0)
        *(u64 *)(r1 - 8) = 1        ; ! pointer
        out:
        r0 = 0
        exit
        """).privileged().with(Maps.hash(16)).isRejected();
  }

  @Test
  void unwrittenStackBytesAreReadOnlyWhereThatIsAllowedAndPointersMayBecomeNumbers() {
    String padding = """
        *(u32 *)(r10 - 8) = 1
        r0 = *(u64 *)(r10 - 8)     %s
        r0 = 0
        exit
        """;
    String mark = "; ! stack-initialised";
    verify(padding.formatted(mark)).privileged().isRejected();
    verify(padding.formatted(""))
        .privileged()
        .given(o -> o.withUninitialisedStack(true))
        .isAccepted();
    verify(padding.formatted(mark))
        .strict()
        .given(o -> o.withUninitialisedStack(true))
        .isRejected();
  }

  /** Two values, of which one is tested after a test of both together. */
  private static Verification oneOfTwo(String test, String or) {
    return verify("""
        r8 = r1
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r6 = r0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r1 = r6
        r1 |= r0                   %s
        if r1 == 0 goto out
        if r6 != 0 goto first
        %s
        r0 = *(u64 *)(r0 + 0)      ; ! not-null
        goto out
        first:
        r0 = *(u64 *)(r6 + 0)
        out:
        r0 = 0
        exit
        """.replace("; ! not-null", test).formatted(or, "")).with(Maps.hash(8));
  }

  @Test
  void ofTwoPointersThatAreNotBothNullOneIsNot() {
    oneOfTwo("", "").privileged().isAccepted();
    oneOfTwo("", "; ! pointer-arithmetic").strict().isNotAccepted();
  }

  @Test
  void ofPointersThatAreNoLongerValidNothingIsKnownNotToBeNull() {
    verify("""
        r6 = *(u32 *)(r1 + 76)
        r7 = *(u32 *)(r1 + 80)
        r2 = 0
        call skb_pull_data
        r6 |= r7
        r8 = 0
        if r6 != 0 goto out
        r0 = *(u8 *)(r8 + 0)       ; ! not-null
        out:
        r0 = 0
        exit
        """).as("sched_cls").privileged().isRejected();
  }
}
