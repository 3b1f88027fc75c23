package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.verifier.Maps;
import dev.assay.verifier.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and old stack contents that got out, under the policy for programs that must not know them. */
class LeakHolesTest {

  /** A pointer where the program has a number is rejected, as a socket filter, and the number accepted. */
  private static void numbersOnly(String program, String mark) {
    verify(program.formatted("r6", mark))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isNotAccepted();
    verify(program.formatted("r7", "")).as("socket_filter").with(Maps.hash(16)).isAccepted();
  }

  /** Linux 5.16, "bpf: Fix kernel address leakage in atomic fetch": what an atomic operation fetches from where a pointer was spilled is a pointer. */
  @Test
  void whatIsFetchedFromWhereAPointerWasSpilledIsAPointer() {
    numbersOnly(START + """
        *(u64 *)(r10 - 16) = %s
        r1 = 0
        r1 = atomic_fetch_add((u64 *)(r10 - 16), r1)    ; %s
        *(u64 *)(r6 + 8) = r1
        """ + END, "! pointer-leak");
  }

  /** Linux 5.16, "bpf: Fix kernel address leakage in atomic cmpxchg's r0 aux reg": r0 is compared with what is in memory, so that trying finds out the address. */
  @Test
  void aPointerIsNotGuessedByComparingAndExchanging() {
    numbersOnly(START + """
        r0 = %s
        r1 = 0
        r0 = cmpxchg_64(r6 + 8, r0, r1)    ; %s
        """ + END, "! pointer-leak");
  }

  /** Linux 4.12, "bpf: don't let ldimm64 leak map addresses on unprivileged": the address of a map was a number. */
  @Test
  void theAddressOfAMapIsNoNumber() {
    String program = START + """
        r1 = %s ll
        *(u64 *)(r6 + 8) = r1            ; %s
        """ + END;
    verify(program.formatted("map_by_idx(0)", "! pointer-leak"))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted("0x1234567812345678", ""))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isAccepted();
  }

  /** Linux 4.20, "bpf: fix partial copy of map_ptr when dst is scalar": the low half of a pointer to a map was a number. */
  @ParameterizedTest
  @ValueSource(strings = {"map_by_idx(0)", "map_val(map_by_idx(1)) + 0"})
  void theHalfOfTheAddressOfAMapIsNoNumber(String address) {
    verify(START + "r1 = " + address + """
         ll
        w1 = w1                          ; ! pointer-arithmetic
        *(u64 *)(r6 + 8) = r1
        """ + END)
        .as("socket_filter")
        .with(Maps.hash(16), Maps.data(false, new byte[8]))
        .isNotAccepted();
  }

  /**
   * Linux 5.2, "bpf: Reject indirect var_off stack access in unpriv mode": memory for a function whose place is not known may be where a pointer lies.
   */
  @Test
  void memoryAtAVariableOffsetMayHoldAPointer() {
    numbersOnly(START + """
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 16) = %s
        r1 = *(u64 *)(r6 + 8)
        r1 &= 12
        r2 = r10
        r2 += -24
        r2 += r1
        r1 = map_by_idx(0) ll
        call map_lookup_elem             ; %s
        """ + END, "! pointer-leak");
  }

  /** Linux 4.16, "bpf: reject stores into ctx via st and xadd": atomic operations and stores of immediates went round the checks of the context. */
  @ParameterizedTest
  @CsvSource({
    "'lock *(u32 *)(r1 + 48) += w2', false",
    "'lock *(u64 *)(r1 + 48) += r2', false",
    "*(u32 *)(r1 + 0) = 0, false",
    "*(u32 *)(r1 + 48) = r2, true",
  })
  void anAtomicIsNotOnTheContext(String store, boolean safe) {
    Verification program = verify("r2 = 0\n" + store + "\nr0 = 0\nexit\n").as("socket_filter");
    if (safe) {
      program.isAccepted();
    } else {
      program.isNotAccepted();
    }
  }

  /**
   * Linux 6.8, "bpf: Fix accesses to uninit stack slots" (CVE-2023-52452): stack that was not written was handed on where the slot had been allocated through another
   * pointer.
   */
  @Test
  void theValueOfAnUpdateIsWritten() {
    String program = START + """
        *(u64 *)(r10 - 24) = 0
        %s
        r2 = r10
        r2 += -4
        r3 = r10
        r3 += -24
        r4 = 0
        r1 = map_by_idx(0) ll
        call map_update_elem             ; %s
        """ + END;
    for (String kind : new String[] {"socket_filter", "sched_cls"}) {
      verify(program.formatted("", "! stack-initialised"))
          .as(kind)
          .with(Maps.hash(16))
          .isRejected();
      verify(program.formatted("*(u64 *)(r10 - 16) = 0", ""))
          .as(kind)
          .with(Maps.hash(16))
          .isAccepted();
    }
  }

  /** Comparing a pointer with constants finds it out bit by bit (Linux 4.4, the first release with unprivileged programs; CVE-2017-17864 came back to it). */
  @ParameterizedTest
  @ValueSource(strings = {">", "s<", "==", "&"})
  void aPointerIsNotComparedWithNumbers(String relation) {
    String program = START
        + "if %%s %s 4096 goto out    ; %%s\n*(u64 *)(r6 + 8) = 1\n".formatted(relation)
        + END;
    verify(program.formatted("r6", "! comparison"))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted("r7", "")).as("socket_filter").with(Maps.hash(16)).isAccepted();
  }

  /** An address comes out of functions, too: those that give some are for programs that may know them (CAP_PERFMON; Linux 5.8, "bpf: Implement CAP_BPF"). */
  @ParameterizedTest
  @ValueSource(strings = {"get_current_task", "probe_read_kernel", "trace_printk"})
  void functionsThatTellAddressesAreForPrivilegedPrograms(String function) {
    String program = LOOKUP + """
        *(u64 *)(r10 - 16) = 0
        r1 = r10
        r1 += -16
        r2 = 8
        r3 = 0
        r4 = 0
        r5 = 0
        call %s                          ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(function, "! callable"))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted(function, ""))
        .as("socket_filter")
        .privileged()
        .with(Maps.hash(16))
        .isAccepted();
  }

  /** What lies in the kernel's objects are addresses, among others, and any part of one is a number (Linux 5.8: check_ptr_to_btf_access asks for CAP_PERFMON). */
  @Test
  void objectsOfTheKernelAreForPrivilegedPrograms() {
    String program = """
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        call sk_fullsock
        if r0 == 0 goto out
        r1 = r0
        call skc_to_tcp_sock
        if r0 == 0 goto out
        r7 = *(u32 *)(r0 + 0)            ; %s
        r8 = *(u32 *)(r0 + 4)            ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("! pointer-leak", "! pointer-leak"))
        .as("cgroup_skb/ingress")
        .isRejected();
    verify(program.formatted("", "")).as("cgroup_skb/ingress").privileged().isAccepted();
  }

  /** Functions that only the loaders of some kinds of programs could call before, and all that have a copy of a kernel's or a process's memory. */
  @ParameterizedTest
  @CsvSource({
    "copy_from_user, syscall",
    "copy_from_user_task, syscall",
    "kallsyms_lookup_name, syscall",
    "sys_bpf, syscall",
    "seq_printf, tracing/iter",
    "seq_printf_btf, tracing/iter",
  })
  void functionsThatReadAnyMemoryAreForPrivilegedPrograms(String function, String kind) {
    assertTrue(
        verify("call %s\nr0 = 0\nexit\n".formatted(function))
            .as(kind)
            .strict()
            .isNotAccepted()
            .findings()
            .stream()
            .anyMatch(finding -> finding.check().equals("callable")
                && finding.message().contains("tells addresses")),
        function);
  }
}
