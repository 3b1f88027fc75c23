package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import dev.assay.object.MapDefinition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads of the packet by {@code skb[...]}: bounds are checked at run time, outside them the function ends. */
class LegacyPacketTest {

  @Test
  void aLoadNeedsNoBounds() {
    verify("""
        r6 = r1
        r0 = *(u8 *)skb[999]
        r7 = r0
        r0 = *(u32 *)skb[r7 + 4]
        exit
        """).as("socket_filter").isAccepted();
  }

  /** The ends of the program within the loop and behind it met as if they were in one loop, which threw. */
  @Test
  void aLoadInALoopMayEndTheProgram() {
    verify("""
        r6 = r1
        r7 = 0
        again:
        r0 = *(u8 *)skb[r7 + 14]
        r7 += 1
        if r7 < 8 goto again
        exit
        """).as("socket_filter").isAccepted();
  }

  @Test
  void theContextIsInR6() {
    verify("""
        r0 = *(u8 *)skb[0]             ; ! argument
        exit
        """).as("socket_filter").isRejected();
    verify("""
        r6 = r1
        r6 += 4
        r0 = *(u8 *)skb[0]             ; ! argument
        exit
        """).as("socket_filter").isRejected();
  }

  @Test
  void onlySomeProgramTypesHaveIt() {
    verify("""
        r6 = r1
        r0 = *(u8 *)skb[0]             ; ! conformance-group
        exit
        """).as("xdp").isRejected();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aLoadLosesR1ToR5(int register) {
    verify("""
        r6 = r1
        r1 = 1
        r2 = 1
        r3 = 1
        r4 = 1
        r5 = 1
        r0 = *(u8 *)skb[0]
        r0 = r%d                       ; ! initialised
        exit
        """.formatted(register)).as("socket_filter").isRejected();
  }

  @Test
  void theIndexIsANumber() {
    verify("""
        r6 = r1
        r0 = *(u8 *)skb[r6 + 0]        ; ! argument
        exit
        """).as("socket_filter").isRejected();
    verify("""
        r6 = r1
        r0 = *(u8 *)skb[r10 + 0]       ; ! argument
        exit
        """).as("socket_filter").isRejected();
  }

  @Test
  void aLoadGivesAsManyBytes() {
    String program =
        LOOKUP.replace("*(u32 *)(r10 - 4) = 0", "r6 = r1\n*(u32 *)(r10 - 4) = 0") + """
            if r0 == 0 goto out
            r7 = r0
            r0 = *(%s *)skb[0]
            r7 += r0
            r0 = *(u8 *)(r7 + 0)           ; %s
            out:
            r0 = 0
            exit
            """;
    verify(program.formatted("u8", "")).as("socket_filter").with(Maps.hash(256)).isAccepted();
    verify(program.formatted("u16", "! map-value-bounds"))
        .as("socket_filter")
        .with(Maps.hash(256))
        .isRejected();
  }

  @Test
  void outsideThePacketTheProgramEndsWithZero() {
    verify("""
        r6 = r1
        r0 = *(u8 *)skb[0]
        r0 = 1
        exit
        """).as("socket_filter").isAccepted();
  }

  @Test
  void nothingIsHeldWhereTheProgramMayEnd() {
    verify("""
        r6 = r1
        r1 = map_by_idx(0) ll
        r2 = 8
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r7 = r0
        r0 = *(u8 *)skb[0]             ; ! reference
        r1 = r7
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).as("socket_filter").with(Maps.ringBuffer()).isRejected();
  }

  /** In a callee the end of the function is not the end of the program, so that this is no matter of what is held there. */
  @Test
  void noLoadIsInACriticalSection() {
    String program = """
        r7 = r1
        call btf[1]
        %s
        r1 = r7
        call local load
        %s
        r0 = 0
        exit
        load:
        r6 = r1
        r0 = *(u8 *)skb[0]             ; %s
        exit
        """;
    for (String[] pair : new String[][] {
      {"bpf_rcu_read_lock", "bpf_rcu_read_unlock"},
      {"bpf_preempt_disable", "bpf_preempt_enable"},
    }) {
      verify(program.formatted("", "call btf[2]", "! lock"))
          .as("sched_cls")
          .calling(pair)
          .isRejected();
      verify(program.formatted("call btf[2]", "", ""))
          .as("sched_cls")
          .calling(pair)
          .isAccepted();
    }
  }

  @Test
  void noLoadIsUnderALock() {
    String unlock = "r1 = r8\nr1 += 4\ncall spin_unlock";
    String program = "r7 = r1\n" + LOOKUP + """
        if r0 == 0 goto out
        r8 = r0
        r1 = r8
        r1 += 4
        call spin_lock
        %s
        r1 = r7
        call local load
        %s
        out:
        r0 = 0
        exit
        load:
        r6 = r1
        r0 = *(u8 *)skb[0]             ; %s
        exit
        """;
    MapDefinition map = Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4);
    verify(program.formatted("", unlock, "! lock")).as("sched_cls").with(map).isRejected();
    verify(program.formatted(unlock, "", "")).as("sched_cls").with(map).isAccepted();
  }

  @Test
  void aProgramTypeWithoutItHasItNeitherOnAHostWithTheInstructions() {
    verify("r6 = r1\nr0 = *(u8 *)skb[0]     ; ! callable\nr0 = 0\nexit\n")
        .as("xdp")
        .given(o -> o.withGroups(Set.of("base64", "packet")))
        .isRejected();
  }
}
