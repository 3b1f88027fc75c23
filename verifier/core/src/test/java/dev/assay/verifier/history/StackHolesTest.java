package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;
import static dev.assay.verifier.history.Offset.fits;
import static dev.assay.verifier.history.Offset.mayExceed;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a frame holds, where it ends, and who writes to it. */
class StackHolesTest {

  /**
   * CVE-2017-17863 (Linux 4.9, "bpf: reject out-of-bounds stack pointer calculation"), and CVE-2023-52676 (before 6.8, "bpf: Guard stack limits against 32bit overflow"):
   * distances from the frame pointer were added up in 32 bits.
   */
  @Test
  void distancesFromTheFramePointerAreNotAddedUpIn32Bits() {
    String program = """
        r1 = r10
        r1 += %1$s0x7fffffff
        r1 += %1$s0x7fffffff
        r1 += %1$s2
        *(u8 *)(r1 - 8) = 1             ; %2$s
        r0 = 0
        exit
        """;
    verify(program.formatted("", "! stack-bounds")).isRejected();
    verify(program.formatted("-", "! stack-bounds")).isRejected();
    verify("""
        r1 = r10
        r1 += 0x7fffffff
        r1 += -0x7fffffff
        *(u8 *)(r1 - 8) = 1
        r0 = 0
        exit
        """).isAccepted();
  }

  /** CVE-2023-52676: the same for an offset that is a number of the user's, and a size that reaches beyond. */
  @ParameterizedTest
  @CsvSource({"0x7ffffff8, stack-bounds", "0x1f8, ''"})
  void aVariableDistanceCountsAsAWhole(String mask, String check) {
    verify("""
        r6 = r1
        r7 = *(u32 *)(r6 + 12)
        r7 &= %s
        r1 = r10
        r1 -= r7
        *(u64 *)(r1 - 8) = 1            ; %s
        r0 = 0
        exit
        """.formatted(mask, check.isEmpty() ? "" : "! " + check)).verdictMatchesMarks();
  }

  /** CVE-2024-35905 (Linux before 6.9, "bpf: Protect against int overflow for stack access size"): a size from 2^31 on is negative as an int. */
  @ParameterizedTest
  @CsvSource({"0x80000000, argument", "0xffffffff, argument", "16, ''"})
  void aSizeThatIsNegativeAsAnIntIsLarge(String size, String check) {
    verify("""
        r1 = r10
        r1 += -16
        r2 = %s ll
        r3 = 0
        call probe_read_kernel          ; %s
        r0 = 0
        exit
        """.formatted(size, check.isEmpty() ? "" : "! stack-bounds"))
        .as("kprobe")
        .verdictMatchesMarks();
  }

  /** PREVAIL 755: an access ends behind its last byte. */
  @ParameterizedTest
  @CsvSource({"u8, 1", "u16, 2", "u32, 4", "u64, 8"})
  void anAccessEndsBehindItsLastByte(String type, int size) {
    String program = """
        *(%1$s *)(r10 - %2$d) = 1           ; %3$s
        r0 = 0
        exit
        """;
    verify(program.formatted(type, size, "")).isAccepted();
    verify(program.formatted(type, size - 1, "! stack-bounds")).isRejected();
    verify(program.formatted(type, 512, "")).isAccepted();
    verify(program.formatted(type, 513, "! stack-bounds")).isRejected();
  }

  /**
   * CVE-2017-17856 (Linux 4.14, "bpf: force strict alignment checks for stack pointers"): a pointer stored across two slots was noted in one, and what else
   * lay in the other stayed what it was.
   */
  @Test
  void aPointerStoredAcrossSlotsIsInBoth() {
    String program = START + """
        *(u64 *)(r10 - 16) = r6
        *(u64 *)(r10 - 24) = r6
        r1 = r10
        *(u64 *)(r1 %s) = r6
        r1 = *(u64 *)(r10 - 16)
        r1 = *(u64 *)(r1 + 0)            ; %s
        r1 = *(u64 *)(r10 - 24)
        r1 = *(u64 *)(r1 + 0)            ; %s
        """ + END;
    verify(program.formatted("- 20", "! pointer", "! pointer"))
        .with(Maps.hash(16))
        .isNotAccepted();
    verify(program.formatted("- 16", "", "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("- 20", "", "! pointer").replace("r1 = *(u64 *)(r10 - 16)", "r1 = r6"))
        .with(Maps.hash(16))
        .isRejected();
  }

  /**
   * Linux 4.4 to 4.9 (the first tests of "corrupted spilled pointers"): a byte of a pointer on the stack was overwritten, and the rest was read as the pointer.
   */
  @ParameterizedTest
  @CsvSource({"u8, 16", "u8, 9", "u16, 14", "u32, 12", "u32, 16"})
  void aPointerOfWhichPartIsOverwrittenIsNone(String type, int distance) {
    String program = START + """
        *(u64 *)(r10 - 16) = r6
        *(%s *)(r10 - %d) = r7
        r1 = *(u64 *)(r10 - 16)
        r1 = *(u64 *)(r1 + 0)            ; %s
        """ + END;
    verify(program.formatted(type, distance, "! pointer"))
        .privileged()
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted(type, 24, "")).privileged().with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 1202: what an uninitialised register overwrites was still what it had been. */
  @Test
  void anUninitialisedRegisterIsNotStored() {
    String program = START + """
        *(u64 *)(r10 - 16) = 3
        *(u64 *)(r10 - 16) = %s          ; %s
        r7 = *(u64 *)(r10 - 16)
        r6 += r7
        *(u8 *)(r6 + 0) = 1
        """ + END;
    verify(program.formatted("r9", "! initialised")).with(Maps.hash(16)).isNotAccepted();
    verify(program.formatted("15", "")).with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 1068: a pointer stored somewhere on the stack left numbers where it may have been stored. */
  @Test
  void aPointerStoredSomewhereMayBeAnywhere() {
    String program = START + """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 24) = 0
        r7 &= 8
        r1 = r10
        r1 += r7
        *(u64 *)(r1 - 24) = %s
        r1 = *(u64 *)(r10 - 16)
        *(u64 *)(r6 + 0) = r1            ; %s
        """ + END;
    verify(program.formatted("r6", "! pointer-leak"))
        .strict()
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted("r7", "")).strict().with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 0.2.5: a store at an offset that may lie outside the frame destroyed what was known of bytes within, or did not. */
  @Test
  void aStoreSomewhereMayHitWhatIsKnown() {
    String program = START + """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 24) = 0
        r7 &= 8
        r1 = r10
        r1 += r7
        *(u64 *)(r1 - %d) = 16
        r7 = *(u64 *)(r10 - 24)
        r6 += r7
        *(u8 *)(r6 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted(24, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(27, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(40, "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * PREVAIL 1162: a function that fills memory which is on the stack or elsewhere, by the path that was taken, left the stack as it was.
   */
  @Test
  void aFunctionMayFillTheStackOrAnotherMemory() {
    String program = """
        r9 = r1
        """ + START + """
        *(u64 *)(r10 - 16) = 0
        r1 = r10
        r1 += -16
        if r7 > 5 goto join
        r1 = r6
        join:
        r2 = 8
        r3 = 0
        call probe_read_kernel
        r7 = *(u64 *)(r10 - 16)
        %s
        r6 += r7
        *(u8 *)(r6 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted("", "! map-value-bounds"))
        .as("kprobe")
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted("r7 &= 15", "")).as("kprobe").with(Maps.hash(16)).isAccepted();
  }

  /**
   * After Linux 6.18, "bpf: Fix memory access flags in helper prototypes": the prototypes of some functions did not say that they write, so that the stack was as before.
   */
  @ParameterizedTest
  @CsvSource({
    "sched_cls, skb_load_bytes, 'r1 = r9\nr2 = 0\nr3 = r8\nr4 = 16'",
    "sched_cls, skb_load_bytes_relative, 'r1 = r9\nr2 = 0\nr3 = r8\nr4 = 16\nr5 = 0'",
    "sched_cls, skb_get_tunnel_key, 'r1 = r9\nr2 = r8\nr3 = 16\nr4 = 0'",
    "sched_cls, skb_get_tunnel_opt, 'r1 = r9\nr2 = r8\nr3 = 16'",
    "sched_cls, skb_get_xfrm_state, 'r1 = r9\nr2 = 0\nr3 = r8\nr4 = 16\nr5 = 0'",
    "sched_cls, get_current_comm, 'r1 = r8\nr2 = 16'",
    "sched_cls, check_mtu, 'r1 = r9\nr2 = 0\nr3 = r8\nr4 = 0\nr5 = 0'",
    "sched_cls, strtoul, 'r1 = r10\nr1 += -32\nr2 = 8\nr3 = 0\nr4 = r8'",
    "cgroup_sysctl, sysctl_get_name, 'r1 = r9\nr2 = r8\nr3 = 16\nr4 = 0'",
    "cgroup_sysctl, sysctl_get_current_value, 'r1 = r9\nr2 = r8\nr3 = 16'",
    "cgroup_sysctl, strtol, 'r1 = r10\nr1 += -32\nr2 = 8\nr3 = 0\nr4 = r8'",
    "kprobe, get_stack, 'r1 = r9\nr2 = r8\nr3 = 16\nr4 = 0'",
    "kprobe, probe_read_user, 'r1 = r8\nr2 = 16\nr3 = 0'",
    "kprobe, probe_read_kernel_str, 'r1 = r8\nr2 = 16\nr3 = 0'",
    "kprobe, get_ns_current_pid_tgid, 'r1 = 0\nr2 = 0\nr3 = r8\nr4 = 8'",
    "kprobe, snprintf, 'r1 = r8\nr2 = 16\nr3 = map_val(map_by_idx(1)) + 0 ll\nr4 = 0\nr5 = 0'",
    "kprobe, get_func_ip, 'r1 = r9'",
    "perf_event, read_branch_records, 'r1 = r9\nr2 = r8\nr3 = 16\nr4 = 0'",
    "perf_event, perf_prog_read_value, 'r1 = r9\nr2 = r8\nr3 = 24'",
    "sock_ops, getsockopt, 'r1 = r9\nr2 = 6\nr3 = 1\nr4 = r8\nr5 = 16'",
    "sock_ops, load_hdr_opt, 'r1 = r9\nr2 = r8\nr3 = 16\nr4 = 0'",
    "fentry, get_func_arg, 'r1 = r9\nr2 = 0\nr3 = r8'",
    "fexit, get_func_ret, 'r1 = r9\nr2 = r8'",
    "xdp, xdp_load_bytes, 'r1 = r9\nr2 = 0\nr3 = r8\nr4 = 16'",
  })
  void whatAFunctionWritesToIsNoLongerKnown(String kind, String function, String arguments) {
    boolean writes = !function.equals("get_func_ip");
    String program =
        """
            r9 = r1
            """ + START + """
            *(u64 *)(r10 - 24) = 0
            *(u64 *)(r10 - 32) = 0
            *(u64 *)(r10 - 40) = 0
            *(u64 *)(r10 - 48) = 0
            r8 = r10
            r8 += -48
            %s
            call %s
            r7 = *(u64 *)(r10 - 48)
            %s
            r6 += r7
            *(u8 *)(r6 + 0) = 1              ; %s
            """ + END.replace("r0 = 0", kind.startsWith("cgroup") ? "r0 = 1" : "r0 = 0");
    var maps =
        new dev.assay.object.MapDefinition[] {Maps.hash(16), Maps.readOnlyData(new byte[] {'a', 0})
        };
    verify(program.formatted(arguments, function, "", writes ? "! map-value-bounds" : ""))
        .as(kind)
        .with(maps)
        .verdictMatchesMarks();
    verify(program.formatted(arguments, function, "r7 &= 15", ""))
        .as(kind)
        .with(maps)
        .isAccepted();
  }

  /**
   * Linux 5.12, "bpf: Propagate stack bounds to registers in atomics w/ BPF_FETCH", and before: what an atomic operation leaves on the stack and in the register.
   */
  @Test
  void anAtomicOperationChangesTheStackAndTheRegister() {
    mayExceed("""
        *(u64 *)(r10 - 16) = 0
        r8 = 16
        lock *(u64 *)(r10 - 16) += r8
        r7 = *(u64 *)(r10 - 16)
        """);
    mayExceed("""
        *(u64 *)(r10 - 16) = 16
        r7 = 0
        r7 = atomic_fetch_add((u64 *)(r10 - 16), r7)
        """);
    mayExceed("""
        *(u64 *)(r10 - 16) = 0
        r0 = 0
        r8 = 16
        r0 = cmpxchg_64(r10 - 16, r0, r8)
        r7 = *(u64 *)(r10 - 16)
        """);
    fits("""
        *(u64 *)(r10 - 16) = 0
        r8 = 15
        lock *(u64 *)(r10 - 16) += r8
        r7 = *(u64 *)(r10 - 16)
        """);
  }

  /** Linux 5.12, "bpf: Explicitly zero-extend R0 after 32-bit cmpxchg": the high half of r0 was believed to be gone, and was not; believing it to be there is as wrong. */
  @Test
  void aCompareExchangeOfHalvesClearsTheOtherHalf() {
    mayExceed("""
        *(u64 *)(r10 - 16) = -1
        r0 = -1
        r8 = 0
        w0 = cmpxchg32_32(r10 - 16, w0, w8)
        r7 = r0
        r7 += 1
        """);
    fits("""
        *(u64 *)(r10 - 16) = -1
        r0 = -1
        r8 = 0
        r0 = cmpxchg_64(r10 - 16, r0, r8)
        r7 = r0
        r7 += 1
        """);
  }

  /** Linux 4.14, "bpf: fix missing error return in check_stack_boundary()" (CVE-2017-17857): memory for a function at an offset that is not known. */
  @Test
  void memoryForAFunctionAtAVariableOffsetIsBoundedAndInitialised() {
    String program = START + """
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 8) = 0
        r7 &= %s
        r2 = r10
        r2 += -16
        r2 += r7
        r1 = map_by_idx(0) ll
        call map_lookup_elem             ; %s
        """ + END;
    verify(program.formatted("0xffff", "! stack-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("15", "! stack-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("12", "")).with(Maps.hash(16)).isAccepted();
    verify(program.formatted("12", "! stack-initialised").replace("*(u64 *)(r10 - 16) = 0\n", ""))
        .with(Maps.hash(16))
        .isRejected();
  }
}
