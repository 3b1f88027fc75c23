package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import org.junit.jupiter.api.Test;

/** Programs that are built to be accepted although they are unsafe: each aims at one step of the proof. */
class AdversarialProgramTest {

  @Test
  void extensionsOfDifferentWordsAreNotEqual() {
    verify("""
        call get_prandom_u32
        r6 = r0
        call ktime_get_ns
        r7 = r0
        call ktime_get_ns
        r8 = r0
        call get_prandom_u32
        r9 = r0
        if r6 > r9 goto out         // so that some relation is known
        w7 = w7
        w8 = w8
        if r7 > 100 goto out
        if r8 > 100 goto out
        if r9 == 0 goto zero
        goto join
        zero:
        r7 = 0
        r8 = 0
        join:
        r6 &= 1
        """ + LOOKUP + """
        if r0 == 0 goto out
        if r8 > 4 goto out
        if r8 < 4 goto out
        r0 += r7
        r0 = *(u8 *)(r0 + 0)        ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).as("kprobe").with(Maps.hash(16)).isRejected();
  }

  @Test
  void aCallbackIsVerifiedHoweverItsHelperIsCalled() {
    verify("""
        r1 = 4
        r2 = code_addr(body) ll
        r3 = 0
        r4 = 0
        call btf[1]
        r0 = 0
        exit
        body:
        r0 = *(u64 *)(r2 + 0)       ; ! not-null
        r0 = 0
        exit
        """).calling("bpf_loop").isNotAccepted();
  }

  @Test
  void aCallbackStartsAtAFunction() {
    verify("""
        r1 = 4
        r2 = code_addr(body) ll
        r3 = 0
        r4 = 0
        call loop
        r6 = 0
        goto rest
        body:
        r0 = *(u64 *)(r2 + 0)
        rest:
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void aWordOverTwoVariablesRestsOnBoth() {
    byte[] contents = {4, 0, 0, 0, 4, 0, 0, 0};
    var verdict = verify("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        r6 = *(u64 *)(r1 + 0)
        r6 >>= 32
        """ + LOOKUP.replace("map_by_idx(0)", "map_by_idx(1)") + """
        if r0 == 0 goto out
        r0 += r6
        r0 = *(u8 *)(r0 + 0)
        out:
        r0 = 0
        exit
        """)
        .with(
            Maps.readOnlyData(
                contents,
                new DataSection.Variable("first", 0, 4, true),
                new DataSection.Variable("second", 4, 4, true)),
            Maps.hash(16))
        .isAccepted();
    assertEquals(2, verdict.assumptions().size());
  }

  @Test
  void bytesOfAPointerThatAHelperLeavesAreNotRead() {
    verify("""
        *(u64 *)(r10 - 8) = r1
        r2 = 0
        r3 = r10
        r3 += -8
        r4 = 4
        call skb_load_bytes
        r6 = *(u32 *)(r10 - 4)      ; ! pointer-leak
        """ + LOOKUP.replace("- 4", "- 12").replace("-4", "-12") + """
        if r0 == 0 goto out
        *(u32 *)(r0 + 0) = r6
        out:
        r0 = 0
        exit
        """)
        .as("cgroup_skb/ingress")
        .strict()
        .with(Maps.hash(16))
        .isNotAccepted();
  }

  @Test
  void bytesOfAPointerAreNotReadAsSignedNumbers() {
    verify("""
        r6 = r1
        r2 = 0
        r3 = r10
        r3 += -16
        r4 = 16
        call skb_load_bytes
        r7 = *(u32 *)(r6 + 0)
        r7 &= 8
        r1 = r10
        r1 -= r7
        *(u64 *)(r1 - 8) = r6
        r6 = *(s8 *)(r10 - 2)       ; ! pointer-leak
        """ + LOOKUP.replace("- 4", "- 20").replace("-4", "-20") + """
        if r0 == 0 goto out
        *(u32 *)(r0 + 0) = r6
        out:
        r0 = 0
        exit
        """)
        .as("cgroup_skb/ingress")
        .strict()
        .with(Maps.hash(16))
        .isRejected();
  }

  @Test
  void theValueOfARoundIsNotTheContextOfTheCall() {
    String program = """
        r1 = map_by_idx(0) ll
        r2 = code_addr(outer) ll
        r3 = 0
        r4 = 0
        call for_each_map_elem
        r0 = 0
        exit
        outer:
        r2 = code_addr(inner) ll
        r4 = 0
        call for_each_map_elem
        r0 = 0
        exit
        inner:
        r6 = r3
        r7 = r4
        r1 = r6
        r1 += 4
        call spin_lock
        r1 = %s
        r1 += 4
        call spin_unlock            ; %s
        r0 = 0
        exit
        """;
    var map = Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4);
    verify(program.formatted("r6", "")).as("sched_cls").with(map).isAccepted();
    verify(program.formatted("r7", "! lock")).as("sched_cls").with(map).isRejected();
  }

  @Test
  void aHeldReferenceIsNotForgottenWithTheNullOfAnother() {
    verify("""
        r9 = *(u32 *)(r1 + 12)
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r9 == 0 goto join
        if r0 == 0 goto none
        r0 = 0
        goto join
        none:
        r0 = 0
        exit
        join:
        if r0 == 0 goto out
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit                        ; ! reference
        """).with(Maps.ringBuffer()).isRejected();
  }

  @Test
  void aTaskIsNoSocket() {
    verify("""
        call get_current_task_btf
        r1 = r0
        call skc_to_tcp_sock        ; ! argument
        r0 = 0
        exit
        """).as("fentry").isRejected();
  }

  @Test
  void aPointerIntoASocketIsNoSocket() {
    verify("""
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        call skc_to_tcp_sock
        if r0 == 0 goto out
        r1 = r0
        r1 += 8
        call skc_to_tcp_sock        ; ! argument
        out:
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
    verify("""
        call get_current_task_btf
        r1 = map_by_idx(0) ll
        r2 = r0
        r2 += 8
        r3 = 0
        r4 = 0
        call task_storage_get       ; ! argument
        r0 = 0
        exit
        """).as("fentry").with(Maps.ofType("task_storage", 4, 8)).isRejected();
  }

  @Test
  void whatIsTakenForAKernelObjectIsSaid() {
    var verdict =
        verify("""
            r6 = *(u64 *)(r1 + 0)
            r1 = map_by_idx(0) ll
            r2 = r6
            r3 = 0
            r4 = 0
            call task_storage_get
            r0 = 0
            exit
            """).as("fentry").with(Maps.ofType("task_storage", 4, 8)).isAccepted();
    assertTrue(
        verdict.assumptions().stream().anyMatch(fact -> fact.contains("task_struct")),
        verdict.assumptions()::toString);
  }

  @Test
  void thePointerInASumWithAKernelAddressDoesNotLeak() {
    verify("""
        r6 = r10
        r2 = var_addr(1) ll
        r6 += r2
        """ + LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r0 + 0) = r6
        out:
        r0 = 0
        exit
        """)
        .as("cgroup_skb/ingress")
        .strict()
        .with(Maps.hash(16))
        .isNotAccepted();
  }

  @Test
  void aFieldAtTheEndOfAHugeValueIsGuarded() {
    verify("""
        r1 = map_val(map_by_idx(0)) + 2147483640 ll
        *(u32 *)(r1 + 4) = 1        ; ! special-field
        r0 = 0
        exit
        """)
        .with(Maps.withField(MapDefinition.of("huge", 2, 4, -1, 1), "bpf_timer", 2147483640, 16))
        .isRejected();
  }
}
