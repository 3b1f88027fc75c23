package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of argument, with what it takes and what it does not take. */
class HelperArgumentTest {

  @Test
  void anUnknownHelperIsNotCalled() {
    verify("""
        call 99999                      ; ! callable
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aHelperOfAnotherProgramTypeIsNotCalled() {
    String program = """
        r2 = 0
        call xdp_adjust_head            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).as("xdp").isAccepted();
    verify(program.formatted("! callable")).as("sched_cls").isRejected();
  }

  @Test
  void aHelperForGplProgramsNeedsTheLicense() {
    String program = """
        r1 = r10
        r1 += -8
        r2 = 8
        r3 = 0
        call probe_read_kernel          ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).as("kprobe").isAccepted();
    verify(program.formatted("")).as("kprobe").licensed("Dual MIT/GPL").isAccepted();
    verify(program.formatted("! callable")).as("kprobe").licensed("Proprietary").isRejected();
    verify(program.formatted("! callable")).as("kprobe").licensed("gpl").isRejected();
  }

  @Test
  void aHelperThatSleepsNeedsASleepableProgram() {
    String program = """
        r1 = r10
        r1 += -8
        r2 = 8
        r3 = 0
        call copy_from_user             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).as("syscall").isAccepted();
    verify(program.formatted("! callable")).as("kprobe").isRejected();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aCallLosesR1ToR5(int register) {
    verify("""
        r1 = 1
        r2 = 1
        r3 = 1
        r4 = 1
        r5 = 1
        call ktime_get_ns
        r0 = r%d                        ; ! initialised
        exit
        """.formatted(register)).isRejected();
  }

  @Test
  void aHelperThatReturnsNothingLeavesR0Unset() {
    verify("""
        r1 = map_val(map_by_idx(0)) + 4 ll
        call spin_lock
        r6 = 1
        r1 = map_val(map_by_idx(0)) + 4 ll
        call spin_unlock
        exit                            ; ! initialised
        """)
        .as("sched_cls")
        .with(Maps.withField(Maps.data(false, new byte[16]), "bpf_spin_lock", 4, 4))
        .isRejected();
  }

  @Test
  void anyTakesWhatWasWritten() {
    String program = """
        r2 = %s
        call xdp_adjust_head            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("r3", "").replace("r2 = r3", "r2 = 1")).isAccepted();
    verify("call xdp_adjust_head      ; ! initialised\nr0 = 0\nexit\n").isRejected();
    verify(program.formatted("r10", "")).privileged().isAccepted();
    verify(program.formatted("r10", "! pointer-leak")).strict().isRejected();
  }

  @Test
  void aNumberIsDemandedUnderEitherPolicy() {
    String program = """
        r1 = %s
        r2 = code_addr(round) ll
        r3 = 0
        r4 = 0
        call loop                       ; %s
        r0 = 0
        exit
        round:
        r0 = 0
        exit
        """;
    verify(program.formatted("1", "")).isAccepted();
    verify(program.formatted("r10", "! argument")).privileged().isRejected();
  }

  @Test
  void aMapIsDemanded() {
    String program = """
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = %s
        call map_lookup_elem            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("map_by_idx(0) ll", "")).with(Maps.hash(8)).isAccepted();
    verify(program.formatted("0", "! not-null")).with(Maps.hash(8)).isRejected();
    verify(program.formatted("1", "! argument")).with(Maps.hash(8)).isRejected();
    verify(program.formatted("r10", "! argument")).with(Maps.hash(8)).isRejected();
    verify(program.formatted("map_by_idx(0) ll", "! argument"))
        .with(Maps.programs())
        .isRejected();
  }

  @Test
  void aMapOnOnePathAndAnotherOnTheOtherAreBothAMap() {
    verify("""
        r6 = *(u32 *)(r1 + 12)
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        if r6 == 0 goto join
        r1 = map_by_idx(1) ll
        join:
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = *(u64 *)(r0 + 0)
        r1 = *(u64 *)(r0 + 8)            ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16), Maps.hash(8)).isRejected();
  }

  @Test
  void aKeyHasTheMapsKeySize() {
    String program = """
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += %d
        r1 = map_by_idx(0) ll
        call map_lookup_elem            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(-4, "")).with(Maps.hash(8)).isAccepted();
    verify(program.formatted(-3, "! stack-bounds")).with(Maps.hash(8)).isRejected();
    verify(program.formatted(-5, "! stack-initialised")).with(Maps.hash(8)).isRejected();
    verify(program.formatted(0, "! stack-bounds")).with(Maps.hash(8)).isRejected();
    verify(program.formatted(-513, "! stack-bounds")).with(Maps.hash(8)).isRejected();
  }

  @ParameterizedTest
  @CsvSource({"r6, argument", "0, not-null", "7, argument"})
  void aKeyIsMemory(String key, String check) {
    verify("""
        r6 = r1
        r2 = %s
        r1 = map_by_idx(0) ll
        call map_lookup_elem            ; ! %s
        r0 = 0
        exit
        """.formatted(key, check)).with(Maps.hash(8)).isRejected();
  }

  @Test
  void aKeyInThePacketIsBounded() {
    String program = PACKET + """
        r4 = r2
        r4 += %d
        if r4 > r3 goto out
        r1 = map_by_idx(0) ll
        call map_lookup_elem            ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(4, "")).with(Maps.hash(8)).isAccepted();
    verify(program.formatted(3, "! packet-bounds")).with(Maps.hash(8)).isRejected();
  }

  @Test
  void aValueInAnotherValueIsBounded() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r3 = r0
        r3 += %d
        r2 = r10
        r2 += -4
        r4 = 0
        r1 = map_by_idx(1) ll
        call map_update_elem            ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "")).with(Maps.hash(16), Maps.hash(8)).isAccepted();
    verify(program.formatted(9, "! map-value-bounds"))
        .with(Maps.hash(16), Maps.hash(8))
        .isRejected();
    verify(program.formatted(-1, "! map-value-bounds"))
        .with(Maps.hash(16), Maps.hash(8))
        .isRejected();
  }

  @Test
  void packetMemoryIsOnlyForHelpersThatTakeIt() {
    String program = PACKET + """
        r4 = r2
        r4 += 64
        if r4 > r3 goto out
        r4 = r2
        r5 = 8
        r3 = -1
        r2 = map_by_idx(0) ll
        call perf_event_output           ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("! writable"))
        .with(Maps.ofType("perf_event_array", 4, 4))
        .isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "8, -8, ''",
    "8, -7, stack-bounds",
    "0, -8, argument",
    "-1, -8, stack-bounds",
    "512, -512, ''",
    "513, -512, stack-bounds"
  })
  void aSizeFitsTheMemory(int size, int offset, String check) {
    verify("""
        r1 = r10
        r1 += %d
        r2 = %d
        call get_current_comm           ; %s
        r0 = 0
        exit
        """.formatted(offset, size, check.isEmpty() ? "" : "! " + check)).verdictMatchesMarks();
  }

  @Test
  void aSizeThatMayBeZeroIsForHelpersThatPermitIt() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        r6 &= 8
        r1 = r10
        r1 += -8
        r2 = r6
        r3 = 0
        call %s                         ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("probe_read_kernel", "")).as("kprobe").isAccepted();
    verify(program.formatted("get_current_comm", "! argument")).as("kprobe").isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "'r6 &= 63', ''",
    "'r6 &= 64', ''",
    "'r6 &= 127', stack-bounds",
    "'if r6 > 64 goto out', ''",
    "'if r6 > 65 goto out', stack-bounds",
  })
  void aVariableSizeIsBounded(String bound, String check) {
    verify("""
        r6 = *(u64 *)(r1 + 0)
        %s
        r1 = r10
        r1 += -64
        r2 = r6
        r3 = 0
        call probe_read_kernel          ; %s
        out:
        r0 = 0
        exit
        """.formatted(bound, check.isEmpty() ? "" : "! " + check))
        .as("kprobe")
        .verdictMatchesMarks();
  }

  @Test
  void aSizeThatIsOnlyBoundedAsSignedMayBeNegative() {
    verify("""
        r6 = *(u64 *)(r1 + 0)
        if r6 s> 64 goto out
        r1 = r10
        r1 += -64
        r2 = r6
        r3 = 0
        call probe_read_kernel          ; ! argument
        out:
        r0 = 0
        exit
        """).as("kprobe").isNotAccepted();
  }

  @Test
  void memoryThatIsReadIsInitialised() {
    String program = """
        *(u64 *)(r10 - 8) = 0
        r1 = r10
        r1 += -%d
        r2 = %d
        call trace_printk               ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, 8, "")).isAccepted();
    verify(program.formatted(9, 9, "! stack-initialised")).isRejected();
  }

  @Test
  void theMostOfAVariableSizeIsInitialised() {
    String program = """
        r6 = *(u32 *)(r1 + 12)
        r6 &= %d
        r6 += 1
        *(u64 *)(r10 - 8) = 0
        r1 = r10
        r1 += -8
        r2 = r6
        call trace_printk               ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(7, "")).isAccepted();
    verify(program.formatted(15, "! stack-bounds")).isRejected();
  }

  @Test
  void memoryThatMayBeNullMayBeOnlyIfItsSizeIsZero() {
    String program = """
        r1 = 0
        r2 = %d
        r3 = 0
        r4 = 0
        r5 = 0
        call csum_diff                   ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(0, "")).isAccepted();
    verify(program.formatted(4, "! not-null")).isRejected();
  }

  @Test
  void memoryThatMayNotBeNullIsNotEvenIfItsSizeIsZero() {
    verify("""
        r1 = 0
        r2 = 0
        r3 = 0
        call probe_read_kernel          ; ! not-null
        r0 = 0
        exit
        """).as("kprobe").isRejected();
  }

  @Test
  void memoryThatIsReadAndWrittenIsInitialised() {
    String program = """
        *(u64 *)(r10 - 64) = 0
        *(u64 *)(r10 - 56) = 0
        *(u64 *)(r10 - 48) = 0
        *(u64 *)(r10 - 40) = 0
        *(u64 *)(r10 - 32) = 0
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 8) = 0
        r2 = r10
        r2 += -%d
        r3 = 64
        r4 = 0
        call fib_lookup                  ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(64, "")).isAccepted();
    verify(program.formatted(72, "! stack-initialised")).isRejected();
  }

  @Test
  void aFixedSizeIsThatOfTheResult() {
    String program = """
        *(u64 *)(r10 - 16) = 0
        r1 = r10
        r1 += -16
        r2 = 8
        r3 = 0
        r4 = r10
        r4 += %d
        call strtol                      ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(-8, "")).as("cgroup_sysctl").isAccepted();
    verify(program.formatted(-7, "! stack-bounds")).as("cgroup_sysctl").isRejected();
  }

  @Test
  void aRecordsSizeIsKnown() {
    String program = """
        r2 = *(u32 *)(r1 + 12)
        r2 &= %d
        r1 = map_by_idx(0) ll
        r3 = 0
        call ringbuf_reserve            ; %s
        if r0 == 0 goto out
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(0, "")).with(Maps.ringBuffer()).isAccepted();
    verify(program.formatted(8, "! argument")).with(Maps.ringBuffer()).isRejected();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r1 += 4", "r1 = 0", "r1 = r10", "r1 = 1"})
  void theContextIsHandedOnAsItWasGiven(String change) {
    verify(change + """

        r2 = 0
        call xdp_adjust_head            ; ! %s
        r0 = 0
        exit
        """.formatted(change.equals("r1 = 0") ? "not-null" : "argument"))
        .isRejected();
  }

  @Test
  void aContextThatWasMovedBackIsTheContext() {
    verify("""
        r1 += 4
        r1 -= 4
        r2 = 0
        call xdp_adjust_head
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aSocketIsDemanded() {
    String program = """
        r6 = r1
        r1 = *(u64 *)(r1 + 168)
        %s
        call sk_fullsock                 ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("if r1 == 0 goto out", "")).as("sched_cls").isAccepted();
    verify(program.formatted("r0 = 0", "! not-null")).as("sched_cls").isRejected();
    verify(program.formatted("r1 = r6", "! argument")).as("sched_cls").isRejected();
    verify(program.formatted("if r1 == 0 goto out\nr1 += 8", "! argument"))
        .as("sched_cls")
        .isRejected();
  }

  @Test
  void aStringIsReadOnlyAndEnds() {
    String program = """
        r1 = r10
        r1 += -8
        *(u64 *)(r10 - 8) = 0
        r2 = 8
        r3 = map_val(map_by_idx(0)) + %d ll
        call strncmp                     ; %s
        r0 = 0
        exit
        """;
    var text = Maps.readOnlyData(new byte[] {'a', 'b', 0, 'c'});
    verify(program.formatted(0, "")).with(text).isAccepted();
    verify(program.formatted(3, "! argument")).with(text).isRejected();
    verify(program.formatted(4, "! argument")).with(text).isRejected();
    verify(program.formatted(0, "! argument"))
        .with(Maps.data(false, new byte[4]))
        .isRejected();
  }

  @Test
  void aTimerIsASpecialField() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        r1 += %d
        call timer_cancel                ; %s
        out:
        r0 = 0
        exit
        """;
    var map = Maps.withField(Maps.hash(32), "bpf_timer", 8, 16);
    verify(program.formatted(8, "")).as("sched_cls").with(map).isAccepted();
    verify(program.formatted(16, "! argument")).as("sched_cls").with(map).isRejected();
    verify(program.formatted(8, "! argument"))
        .as("sched_cls")
        .with(Maps.hash(32))
        .isRejected();
  }

  @Test
  void undefinedMemoryFunctionsKeepTheirContracts() {
    String program = """
        r1 = r10
        r1 += -16
        r2 = 0
        r3 = %d
        call btf[1]                     ; %s
        r0 = *(u64 *)(r0 + 0)
        r0 = *(u64 *)(r10 - 16)
        r0 = 0
        exit
        """;
    verify(program.formatted(16, "")).calling("memset").isAccepted();
    verify(program.formatted(17, "! stack-bounds")).calling("memset").isNotAccepted();
  }

  @Test
  void aNegativeErrorOrASizeIsAtMostTheSize() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r10
        r1 += -16
        r2 = 16
        r3 = 0
        call probe_read_kernel_str
        if r0 s< 0 goto out
        r6 += r0
        r0 = *(u8 *)(r6 + %d)           ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(0, "")).as("kprobe").with(Maps.hash(17)).isAccepted();
    verify(program.formatted(1, "! map-value-bounds"))
        .as("kprobe")
        .with(Maps.hash(17))
        .isRejected();
  }

  @Test
  void aNegativeErrorIsNoSize() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r1 = r10
        r1 += -16
        r2 = 16
        r3 = 0
        call probe_read_kernel_str
        r6 += r0
        r0 = *(u8 *)(r6 + 0)            ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).as("kprobe").with(Maps.hash(17)).isRejected();
  }

  /** What is no memory, or none of known size, in the place of a key. */
  @ParameterizedTest
  @CsvSource({
    "xdp, r2 = map_by_idx(0) ll, argument",
    "xdp, r2 = code_addr(function) ll, argument",
    "xdp, r2 = 7, argument",
    "xdp, r2 = 0, not-null",
    "xdp, r2 = r1, argument",
    "sched_cls, r2 = *(u64 *)(r1 + 168)~if r2 == 0 goto out, argument",
    "fentry, r2 = *(u64 *)(r1 + 0), argument",
    "xdp, r2 = r6, argument"
  })
  void memoryIsOfKnownSize(String kind, String key, String check) {
    verify("""
        %s
        r1 = map_by_idx(0) ll
        call map_lookup_elem            ; ! %s
        out:
        r0 = 0
        exit
        function:
        r0 = 0
        exit
        """.formatted(key.equals("r2 = r6") ? INNER + "r2 = r0" : key.replace('~', '\n'), check))
        .as(kind)
        .with(Maps.hash(16), Maps.ofType("hash_of_maps", 4, 4).withInnerMap(0))
        .isRejected();
  }

  /** r0 = a map that the map 1 holds. */
  private static final String INNER = LOOKUP.replace("idx(0)", "idx(1)") + "if r0 == 0 goto out\n";

  @Test
  void anInnerMapIsNotAccessedItself() {
    verify(INNER + "r0 = *(u64 *)(r0 + 0)     ; ! pointer\nout:\nr0 = 0\nexit\n")
        .with(Maps.hash(16), Maps.ofType("hash_of_maps", 4, 4).withInnerMap(0))
        .isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0, ''",
    "17, 0, memory-bounds",
    "8, 8, ''",
    "8, 9, memory-bounds",
    "8, -1, memory-bounds"
  })
  void aRecordIsHandedOnWithinItsSize(int size, int offset, String check) {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r6 = r0
        r1 = r6
        r1 += %d
        r2 = %d
        r3 = 0
        call probe_read_kernel           ; %s
        r1 = r6
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """.formatted(offset, size, check.isEmpty() ? "" : "! " + check))
        .as("kprobe")
        .with(Maps.ringBuffer())
        .verdictMatchesMarks();
  }

  /** The frame as a whole, of which all but some bytes were written. */
  @ParameterizedTest
  @CsvSource({"0, ''", "1, stack-initialised"})
  void theLowestByteOfTheFrameIsWritten(int from, String check) {
    String fill = """
        r1 = r10
        r1 += %d
        r2 = %d
        r3 = 0
        call probe_read_kernel
        """.formatted(from - 512, 512 - from);
    String mark = check.isEmpty() ? "" : "! " + check;
    verify(fill + """
        r1 = r10
        r1 += -512
        r2 = 512
        call trace_printk                ; %s
        r0 = 0
        exit
        """.formatted(mark)).as("kprobe").verdictMatchesMarks();
    verify("r6 = *(u64 *)(r1 + 0)\n" + fill + """
        r6 &= 8
        r1 = r10
        r1 += r6
        r0 = *(u64 *)(r1 - 512)          ; %s
        r0 = 0
        exit
        """.formatted(mark))
        .as("kprobe")
        .verdictMatchesMarks();
  }

  @Test
  void whatAFunctionCannotHaveWrittenIsKnown() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        r6 &= 7
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 8) = 0
        r1 = r10
        r1 += -16
        r2 = r6
        r2 += 1
        r3 = 0
        call probe_read_kernel
        r1 = *(u64 *)(r10 - %d)
        r2 = r10
        r2 += r1
        *(u8 *)(r2 - 1) = 0              ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "")).as("kprobe").isAccepted();
    verify(program.formatted(16, "! stack-bounds")).as("kprobe").isRejected();
  }

  @Test
  void aPacketThatIsOnlyReadIsNotWrittenByAFunction() {
    String program = """
        r6 = *(u32 *)(r1 + 76)
        r7 = *(u32 *)(r1 + 80)
        r1 = r6
        r1 += 16
        if r1 > r7 goto out
        r1 = map_by_idx(0) ll
        r2 = %s
        r3 = %s
        r4 = 0
        call %s                          ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("r6", "r6", "map_update_elem", ""))
        .as("lwt_in")
        .with(Maps.hash(8))
        .isAccepted();
    for (String kind : new String[] {"lwt_in", "lwt_xmit"}) {
      verify(program.formatted("r6", "r6", "map_pop_elem", "! writable"))
          .as(kind)
          .with(Maps.ofType("queue", 0, 8))
          .isRejected();
    }
  }

  @Test
  void aSizeIsANumber() {
    verify("""
        r1 = r10
        r1 += -8
        r2 = r10
        r3 = 0
        call probe_read_kernel          ; ! argument
        r0 = 0
        exit
        """).as("kprobe").isRejected();
    verify("""
        r3 = 0
        r1 = r10
        r1 += -8
        call probe_read_kernel          ; ! initialised
        r0 = 0
        exit
        """).as("kprobe").isRejected();
  }

  @Test
  void flagsThatHaveToBeZeroAre() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = %s
        call get_local_storage          ; %s
        r0 = *(u64 *)(r0 + 0)
        r0 = 1
        exit
        """;
    var storage = Maps.ofType("cgroup_storage", 16, 8);
    verify(program.formatted("0", "")).as("cgroup_sock/create").with(storage).isAccepted();
    for (String other : new String[] {"1", "r10"}) {
      verify(program.formatted(other, "! argument"))
          .as("cgroup_sock/create")
          .with(storage)
          .isRejected();
    }
  }

  @Test
  void aFullSocketIsNotOneOfWhichLessIsKnown() {
    String program = """
        r6 = r1
        *(u64 *)(r10 - 8) = 0
        *(u32 *)(r10 - 12) = 0
        r2 = r10
        r2 += -12
        r3 = 12
        r4 = 0
        r5 = 0
        call %s                          ; ! callable
        if r0 == 0 goto out
        r7 = r0
        r1 = r6
        r2 = r7
        r3 = 0
        call sk_assign                   ; %s
        r1 = r7
        call sk_release
        out:
        r0 = 1
        exit
        """;
    verify(program.formatted("sk_lookup_tcp", "")).as("sk_lookup").isRejected();
    verify(program.formatted("skc_lookup_tcp", "! argument")).as("sk_lookup").isRejected();
  }

  @ParameterizedTest
  @CsvSource({"r2 = 0, ''", "r2 = *(u64 *)(r1 + 0), ''", "r2 = r10, argument", "r2 = 7, argument"})
  void aSocketMayBeMissingWhereTheFunctionSaysSo(String socket, String check) {
    verify("""
        %s
        r3 = 0
        call sk_assign                   ; %s
        r0 = 1
        exit
        """.formatted(socket, check.isEmpty() ? "" : "! " + check))
        .as("sk_lookup")
        .verdictMatchesMarks();
  }

  /** Functions that work with what is not modelled: each says so. */
  @ParameterizedTest
  @CsvSource({
    "r1 = r10~r1 += -8~r2 = 8~r3 = 0~r4 = r10~r4 += -32~call dynptr_from_mem, dynptrs",
    "r1 = map_by_idx(0) ll~r2 = 8~r3 = 0~r4 = r10~r4 += -32~call ringbuf_reserve_dynptr, dynptrs",
    "r1 = r10~r1 += -8~r2 = 8~r3 = r10~r3 += -32~r4 = 0~r5 = 0~call dynptr_read, dynptrs",
    "r1 = map_by_idx(1) ll~r2 = code_addr(function) ll~r3 = 0~r4 = 0~call user_ringbuf_drain,"
        + " dynptrs",
    "r1 = r10~r1 += -8~r2 = 0~r3 = 8~call btf[1], iterators",
    "r1 = r7~r1 += 8~r2 = code_addr(function) ll~call timer_set_callback, callbacks that run later"
  })
  void whatIsNotModelledIsNotCalled(String call, String what) {
    Verdict verdict = verify(
            LOOKUP.replace("idx(0)", "idx(2)") + """
                if r0 == 0 goto out
                r7 = r0
                *(u64 *)(r10 - 8) = 0
                %s
                out:
                r0 = 0
                exit
                function:
                r0 = 0
                exit
                """.formatted(call.replace('~', '\n')))
        .as("sched_cls")
        .calling("bpf_iter_num_new")
        .with(
            Maps.ringBuffer(),
            Maps.ofType("user_ringbuf", 0, 0),
            Maps.withField(Maps.hash(32), "bpf_timer", 8, 16))
        .isNotAccepted();
    assertTrue(
        verdict.findings().stream()
            .anyMatch(finding -> finding.check().equals("argument")
                && finding.message().contains(" works with " + what)
                && finding.required().equals("the program does without " + what)),
        verdict.findings()::toString);
  }

  @Test
  void aLoaderIsTakenToGiveALicenseWhereTheObjectHasNone() {
    String program = """
        r1 = r10
        r1 += -8
        r2 = 8
        r3 = 0
        call probe_read_kernel
        r0 = 0
        exit
        """;
    assertEquals(
        1, verify(program).as("kprobe").licensed("").isAccepted().assumptions().size());
    assertEquals(0, verify(program).as("kprobe").isAccepted().assumptions().size());
    assertEquals(
        0, verify("r0 = 0\nexit\n").licensed("").isAccepted().assumptions().size());
  }

  @Test
  void nothingSleepsInACriticalSection() {
    for (String[] pair : new String[][] {
      {"bpf_rcu_read_lock", "bpf_rcu_read_unlock"},
      {"bpf_preempt_disable", "bpf_preempt_enable"},
    }) {
      verify("""
          call btf[1]
          r1 = r10
          r1 += -8
          r2 = 8
          r3 = 0
          call copy_from_user             ; ! lock
          call btf[2]
          r1 = r10
          r1 += -8
          r2 = 8
          r3 = 0
          call copy_from_user
          r0 = 0
          exit
          """).as("syscall").calling(pair).isRejected();
    }
  }

  @Test
  void aCallOfWhatIsNotKnownLosesTheSameRegisters() {
    verify("""
        r6 = 7
        r0 = 0
        r1 = 1
        r2 = 1
        r3 = 1
        r4 = 1
        r5 = 1
        call 99999                      ; ! callable
        r7 = r1                         ; ! initialised
        r7 = r2                         ; ! initialised
        r7 = r3                         ; ! initialised
        r7 = r4                         ; ! initialised
        r7 = r5                         ; ! initialised
        r7 = r6
        r1 = r10
        r1 += r0
        *(u8 *)(r1 - 1) = 1             ; ! stack-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aSizeThatMayBeZeroBoundsTheResult() {
    verify("""
        r6 = *(u64 *)(r1 + 0)
        r6 &= 8
        r2 = r10
        r2 += -8
        r3 = r6
        r4 = 0
        call get_stack
        if r0 s< 0 goto out
        r1 = r10
        r1 += r0
        *(u8 *)(r1 - 9) = 1
        out:
        r0 = 0
        exit
        """).as("kprobe").isAccepted();
  }

  @Test
  void aKeyThatReachesOutOfTheFrameIsNotLookedAt() {
    for (int offset : new int[] {-3, -1, 0, -514, -516}) {
      verify("""
          *(u64 *)(r10 - 8) = 0
          r2 = r10
          r2 += %d
          r1 = map_by_idx(0) ll
          call map_lookup_elem          ; ! stack-bounds
          r0 = 0
          exit
          """.formatted(offset)).with(Maps.array(16)).isRejected();
    }
    verify("""
        *(u32 *)(r10 - 512) = 3
        r2 = r10
        r2 += -512
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 = *(u64 *)(r0 + 0)
        r0 = 0
        exit
        """).with(Maps.array(16)).isAccepted();
  }

  @Test
  void aHelperMayBeCalledByItsName() {
    verify("call btf[1]\nr0 = 0\nexit\n").calling("bpf_ktime_get_ns").isAccepted();
    verify("call btf[1]     ; ! callable\nr0 = 0\nexit\n")
        .calling("no_such_function")
        .isRejected();
  }
}
