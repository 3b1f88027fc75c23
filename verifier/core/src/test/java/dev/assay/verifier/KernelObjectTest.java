package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs on a kernel whose types are known: what their arguments are, and what loads and functions make of them. */
class KernelObjectTest {
  private static Verification on(String section, String assembly) {
    return verify(assembly).in(section).on(Kernel.TYPES);
  }

  private static void load(String section, String type, int offset, String check) {
    on(section, """
        r2 = *(%s *)(r1 + %d)           ; %s
        r0 = 0
        exit
        """.formatted(type, offset, check == null ? "" : "! " + check))
        .verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({
    "fentry/tcp_close, u64, 0,",
    "fentry/tcp_close, u32, 0, context-access", // a part of a pointer
    "fentry/tcp_close, u32, 8,",
    "fentry/tcp_close, u64, 8,",
    "fentry/tcp_close, u64, 16, context-access", // no third argument
    "fexit/tcp_close, u64, 16, context-access", // and no result
    "fexit/tcp_open, u64, 8,",
    "fexit/tcp_open, u32, 8, context-access", // its result is a pointer
    "fexit/tcp_open, u64, 16, context-access",
    "fmod_ret/many, u32, 56,",
    "fmod_ret/many, u64, 64, context-access",
    "fentry/many, u64, 56, context-access",
    "fentry/many, u8, 0,", // a struct of 16 bytes
    "fentry/many, u64, 8,",
    "fentry/many, u32, 16, context-access", // after it a pointer
    "fentry/many, u32, 24,", // an enumeration
    "fentry/twelve, u8, 88,", // a byte
    "fentry/twelve, u8, 96, context-access",
    "tp_btf/sched_switch, u32, 0,",
    "tp_btf/sched_switch, u64, 8,",
    "tp_btf/sched_switch, u64, 16, context-access",
    "lsm/file_open, u64, 0,",
    "lsm/file_open, u32, 16,", // what the hooks before it said
    "lsm/file_open, u64, 24, context-access",
    "iter/task, u64, 8,",
    "iter/task, u64, 16, context-access",
  })
  void theContextHasAsManyArgumentsAsTheTarget(
      String section, String type, int offset, String check) {
    load(section, type, offset, check);
  }

  @ParameterizedTest
  @CsvSource({
    "fentry/no_such, no function no_such",
    "tp_btf/no_such, no tracepoint btf_trace_no_such",
    "lsm/tcp_close, no function bpf_lsm_tcp_close",
    "iter/tcp_close, no function bpf_iter_tcp_close",
    "fentry/passes_too_much, argument 1 (h)",
    "fentry/prints, argument 2",
    "fmod_ret/tcp_close, does not return an integer",
    "fentry/owns, has to be released",
    "fentry/thirteen, has more than 12 parameters",
  })
  void whatIsNotThereIsNoTarget(String section, String message) {
    Verdict verdict = on(section, "r0 = 0\nexit\n").isNotAccepted();
    assertEquals("target", verdict.findings().getFirst().check());
    assertTrue(
        verdict.findings().getFirst().message().contains(message),
        verdict.findings().getFirst()::message);
  }

  @Test
  void withoutATargetArgumentsAreAssumedToBeWhatTheyAreUsedFor() {
    String program = """
        r2 = *(u64 *)(r1 + 88)
        r2 = *(u64 *)(r2 + 1000)
        r0 = 0
        exit
        """;
    for (Verification untold : List.of(
        verify(program).in("fentry"),
        verify(program).in("fentry/tcp_close"),
        on("fentry", program),
        on("freplace/tcp_close", program),
        verify(program).as("fentry").on(Kernel.TYPES))) {
      assertTrue(
          untold.isAccepted().assumptions().getFirst().contains("argument 12"),
          "said to be assumed");
    }
  }

  @Test
  void withATargetNothingIsAssumed() {
    Verdict verdict = on("fentry/tcp_close", """
        r1 = *(u64 *)(r1 + 0)
        call skc_to_tcp_sock
        if r0 == 0 goto out
        r0 = *(u32 *)(r0 + 32)
        out:
        r0 = 0
        exit
        """).isAccepted();
    assertEquals(List.of(), verdict.assumptions());
  }

  @ParameterizedTest
  @CsvSource({
    "u32, 0,",
    "u64, 0,", // two numbers beside each other are no one member
    "u64, 8,",
    "u32, 8, memory-bounds",
    "u64, 16,",
    "u8, 31,",
    "u64, 28, memory-bounds",
    "u8, 56, memory-bounds",
    "u64, 60, memory-bounds",
    "u8, 64, memory-bounds",
    "u8, -1, memory-bounds",
  })
  void aLoadIsOfAMember(String type, int offset, String check) {
    String expected = type.equals("u64") && offset == 0 ? "memory-bounds" : check;
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        r0 = *(%s *)(r2 + %d)           ; %s
        r0 = 0
        exit
        """.formatted(type, offset, expected == null ? "" : "! " + expected))
        .verdictMatchesMarks();
  }

  @Test
  void anOffsetThatIsNotKnownIsNoMember() {
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        r3 = *(u32 *)(r2 + 0)
        r3 &= 7
        r2 += r3
        r0 = *(u8 *)(r2 + 16)           ; ! memory-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void theMessageNamesTheStruct() {
    Verdict verdict = on("fentry/tcp_close", """
        r2 = *(u64 *)(r1 + 0)
        r0 = *(u32 *)(r2 + 32)          ; ! memory-bounds
        r0 = 0
        exit
        """).isRejected();
    assertEquals(
        "load of 4 bytes at offset 32 lies outside struct sock (32 bytes)",
        verdict.findings().getFirst().message());
  }

  @Test
  void aMemberIsTheNumberOfItsBytes() {
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        r3 = *(u8 *)(r2 + 16)
        r4 = r10
        r4 -= 256
        r4 += r3
        *(u8 *)(r4 + 0) = 1
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void nothingIsStored() {
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        *(u32 *)(r2 + 0) = 1            ; ! writable
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void pointersInStructsAreFollowedByTheirTypes() {
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        r3 = *(u64 *)(r2 + 8)
        r0 = *(u64 *)(r3 + 16)
        r0 = *(u64 *)(r3 + 32)          ; ! memory-bounds
        r3 = *(u64 *)(r2 + 48)
        r0 = *(u32 *)(r3 + 28)          ; ! memory-bounds
        r3 = *(u64 *)(r2 + 32)
        r0 = *(u64 *)(r3 + 1000)
        r3 = *(u64 *)(r2 + 40)
        r0 = *(u32 *)(r3 + 0)           ; ! pointer
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void pointersToOtherThanStructsAreNumbers() {
    on("fentry/many", """
        r2 = *(u64 *)(r1 + 32)
        r0 = *(u64 *)(r2 + 0)           ; ! pointer
        r2 = *(u64 *)(r1 + 40)
        r0 = *(u64 *)(r2 + 0)           ; ! pointer
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void beyondTheEndOfWhatMayBeLongerIsGuardedOrForbidden() {
    on("fentry/many", """
        r2 = *(u64 *)(r1 + 48)
        r0 = *(u32 *)(r2 + 400)
        r0 = *(u64 *)(r2 - 8)           ; ! memory-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void loadsThatAreNotGuardedEndWhereTheTypeEnds() {
    // The kernel vouches for the argument, and so does not guard the load.
    on("tp_btf/opened", """
        r2 = *(u64 *)(r1 + 0)
        r0 = *(u64 *)(r2 + 0)
        r0 = *(u32 *)(r2 + 8)           ; ! memory-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "tp_btf/kfree_skb, 24, not-null",
    "tp_btf/kfree_skb, 0,",
    "tp_btf/cachefiles_lookup, 0, not-null",
    "tp_btf/cachefiles_lookup, 8,",
    "tp_btf/cachefiles_lookup, 16, pointer", // may be an error
    "lsm/file_open, 8, not-null",
    "lsm/file_open, 0,",
    "iter/task, 0,",
    "iter/task, 8, not-null",
  })
  void someArgumentsMayBeNull(String section, int offset, String check) {
    load(section, "u64", offset, null);
    // At offset 0 of each struct is a number of 4 bytes, or a pointer.
    String type = section.equals("iter/task") && offset == 0 ? "u64" : "u32";
    on(section, """
        r2 = *(u64 *)(r1 + %d)
        r0 = *(%s *)(r2 + 0)            ; %s
        r0 = 0
        exit
        """.formatted(offset, type, check == null ? "" : "! " + check))
        .verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({"fentry/many, 16", "tp_btf/sched_switch, 8", "lsm/file_open, 0"})
  void aBranchForNullIsNeverDeadForArguments(String section, int offset) {
    on(section, """
        r2 = *(u64 *)(r1 + %d)
        if r2 != 0 goto out
        r0 = *(u64 *)(r10 - 8)          ; ! stack-initialised
        out:
        r0 = 0
        exit
        """.formatted(offset)).isRejected();
  }

  @Test
  void aBranchForNullIsNeverDeadForFields() {
    on("tp_btf/sched_switch", """
        r2 = *(u64 *)(r1 + 8)
        r2 = *(u64 *)(r2 + 8)
        if r2 != 0 goto out
        r0 = *(u64 *)(r10 - 8)          ; ! stack-initialised
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aTestedResultIsNotNull() {
    on("fentry/tcp_close", """
        r1 = *(u64 *)(r1 + 0)
        call skc_to_tcp_sock
        if r0 == 0 goto out
        if r0 != 0 goto out
        r0 = *(u64 *)(r10 - 8)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  /** {@code task_storage_get(map, r6, 0, 0)}. */
  private static String storage(String r6, String check) {
    return r6 + """
        r1 = map_by_idx(0) ll
        r2 = r6
        r3 = 0
        r4 = 0
        call task_storage_get           ; %s
        r0 = 0
        exit
        """.formatted(check.isEmpty() ? "" : "! " + check);
  }

  private static Verification storage(String section, String r6, String check) {
    return on(section, storage(r6, check)).with(Maps.ofType("task_storage", 4, 8));
  }

  @Test
  void aFunctionTakesTheTypeThatItNames() {
    storage("tp_btf/sched_switch", "r6 = *(u64 *)(r1 + 8)\n", "").isAccepted();
    storage("fentry/many", "r6 = *(u64 *)(r1 + 16)\n", "").isAccepted();
    storage("fentry/tcp_close", "r6 = *(u64 *)(r1 + 0)\n", "argument").isRejected();
    storage("tp_btf/sched_switch", "r6 = *(u64 *)(r1 + 8)\nr6 += 8\n", "argument")
        .isRejected();
    // A helper of tracepoints would be told not-null where it does not take null.
    storage("iter/task", "r6 = *(u64 *)(r1 + 8)\n", "").isAccepted();
  }

  @Test
  void aHelperTakesWhatAFieldHeldAndTheVerdictSaysSo() {
    String task = "r6 = *(u64 *)(r1 + 0)\nr6 = *(u64 *)(r6 + 48)\n";
    Verdict verdict = storage("lsm/file_open", task, "").isAccepted();
    assertEquals(1, verdict.assumptions().size(), verdict.assumptions()::toString);
    assertTrue(verdict.assumptions().getFirst().contains("loaded from a field"));
    storage("lsm.s/file_open", task, "argument").isRejected();
  }

  @Test
  void whatLiesInAUnionIsTakenByNobody() {
    on("tp_btf/sched_switch", """
        r1 = *(u64 *)(r1 + 8)
        r1 = *(u64 *)(r1 + 48)
        call skc_to_tcp_sock            ; ! argument
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void whatIsNoStructIsTakenByNobody() {
    storage("tp_btf/sched_switch", "r6 = *(u64 *)(r1 + 8)\nr6 = *(u64 *)(r6 + 32)\n", "argument")
        .isRejected();
  }

  @Test
  void aMemberOfTheTypeIsTaken() {
    String program = """
        *(u64 *)(r10 - 8) = 0
        r1 = *(u64 *)(r1 + 0)
        r1 += %d
        r2 = r10
        r2 += -8
        r3 = 8
        call d_path                     ; %s
        r0 = 0
        exit
        """;
    on("lsm/file_open", program.formatted(16, "")).isAccepted();
    on("lsm/file_open", program.formatted(24, "! argument")).isRejected();
    on("lsm/file_open", program.formatted(0, "! argument")).isRejected();
  }

  @Test
  void everySocketIsASocket() {
    String program = """
        r1 = *(u64 *)(r1 + 0)
        r1 += %d
        call skc_to_tcp_sock            ; %s
        r0 = 0
        exit
        """;
    on("fentry/tcp_close", program.formatted(0, "")).isAccepted();
    on("fentry/tcp_close", program.formatted(16, "! argument")).isRejected();
    on("fentry/many", program.formatted(0, "! argument")).isRejected();
  }

  @Test
  void functionsOfTheKernelTakeWhatItVouchesFor() {
    String program = """
        r1 = *(u64 *)(r1 + %d)
        call btf[1]                     ; %s
        if r0 == 0 goto out
        r1 = r0
        call btf[2]
        out:
        r0 = 0
        exit
        """;
    String[] functions = {"bpf_task_acquire", "bpf_task_release"};
    on("tp_btf/sched_switch", program.formatted(8, "")).calling(functions).isAccepted();
    on("fentry/many", program.formatted(16, "! argument")).calling(functions).isRejected();
    on("lsm/task_free", program.formatted(0, "! argument")).calling(functions).isRejected();
  }

  @Test
  void functionsOfTheKernelDoNotTakeWhatAFieldHeld() {
    on("lsm/file_open", """
        r1 = *(u64 *)(r1 + 0)
        r1 = *(u64 *)(r1 + 48)
        call btf[1]                     ; ! argument
        if r0 == 0 goto out
        r1 = r0
        call btf[2]
        out:
        r0 = 0
        exit
        """).calling("bpf_task_acquire", "bpf_task_release").isRejected();
  }

  @Test
  void someFieldsAreAsGoodAsTheirStruct() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        r6 = *(u64 *)(r6 + %d)
        r1 = map_by_idx(0) ll
        r2 = r6
        r3 = 0
        r4 = 0
        call inode_storage_get
        r0 = 0
        exit
        """;
    Verdict vouched = on("lsm/file_open", program.formatted(32))
        .with(Maps.ofType("inode_storage", 4, 8))
        .isAccepted();
    assertEquals(List.of(), vouched.assumptions());
    Verdict walked = on("lsm/file_open", program.formatted(40))
        .with(Maps.ofType("inode_storage", 4, 8))
        .isAccepted();
    assertEquals(1, walked.assumptions().size());
  }

  @Test
  void anIteratorWritesToItsFile() {
    Verdict verdict = on("iter/task", """
        *(u64 *)(r10 - 8) = 0
        r1 = *(u64 *)(r1 + 0)
        r1 = *(u64 *)(r1 + 0)
        r2 = r10
        r2 += -8
        r3 = 8
        call seq_write
        r0 = 0
        exit
        """).isAccepted();
    assertEquals(List.of(), verdict.assumptions());
  }

  @Test
  void whatAnIteratorLendsIsSaid() {
    Verdict verdict = on("iter/elem", """
        r1 = *(u64 *)(r1 + 8)
        r0 = *(u64 *)(r1 + 0)
        r0 = 0
        exit
        """).isAccepted();
    assertTrue(verdict.assumptions().getFirst().contains("argument 2 (key) of bpf_iter_elem"));
  }

  @Test
  void theCurrentTaskIsFollowedByItsType() {
    on("kprobe", """
        call get_current_task_btf
        r1 = *(u32 *)(r0 + 0)
        r1 = *(u32 *)(r0 + 64)          ; ! memory-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  /** What nothing tells the type of: a load of 8 bytes may be a pointer, of fewer it is a number. */
  @Test
  void lessThanEightBytesAreNoPointer() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        r6 = *(%s *)(r6 + 0)
        r0 = *(u64 *)(r6 + 0)           ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("u64", "")).as("fentry").isAccepted();
    verify(program.formatted("u32", "! pointer")).as("fentry").isRejected();
  }

  @Test
  void whatIsLessThanEightBytesIsSmall() {
    String program = """
        r6 = *(u64 *)(r1 + 0)
        r6 = *(u8 *)(r6 + 0)
        r1 = r10
        r1 += r6
        *(u8 *)(r1 - %d) = 1            ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(256, "")).as("fentry").isAccepted();
    verify(program.formatted(255, "! stack-bounds")).as("fentry").isRejected();
  }

  @Test
  void whatIsReachedThroughWhatNobodyTakesIsTakenByNobody() {
    String walk = "r6 = *(u64 *)(r1 + 8)\nr6 = *(u64 *)(r6 + 32)\nr6 = *(u64 *)(r6 + 0)\n";
    storage("tp_btf/sched_switch", walk, "argument").isRejected();
    // Without a type it may be what the function wants, and the verdict says so.
    String untyped = "r6 = *(u64 *)(r1 + 8)\nr6 = *(u64 *)(r6 + 32)\n";
    Verdict verdict = verify(storage(untyped, ""))
        .as("fentry")
        .with(Maps.ofType("task_storage", 4, 8))
        .isAccepted();
    assertTrue(
        verdict.assumptions().stream()
            .anyMatch(line -> line.startsWith("argument r2 of task_storage_get is a pointer to")),
        verdict.assumptions()::toString);
  }

  @Test
  void whatAFunctionGivesThatIsAskedForNothingIsVouchedFor() {
    on("fentry/tcp_close", """
        call get_current_task_btf
        r1 = r0
        call btf[1]
        if r0 == 0 goto out
        r1 = r0
        call btf[2]
        out:
        r0 = 0
        exit
        """).calling("bpf_task_acquire", "bpf_task_release").isAccepted();
  }
}
