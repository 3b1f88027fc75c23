package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a pointer, to what, and whether it is null. */
class PointerHolesTest {

  /**
   * CVE-2021-4204 (Linux 5.8 to 5.16): helpers that take the start of a record, as {@code ringbuf_submit}, took a pointer into it: the record's header was
   * looked for before that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"r1 += 8", "r1 -= 8", "r1 += r7"})
  void aMovedRecordIsNotGivenBack(String move) {
    String program = """
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
        call ringbuf_submit
        """ + END;
    verify(program.formatted(move)).with(Maps.ringBuffer()).isNotAccepted();
    verify(program.formatted("")).with(Maps.ringBuffer()).isAccepted();
  }

  /**
   * CVE-2022-23222 (Linux 5.8 to 5.16): arithmetic was allowed on pointers that may be null, other than to map values. A null that was moved is not null for the
   * test afterwards, and its offset is a number that the verifier takes for a pointer.
   */
  @Test
  void aPointerThatMayBeNullIsNotMoved() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        %s
        if r0 != 0 goto in
        r0 = 0
        exit
        in:
        r1 = r0
        %s
        r2 = 0
        call ringbuf_submit
        r0 = 0
        exit
        """;
    verify(program.formatted("r0 += 8  ; ! not-null", "r1 -= 8"))
        .with(Maps.ringBuffer())
        .isNotAccepted();
    verify(program.formatted("", "r1 += 8\nr1 -= 8")).with(Maps.ringBuffer()).isAccepted();
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
        """ + END).as("sched_cls").isNotAccepted();
  }

  /**
   * PREVAIL 1149 and 1150: what was known of a register before a call returned a pointer in it survived, and contradicted the test for null, so that one branch
   * or both were dead.
   */
  @ParameterizedTest
  @ValueSource(strings = {"r0 = 1", "r0 = -1", "r0 = 0xffffffff ll", "r0 = 0"})
  void aResultHasNothingOfWhatItsRegisterHeldBefore(String before) {
    String program = START + """
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        %s
        call map_lookup_elem
        r8 = r0
        if r8 %s 0 goto out
        r1 = *(u64 *)(r8 + 0)            ; %s
        """ + END;
    verify(program.formatted(before, "!=", "! not-null")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(before, "==", "")).with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 1028: the size of the value of one map was kept for that of another, where it is not known which map was looked up. */
  @Test
  void theValueOfOneOfTwoMapsHasTheSmallerSize() {
    String program = START + """
        r1 = map_by_idx(0) ll
        if r7 > 5 goto join
        r1 = map_by_idx(1) ll
        join:
        r2 = r10
        r2 += -4
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + %d)            ; %s
        """ + END;
    verify(program.formatted(8, "! map-value-bounds"))
        .with(Maps.hash(16), Maps.hash(8))
        .isRejected();
    verify(program.formatted(0, "")).with(Maps.hash(16), Maps.hash(8)).isAccepted();
  }

  /**
   * PREVAIL 0.2.4: a sum with a register that is a pointer on one path and another on the other moved the address and not the offset.
   */
  @Test
  void aSumMovesAPointerThatIsOneOfTwo() {
    String program = START + """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 24) = 0
        r8 = r10
        r8 += -24
        if r7 > 5 goto join
        r8 = r6
        join:
        r8 += %d
        r1 = *(u64 *)(r8 + 0)             ; %s
        """ + END;
    verify(program.formatted(9, "! map-value-bounds, stack-initialised"))
        .with(Maps.hash(16))
        .isNotAccepted();
    verify(program.formatted(8, "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * PREVAIL 0.2.4: the low half of a pointer, as 32-bit arithmetic leaves it, could be followed as the pointer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"w8 = w6", "w8 = w6\nw8 += 0", "w8 = w6\nr8 += 0"})
  void theHalfOfAPointerIsNoPointer(String half) {
    verify(START + "r8 = r6\n" + half + """

        r1 = *(u64 *)(r8 + 0)             ; ! pointer
        """ + END)
        .privileged()
        .with(Maps.hash(16))
        .isRejected();
    verify(START + "r8 = r6\nr8 += 0\nr1 = *(u64 *)(r8 + 0)\n" + END)
        .with(Maps.hash(16))
        .isAccepted();
  }

  /** A 32-bit move of a pointer gives a number that has nothing of the pointer's offset. */
  @Test
  void theHalfOfAPointerIsNotItsOffset() {
    verify(START + """
        r8 = r6
        w8 = w8
        r6 += r8
        *(u8 *)(r6 + 0) = 1             ; ! map-value-bounds
        """ + END).privileged().with(Maps.hash(16)).isRejected();
  }

  /** Linux 6.18, "bpf: Skip scalar adjustment for BPF_NEG if dst is a pointer": the negation of a pointer was done as if on a number. */
  @Test
  void aPointerIsNotNegated() {
    String program = START + """
        r8 = %s
        r8 = -r8                          ; %s
        """ + END;
    verify(program.formatted("r6", "! pointer-arithmetic")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("r7", "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 6.2, "bpf: Fix nullness propagation for reg to reg comparisons": a pointer that equals another was taken for not null because the other one's type says so. Arguments of traced
   * functions are null all the same.
   */
  @Test
  void aPointerThatEqualsAnArgumentMayBeNull() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        """ + LOOKUP + """
        if r0 %s goto in
        r0 = 0
        exit
        in:
        r1 = *(u64 *)(r0 + 0)             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("== r6", "! not-null"))
        .as("fentry")
        .with(Maps.hash(16))
        .isNotAccepted();
    verify(program.formatted("!= 0", "")).as("fentry").with(Maps.hash(16)).isAccepted();
  }

  /** Linux 4.12, "bpf: reset id on CONST_IMM transition": a constant in a register that held a result was still the result for a later test. */
  @Test
  void aConstantInTheRegisterOfAResultIsNoResult() {
    String program = LOOKUP + """
        r8 = r0
        %s
        if r0 == 0 goto out
        r1 = *(u64 *)(r8 + 0)             ; %s
        """ + END;
    verify(program.formatted("r0 = 8", "! not-null")).with(Maps.hash(16)).isNotAccepted();
    verify(program.formatted("r9 = 8", "")).with(Maps.hash(16)).isAccepted();
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

  /** CVE-2021-34866 (Linux 5.8 to 5.13, "bpf: Fix ringbuf helper function compatibility"): functions for ring buffers took maps of other types. */
  @Test
  void aHashMapIsNoRingBuffer() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve             ; %s
        if r0 == 0 goto out
        r1 = r0
        r2 = 0
        call ringbuf_discard
        """ + END;
    verify(program.formatted("! argument")).with(Maps.hash(16)).isNotAccepted();
    verify(program.formatted("")).with(Maps.ringBuffer()).isAccepted();
    verify("""
        *(u64 *)(r10 - 8) = 0
        r1 = map_by_idx(0) ll
        r2 = r10
        r2 += -4
        call map_lookup_elem             ; ! argument
        r0 = 0
        exit
        """).with(Maps.ringBuffer()).isRejected();
  }

  /** A socket that was given back is gone in all its copies (PREVAIL 1028; Linux, "bpf: Fix reference state management for synchronous callbacks", 6.1). */
  @Test
  void aSocketThatWasGivenBackIsNotRead() {
    String program = """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 8) = 0
        r2 = r10
        r2 += -12
        r3 = 12
        r4 = -1
        r5 = 0
        call sk_lookup_tcp
        if r0 == 0 goto out
        r6 = r0
        *(u64 *)(r10 - 24) = r0
        r1 = r0
        %s
        r1 = *(u64 *)(r10 - 24)
        %s
        """ + END;
    verify(program.formatted("call sk_release", "r1 = *(u32 *)(r6 + 4)   ; ! pointer"))
        .as("sched_cls")
        .isRejected();
    verify(program.formatted("call sk_release", "r1 = *(u32 *)(r1 + 4)   ; ! pointer"))
        .as("sched_cls")
        .isRejected();
    verify(program.formatted("call sk_release", "call sk_release   ; ! argument"))
        .as("sched_cls")
        .isNotAccepted();
    verify(program.formatted("r2 = *(u32 *)(r6 + 4)", "call sk_release"))
        .as("sched_cls")
        .isAccepted();
  }

  /** CVE-2024-26589 (Linux 4.20 to 6.7, "bpf: Reject variable offset alu on PTR_TO_FLOW_KEYS"): of an offset into flow keys only its constant part was held against their size. */
  @Test
  void anOffsetIntoFlowKeysCountsAsAWhole() {
    String program = """
        r6 = r1
        call get_prandom_u32
        r7 = r0
        r1 = *(u64 *)(r6 + 144)
        %s
        r1 += r7
        r0 = *(u64 *)(r1 + 0)             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("r7 &= 1023", "! memory-bounds"))
        .as("flow_dissector")
        .isNotAccepted();
    verify(program.formatted("r7 = 8", "")).as("flow_dissector").isAccepted();
  }

  /** PREVAIL 0.2.0: null was memory for a function, whatever size it was told. */
  @Test
  void nullIsNoMemoryOfSomeSize() {
    String program = """
        r6 = *(u32 *)(r1 + 12)
        r6 &= %d
        r1 = 0
        r2 = r6
        r3 = 0
        r4 = 0
        r5 = 0
        call csum_diff                    ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(4, "! not-null")).isRejected();
    verify(program.formatted(0, "")).isAccepted();
  }
}
