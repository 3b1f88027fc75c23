package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;

import dev.assay.verifier.Kernel;
import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may only be read, or only as a whole, or only by those that it is for. */
class AccessHolesTest {

  /**
   * CVE-2024-49861 (Linux before 6.12, "bpf: Fix helper writes to read-only maps") and CVE-2024-50164 ("bpf: Fix overloading of MEM_UNINIT's meaning"): that a function's result goes to memory
   * which may be uninitialised was said in place of that the memory is written, so that read-only maps were.
   */
  @ParameterizedTest
  @CsvSource({
    "strtol, 'r1 = r10\nr1 += -16\nr2 = 8\nr3 = 0\nr4 = r9', cgroup_sysctl",
    "strtoul, 'r1 = r10\nr1 += -16\nr2 = 8\nr3 = 0\nr4 = r9', cgroup_sysctl",
    "skb_load_bytes, 'r1 = r6\nr2 = 0\nr3 = r9\nr4 = 8', sched_cls",
    "get_current_comm, 'r1 = r9\nr2 = 8', sched_cls",
    "check_mtu, 'r1 = r6\nr2 = 0\nr3 = r9\nr4 = 0\nr5 = 0', sched_cls",
    "probe_read_kernel, 'r1 = r9\nr2 = 8\nr3 = 0', kprobe",
    "get_func_arg, 'r1 = r6\nr2 = 0\nr3 = r9', fentry",
    "get_stack, 'r1 = r6\nr2 = r9\nr3 = 8\nr4 = 0', kprobe",
    "getsockopt, 'r1 = r6\nr2 = 6\nr3 = 1\nr4 = r9\nr5 = 8', sock_ops",
    "sysctl_get_name, 'r1 = r6\nr2 = r9\nr3 = 8\nr4 = 0', cgroup_sysctl",
  })
  void aFunctionDoesNotWriteToReadOnlyData(String function, String arguments, String kind) {
    String program = """
        r6 = r1
        *(u64 *)(r10 - 16) = 0
        r9 = map_val(map_by_idx(%d)) + 0 ll
        %s
        call %s                          ; %s
        r0 = %d
        exit
        """;
    int result = kind.startsWith("cgroup") ? 1 : 0;
    var readOnly = Maps.readOnlyData(new byte[64]);
    var writable = Maps.data(false, new byte[64]);
    verify(program.formatted(0, arguments, function, "! writable", result))
        .as(kind)
        .with(readOnly, writable)
        .isRejected();
    verify(program.formatted(1, arguments, function, "", result))
        .as(kind)
        .with(readOnly, writable)
        .isAccepted();
  }

  /** CVE-2022-0500 (Linux 5.9 to 5.16, "bpf: Introduce MEM_RDONLY flag"): memory that functions lend for reading was written. */
  @Test
  void aVariableOfTheKernelIsNotWritten() {
    String program = """
        r1 = var_addr(1) ll
        r2 = 0
        call per_cpu_ptr
        if r0 == 0 goto out
        %s
        """ + END;
    for (String store : new String[] {
      "*(u64 *)(r0 + 0) = 1    ; ! writable",
      "*(u8 *)(r0 + 0) = 1     ; ! writable",
      "r1 = 1\nlock *(u64 *)(r0 + 0) += r1    ; ! pointer"
    }) {
      verify(program.formatted(store)).calling("current_task").on(Kernel.TYPES).isNotAccepted();
    }
    verify(program.formatted("r1 = *(u64 *)(r0 + 0)"))
        .calling("current_task")
        .on(Kernel.TYPES)
        .isAccepted();
  }

  /** The same by a function that fills memory. */
  @Test
  void aFunctionDoesNotWriteToAVariableOfTheKernel() {
    verify("""
        r1 = var_addr(1) ll
        r2 = 0
        call per_cpu_ptr
        if r0 == 0 goto out
        r1 = r0
        r2 = 8
        call get_current_comm            ; ! writable
        """ + END).calling("current_task").on(Kernel.TYPES).isRejected();
  }

  /**
   * CVE-2025-38591 (Linux before 6.17, "bpf: Reject narrower access to pointer ctx fields"): part of a field that holds a pointer was loaded as a number.
   */
  @ParameterizedTest
  @CsvSource({
    "sched_cls, u64, 168, ''",
    "sched_cls, u32, 168, context-access",
    "sched_cls, u8, 168, context-access",
    "sched_cls, u16, 170, context-access",
    "flow_dissector, u64, 144, ''",
    "flow_dissector, u8, 144, context-access",
    "cgroup_sockopt, u64, 0, ''",
    "cgroup_sockopt, u32, 0, context-access",
    "cgroup_sockopt, u8, 8, context-access",
    "sk_msg, u32, 0, context-access",
    "sk_reuseport, u32, 0, context-access",
  })
  void aFieldWithAPointerIsLoadedAsAWhole(String kind, String type, int offset, String check) {
    String program = """
        r1 = *(%s *)(r1 + %d)             ; %s
        r0 = 1
        exit
        """;
    verify(program.formatted(type, offset, check.isEmpty() ? "" : "! " + check))
        .as(kind)
        .verdictMatchesMarks();
  }

  /** CVE-2024-47702 (Linux before 6.12, "bpf: Fail verification for sign-extension of packet data/data_end/data_meta"): the host's rewritten load extended no sign. */
  @ParameterizedTest
  @CsvSource({"xdp, 0", "xdp, 4", "xdp, 8", "sched_cls, 76", "sched_cls, 80", "sched_cls, 140"})
  void theStartOfThePacketIsNotLoadedWithItsSign(String kind, int offset) {
    String program = "r1 = *(%s *)(r1 + %d)             ; %s\nr0 = 0\nexit\n";
    verify(program.formatted("s32", offset, "! context-access")).as(kind).isRejected();
    verify(program.formatted("u32", offset, "")).as(kind).isAccepted();
  }

  /** Linux 5.5, "bpf: Fix passing modified ctx to ld/abs/ind instruction": the context that those instructions find in r6 had been moved. */
  @Test
  void packetInstructionsTakeTheContextAsItIs() {
    String program = """
        r6 = r1
        r6 += %d
        r0 = *(u8 *)skb[0]               ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, "! argument")).as("socket_filter").isRejected();
    verify(program.formatted(0, "")).as("socket_filter").isAccepted();
  }

  /** The same for functions and for what is stored there (Linux, check_ptr_off_reg). */
  @Test
  void functionsTakeTheContextAsItIs() {
    String program = """
        r1 += %d
        r2 = 0
        call xdp_adjust_head             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(4, "! argument")).isRejected();
    verify(program.formatted(0, "")).isAccepted();
  }

  /** As CVE-2021-34866, for other types of maps: a function works on those that it is for. */
  @ParameterizedTest
  @CsvSource({
    "hash, ''",
    "stack_trace, argument",
    "prog_array, argument",
    "perf_event_array, argument"
  })
  void aFunctionWorksOnMapsOfItsTypes(String type, String check) {
    verify((LOOKUP + """
        r0 = 0
        exit
        """)
            .replace(
                "call map_lookup_elem",
                "call map_lookup_elem   ; " + (check.isEmpty() ? "" : "! " + check)))
        .with(Maps.ofType(type, 4, 8))
        .verdictMatchesMarks();
  }

  /** A lock, a timer: fields that only some functions may touch (Linux 5.1, bpf_spin_lock, and each that came after it). */
  @ParameterizedTest
  @CsvSource({"bpf_spin_lock, 4", "bpf_timer, 16"})
  void aFieldOfTheHostIsLeftAlone(String type, int size) {
    String program = LOOKUP + """
        if r0 == 0 goto out
        *(u8 *)(r0 + %d) = 1             ; %s
        """ + END;
    var map = Maps.withField(Maps.hash(32), type, 8, size);
    verify(program.formatted(8, "! special-field")).as("sched_cls").with(map).isRejected();
    verify(program.formatted(8 + size - 1, "! special-field"))
        .as("sched_cls")
        .with(map)
        .isRejected();
    verify(program.formatted(8 + size, "")).as("sched_cls").with(map).isAccepted();
    verify(program.formatted(7, "")).as("sched_cls").with(map).isAccepted();
  }
}
