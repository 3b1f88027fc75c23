package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Addresses of what the kernel defines. */
class KernelVariableTest {

  @Test
  void anObjectIsFollowedByItsType() {
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u32 *)(r1 + 0)
        r0 = *(u32 *)(r1 + 64)          ; ! memory-bounds
        r0 = 0
        exit
        """).calling("init_task").on(Kernel.TYPES).isRejected();
  }

  @Test
  void aNumberHasItsBytes() {
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u64 *)(r1 + 0)
        r0 = *(u32 *)(r1 + 8)           ; ! memory-bounds
        *(u32 *)(r1 + 0) = 1            ; ! writable
        r0 = 0
        exit
        """).calling("jiffies").on(Kernel.TYPES).isRejected();
  }

  @Test
  void whatEachCpuHasIsReachedThroughFunctions() {
    verify("""
        r1 = var_addr(1) ll
        call this_cpu_ptr
        r1 = *(u32 *)(r0 + 0)
        r1 = *(u32 *)(r0 + 64)          ; ! memory-bounds
        r1 = var_addr(1) ll
        r2 = 1
        call per_cpu_ptr
        r1 = *(u32 *)(r0 + 0)           ; ! not-null
        r1 = var_addr(2) ll
        call this_cpu_ptr
        r1 = *(u64 *)(r0 + 0)
        r1 = *(u64 *)(r0 + 8)           ; ! memory-bounds
        r1 = var_addr(1) ll
        r1 = *(u32 *)(r1 + 0)           ; ! pointer
        r0 = 0
        exit
        """).calling("idle", "current_task").on(Kernel.TYPES).isRejected();
  }

  @Test
  void whatOthersHaveIsNoPerCpuVariable() {
    verify("""
        r1 = var_addr(1) ll
        call this_cpu_ptr               ; ! argument
        r0 = 0
        exit
        """).calling("init_task").on(Kernel.TYPES).isRejected();
  }

  @Test
  void theAddressOfAPerCpuVariableMayBeZero() {
    verify("""
        r1 = var_addr(1) ll
        if r1 != 0 goto out
        r0 = *(u64 *)(r10 - 8)          ; ! stack-initialised
        out:
        r0 = 0
        exit
        """).calling("idle").as("kprobe").on(Kernel.TYPES).isRejected();
  }

  @Test
  void whatTheKernelDoesNotHaveIsMissedOrNull() {
    var verdict = verify("""
        r1 = var_addr(1) ll             ; ! target
        r0 = 0
        exit
        """).calling("no_such").on(Kernel.TYPES).isRejected();
    assertTrue(verdict.findings().getFirst().message().contains("no variable no_such"));
    verify("""
        r1 = var_addr(1) ll
        if r1 == 0 goto out
        r0 = *(u64 *)(r10 - 8)
        out:
        r0 = 0
        exit
        """).calling("no_such?").on(Kernel.TYPES).isAccepted();
  }

  @Test
  void whatHasNoTypeIsANumber() {
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u32 *)(r1 + 0)           ; ! pointer
        r0 = 0
        exit
        """).calling("idle-").on(Kernel.TYPES).isRejected();
  }

  @Test
  void withoutAKernelItMayBeAnything() {
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u32 *)(r1 + 1000)
        r1 = var_addr(1) ll
        call this_cpu_ptr
        r0 = *(u32 *)(r0 + 1000)
        r0 = 0
        exit
        """).calling("no_such").isAccepted();
  }

  @Test
  void aNumberAloneNamesNoVariable() {
    String program = """
        r1 = var_addr(1) ll             ; ! pointer
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted("")).isRejected();
    verify(program.formatted("r0 = *(u64 *)(r1 + 0)    ; ! pointer")).isRejected();
    verify(program.formatted("")).on(Kernel.TYPES).isRejected();
  }

  /** What is declared without a type is a number, also where the kernel tells its type. */
  @Test
  void whatIsDeclaredWithoutATypeIsANumber() {
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u32 *)(r1 + 0)           ; ! pointer
        r0 = 0
        exit
        """).calling("init_task-").on(Kernel.TYPES).isRejected();
    verify("""
        r1 = var_addr(1) ll
        r0 = *(u32 *)(r1 + 0)
        r0 = 0
        exit
        """).calling("init_task").on(Kernel.TYPES).isAccepted();
  }
}
