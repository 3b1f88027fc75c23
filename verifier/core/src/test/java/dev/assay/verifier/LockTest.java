package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import dev.assay.object.MapDefinition;
import org.junit.jupiter.api.Test;

/** Spin locks at offset 4 of values of 16 bytes, RCU and preemption. */
class LockTest {
  private static final MapDefinition MAP = Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4);

  private static final String LOCK = """
      r1 = r6
      r1 += 4
      call spin_lock
      """;

  private static final String UNLOCK = """
      r1 = r6
      r1 += 4
      call spin_unlock
      """;

  private static final String VALUE = LOOKUP + """
      if r0 == 0 goto out
      r6 = r0
      """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  private static Verification withLock(String program) {
    return verify(program).as("sched_cls").with(MAP);
  }

  @Test
  void aLockIsTakenAndGivenBack() {
    withLock(VALUE + LOCK + "*(u32 *)(r6 + 0) = 1\n" + UNLOCK + END).isAccepted();
  }

  @Test
  void someKindsMayNotUseMapsWithLocks() {
    // Linux: socket filters and programs that trace, whether they touch the lock or not.
    for (String kind : new String[] {"socket_filter", "kprobe", "tracepoint", "perf_event"}) {
      verify(LOOKUP.replace(" ll", " ll    ; ! lock") + "r0 = 0\nexit\n")
          .as(kind)
          .with(MAP)
          .isRejected();
      verify(LOOKUP + "r0 = 0\nexit\n").as(kind).with(Maps.hash(16)).isAccepted();
    }
    verify("r1 = map_val(map_by_idx(0)) + 0 ll    ; ! lock\nr0 = 0\nexit\n")
        .as("raw_tracepoint")
        .with(Maps.withField(Maps.single(16), "bpf_spin_lock", 4, 4))
        .isRejected();
    withLock(LOOKUP + "r0 = 0\nexit\n").isAccepted();
  }

  @Test
  void aLockIsNotKept() {
    withLock(VALUE + LOCK + """
        r0 = 0
        exit           ; ! lock
        """ + END).isRejected();
  }

  @Test
  void aLockThatIsNotHeldIsNotGivenBack() {
    withLock(VALUE + """
        r1 = r6
        r1 += 4
        call spin_unlock      ; ! lock
        """ + END).isRejected();
  }

  @Test
  void aLockIsNotTakenTwice() {
    withLock(VALUE + LOCK + """
        r1 = r6
        r1 += 4
        call spin_lock        ; ! lock
        """ + UNLOCK + END).isRejected();
  }

  @Test
  void nothingIsCalledUnderALock() {
    withLock(VALUE + LOCK + "call ktime_get_ns     ; ! lock\n" + UNLOCK + END).isRejected();
  }

  @Test
  void aLockIsHeldOnAllPathsOrNone() {
    withLock("r7 = *(u32 *)(r1 + 0)\n" + VALUE + "if r7 == 0 goto join\n" + LOCK + """
        join:
        r1 = r6
        r1 += 4
        call spin_unlock      ; ! lock
        """ + END)
        .isRejected();
  }

  @Test
  void onlyTheFieldIsALock() {
    withLock(VALUE + """
        r1 = r6
        r1 += 8
        call spin_lock        ; ! argument
        """ + END).isNotAccepted();
  }

  @Test
  void theLockOfAnotherValueIsNotGivenBack() {
    withLock(VALUE + """
        *(u32 *)(r10 - 4) = 1
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = r0
        """ + LOCK + """
        r1 = r7
        r1 += 4
        call spin_unlock      ; ! lock
        """ + END).isRejected();
  }

  @Test
  void aCopyOfThePointerGivesTheLockBack() {
    withLock(VALUE + "*(u64 *)(r10 - 16) = r6\n" + LOCK + """
        r1 = *(u64 *)(r10 - 16)
        r1 += 4
        call spin_unlock
        """ + END).isAccepted();
  }

  @Test
  void aLockInDataIsOneLock() {
    verify("""
        r1 = map_val(map_by_idx(0)) + 4 ll
        call spin_lock
        r1 = map_val(map_by_idx(0)) + 4 ll
        call spin_unlock
        r0 = 0
        exit
        """)
        .as("sched_cls")
        .with(Maps.withField(Maps.data(false, new byte[16]), "bpf_spin_lock", 4, 4))
        .isAccepted();
  }

  @Test
  void valuesOfDifferentRoundsOfALoopAreDifferent() {
    // The lock of the value of the first round is not that of the last.
    withLock(VALUE + "r7 = r6\n" + "r8 = 0\nloop:\n" + LOOKUP + """
        if r0 == 0 goto out
        r7 = r6
        r6 = r0
        r8 += 1
        if r8 != 3 goto loop
        """ + LOCK + """
        r1 = r7
        r1 += 4
        call spin_unlock      ; ! lock
        """ + END)
        .isRejected();
  }

  @Test
  void everyRoundOfALoopMayTakeTheLock() {
    withLock("r8 = 0\nloop:\n" + VALUE + LOCK + UNLOCK + """
        r8 += 1
        if r8 != 3 goto loop
        """ + END).isAccepted();
  }

  @Test
  void aLockIsNotHeldAtATailCall() {
    // Calls are not legal under a lock anyway.
    verify("r7 = r1\n" + VALUE + LOCK + """
        r1 = r7
        r2 = map_by_idx(1) ll
        r3 = 0
        call tail_call        ; ! lock
        """ + UNLOCK + END)
        .as("sched_cls")
        .with(MAP, Maps.programs())
        .isRejected();
  }

  @Test
  void whatIsForbiddenIsPermittedAgain() {
    for (String[] pair : new String[][] {
      {"bpf_rcu_read_lock", "bpf_rcu_read_unlock"},
      {"bpf_preempt_disable", "bpf_preempt_enable"},
    }) {
      verify("call btf[1]\ncall btf[2]\nr0 = 0\nexit\n")
          .as("sched_cls")
          .calling(pair)
          .isAccepted();
      verify("call btf[1]\nr0 = 0\nexit     ; ! lock\n")
          .as("sched_cls")
          .calling(pair)
          .isRejected();
      verify("call btf[2]     ; ! lock\nr0 = 0\nexit\n")
          .as("sched_cls")
          .calling(pair)
          .isRejected();
      verify("call btf[1]\ncall btf[1]\ncall btf[2]\ncall btf[2]\nr0 = 0\nexit\n")
          .as("sched_cls")
          .calling(pair)
          .isAccepted();
    }
  }

  @Test
  void onlyTheStartOfALockIsTakenAndGivenBack() {
    String program = VALUE + """
        r1 = r6
        r1 += %d
        call spin_lock                  ; %s
        r1 = r6
        r1 += %d
        call spin_unlock                ; %s
        """ + END;
    withLock(program.formatted(4, "", 4, "")).isAccepted();
    withLock(program.formatted(0, "! argument", 0, "! argument")).isRejected();
    withLock(program.formatted(5, "! argument", 5, "! argument")).isRejected();
    withLock(program.formatted(4, "", 8, "! argument, lock")).isRejected();
  }

  @Test
  void eightSectionsAreNested() {
    for (String[] pair : new String[][] {
      {"bpf_rcu_read_lock", "bpf_rcu_read_unlock"},
      {"bpf_preempt_disable", "bpf_preempt_enable"},
    }) {
      verify("call btf[1]\n".repeat(8) + "call btf[2]\n".repeat(8) + "r0 = 0\nexit\n")
          .as("sched_cls")
          .calling(pair)
          .isAccepted();
      verify("call btf[1]\n".repeat(8)
              + "call btf[1]     ; ! lock\n"
              + "call btf[2]\n".repeat(8)
              + "r0 = 0\nexit\n")
          .as("sched_cls")
          .calling(pair)
          .isRejected();
    }
  }

  @Test
  void anotherFieldIsNoLock() {
    verify(LOOKUP + "r0 = 0\nexit\n")
        .as("kprobe")
        .with(Maps.withField(Maps.hash(32), "bpf_timer", 8, 16))
        .isAccepted();
  }
}
