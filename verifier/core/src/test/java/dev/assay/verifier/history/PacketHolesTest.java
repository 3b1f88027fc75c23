package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes of the packet are there, and until when. */
class PacketHolesTest {
  /** r6 = the context; r2 = the packet, of which 16 bytes are there; both of {@code sched_cls}. */
  private static final String CHECKED = """
      r6 = r1
      r7 = *(u32 *)(r6 + 76)
      r3 = *(u32 *)(r6 + 80)
      r4 = r7
      r4 += 16
      if r4 > r3 goto out
      """;

  /**
   * Linux 4.14, "bpf: fix off by one for range markings with L{T, E} patterns" and "bpf: fix pattern matches for direct packet access": which side of a comparison with
   * the end proves how much was mixed up.
   */
  @ParameterizedTest
  @CsvSource({
    "if r4 > r3 goto out, 7, 8",
    "if r3 < r4 goto out, 7, 8",
    "if r4 >= r3 goto out, 8, 9",
    "if r3 <= r4 goto out, 8, 9",
    "'if r4 < r3 goto in\ngoto out\nin:', 8, 9",
    "'if r4 <= r3 goto in\ngoto out\nin:', 7, 8",
    "'if r3 > r4 goto in\ngoto out\nin:', 8, 9",
    "'if r3 >= r4 goto in\ngoto out\nin:', 7, 8",
  })
  void eachComparisonProvesSoMuch(String test, int last, int beyond) {
    String program = PACKET + """
        r4 = r2
        r4 += 8
        %s
        r0 = *(u8 *)(r2 + %d)            ; %s
        """ + END;
    verify(program.formatted(test, last, "")).isAccepted();
    verify(program.formatted(test, beyond, "! packet-bounds")).isRejected();
  }

  /** Linux 5.11, "bpf: Support for pointers beyond pkt_end": what a comparison says on the branch where the pointer is beyond the end is nothing about bytes. */
  @ParameterizedTest
  @ValueSource(strings = {">", ">=", "==", "!="})
  void beyondTheEndIsNothing(String relation) {
    String program = PACKET + """
        r4 = r2
        r4 += 8
        if r4 %s r3 goto in
        goto out
        in:
        r0 = *(u8 *)(r2 + 0)             ; %s
        """ + END;
    verify(program.formatted(relation, relation.equals("==") ? "" : "! packet-bounds"))
        .verdictMatchesMarks();
    verify(program.formatted("<=", "")).isAccepted();
  }

  /** An offset into the packet that overflows passes the comparison with its end. */
  @Test
  void anOffsetIntoThePacketThatOverflowsPassesNoTest() {
    String program = PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        w5 = *(u32 *)(r2 + 0)
        %s
        r2 += r5
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r0 = *(u64 *)(r2 + 0)           ; %s
        """ + END;
    verify(program.formatted("r5 <<= 32", "! packet-bounds")).isRejected();
    verify(program.formatted("r5 &= 0xffff", "")).isAccepted();
  }

  /**
   * PREVAIL 1125 (and 0.2.0): functions that move the packet were not known to, so that old pointers into it stayed good.
   */
  @ParameterizedTest
  @CsvSource({
    "skb_pull_data, sched_cls",
    "skb_change_head, sched_cls",
    "skb_change_tail, sched_cls",
    "skb_change_proto, sched_cls",
    "skb_adjust_room, sched_cls",
    "skb_vlan_push, sched_cls",
    "skb_vlan_pop, sched_cls",
    "clone_redirect, sched_cls",
    "l3_csum_replace, sched_cls",
    "l4_csum_replace, sched_cls",
    "skb_store_bytes, sched_cls",
    "lwt_push_encap, lwt_in",
    "lwt_seg6_store_bytes, lwt_seg6local",
    "lwt_seg6_adjust_srh, lwt_seg6local",
    "lwt_seg6_action, lwt_seg6local",
    "get_hash_recalc, sched_cls",
    "skb_load_bytes, lwt_in",
  })
  void whatMovesThePacketEndsThePointersIntoIt(String function, String kind) {
    boolean moves = !function.equals("get_hash_recalc") && !function.equals("skb_load_bytes");
    verify(CHECKED + """
        r1 = r6
        r2 = 0
        r3 = 0
        r4 = 0
        r5 = 0
        %s
        call %s
        r0 = *(u8 *)(r7 + 0)            ; %s
        """.formatted(memoryOf(function), function, moves ? "! pointer" : "") + END)
        .as(kind)
        .verdictMatchesMarks();
  }

  /** Eight bytes of the stack for the functions that take memory, as their third and fourth argument. */
  private static String memoryOf(String function) {
    return switch (function) {
      case "skb_store_bytes",
          "skb_load_bytes",
          "lwt_push_encap",
          "lwt_seg6_action",
          "lwt_seg6_store_bytes" -> """
              *(u64 *)(r10 - 8) = 0
              r3 = r10
              r3 += -8
              r4 = 8
              """;
      default -> "";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp_adjust_head", "xdp_adjust_tail", "xdp_adjust_meta"})
  void whatMovesThePacketOfXdpEndsThePointersIntoIt(String function) {
    String program = PACKET + """
        r6 = r1
        r7 = r2
        r4 = r2
        r4 += 16
        if r4 > r3 goto out
        r1 = r6
        r2 = 0
        %s
        %s
        r0 = *(u8 *)(r7 + 0)            ; %s
        """ + END;
    verify(program.formatted("call " + function, "", "! pointer")).isRejected();
    // Fetched and tested again it is good.
    verify(program.formatted("call " + function, """
        r7 = *(u32 *)(r6 + 0)
        r3 = *(u32 *)(r6 + 4)
        r4 = r7
        r4 += 16
        if r4 > r3 goto out
        """, "")).isAccepted();
    verify(program.formatted("", "", "")).isAccepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"msg_pull_data", "msg_push_data", "msg_pop_data"})
  void whatMovesAMessageEndsThePointersIntoIt(String function) {
    String program = """
        r6 = r1
        r7 = *(u64 *)(r6 + 0)
        r3 = *(u64 *)(r6 + 8)
        r4 = r7
        r4 += 16
        if r4 > r3 goto out
        r1 = r6
        r2 = 0
        r3 = 0
        r4 = 0
        %s
        r0 = *(u8 *)(r7 + 0)            ; %s
        """ + END.replace("r0 = 0", "r0 = 1");
    verify(program.formatted("call " + function, "! pointer")).as("sk_msg").isRejected();
    verify(program.formatted("", "")).as("sk_msg").isAccepted();
  }

  /**
   * CVE-2024-58098 (Linux before 6.13, "bpf: track changes_pkt_data property for global functions"): a function of the program that moves the packet left the pointers of its
   * caller as they were.
   */
  @Test
  void aFunctionThatMovesThePacketEndsThePointersOfItsCallers() {
    String program = CHECKED + """
        r1 = r6
        call outer
        r0 = *(u8 *)(r7 + 0)            ; %s
        out:
        r0 = 0
        exit
        outer:
        call inner
        exit
        inner:
        r2 = *(u32 *)(r1 + 0)
        r0 = 0
        if r2 == 7 goto none
        r2 = 0
        %s
        none:
        exit
        """;
    verify(program.formatted("! pointer", "call skb_pull_data")).as("sched_cls").isRejected();
    verify(program.formatted("", "call get_hash_recalc")).as("sched_cls").isAccepted();
  }

  /**
   * CVE-2024-58237 (Linux before 6.13, "bpf: consider that tail calls invalidate packet pointers"): a function that tail-calls returns from another program, which may have moved the
   * packet.
   */
  @Test
  void aFunctionThatTailCallsEndsThePointersOfItsCallers() {
    String program = CHECKED + """
        r1 = r6
        call callee
        r0 = *(u8 *)(r7 + 0)            ; %s
        out:
        r0 = 0
        exit
        callee:
        r2 = map_by_idx(0) ll
        r3 = 0
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted("! pointer", "call tail_call"))
        .as("sched_cls")
        .with(Maps.programs())
        .isRejected();
    verify(program.formatted("", "r0 = 1"))
        .as("sched_cls")
        .with(Maps.programs())
        .isAccepted();
  }

  /** A callback that moves the packet ends the pointers of the function that had it called (Linux 6.13, selftests of "changes_pkt_data"). */
  @Test
  void aCallbackThatMovesThePacketEndsThePointersOfItsCaller() {
    String program = CHECKED + """
        *(u64 *)(r10 - 8) = r6
        r1 = 1
        r2 = code_addr(round) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        r0 = *(u8 *)(r7 + 0)            ; %s
        out:
        r0 = 0
        exit
        round:
        r1 = *(u64 *)(r2 + 0)
        r2 = 0
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted("! pointer", "call skb_pull_data")).as("sched_cls").isRejected();
    verify(program.formatted("", "call get_hash_recalc")).as("sched_cls").isAccepted();
  }

  /** A pointer into the packet that lies on the stack is as old as one in a register (Linux 4.12, "bpf: reset id on spilled regs in clear_all_pkt_pointers"). */
  @Test
  void aPointerOnTheStackEndsWithThePacket() {
    String program = CHECKED + """
        *(u64 *)(r10 - 16) = r7
        r1 = r6
        r2 = 0
        %s
        r7 = *(u64 *)(r10 - 16)
        r0 = *(u8 *)(r7 + 0)            ; %s
        """ + END;
    verify(program.formatted("call skb_pull_data", "! pointer")).as("sched_cls").isRejected();
    verify(program.formatted("", "")).as("sched_cls").isAccepted();
  }

  /** PREVAIL 1100: of a key or a value in the packet one byte too few was demanded. */
  @ParameterizedTest
  @CsvSource({"16, 8, 0", "15, 8, 0", "16, 9, 0", "16, 0, 12", "16, 0, 13"})
  void aKeyAndAValueInThePacketAreThereAsAWhole(int checked, int value, int key) {
    boolean safe = value + 8 <= checked && key + 4 <= checked;
    verify(PACKET + """
        r4 = r2
        r4 += %d
        if r4 > r3 goto out
        r1 = map_by_idx(0) ll
        r3 = r2
        r3 += %d
        r2 += %d
        r4 = 0
        call map_update_elem        ; %s
        """.formatted(checked, value, key, safe ? "" : "! packet-bounds") + END)
        .with(Maps.hash(8))
        .verdictMatchesMarks();
  }

  /** PREVAIL 959: a context without a packet was given one, so that numbers in it were pointers. */
  @Test
  void notEveryContextHasAPacket() {
    String program = """
        r2 = *(u%1$d *)(r1 + %2$d)
        r3 = *(u%1$d *)(r1 + %3$d)
        r4 = r2
        r4 += 1
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)            ; %4$s
        """ + END;
    verify(program.formatted(32, 0, 4, "")).as("xdp").isAccepted();
    verify(program.formatted(64, 0, 8, "! pointer")).as("kprobe").isRejected();
    verify(program.formatted(64, 0, 8, "! pointer")).as("perf_event").isRejected();
  }

  /** PREVAIL 0.2.4: a store to the context was none, so that what it overwrote was still the packet's start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*(u32 *)(r1 + 76) = 0",
        "*(u32 *)(r1 + 76) = r2",
        "*(u32 *)(r1 + 80) = 0",
        "*(u64 *)(r1 + 76) = r2",
        "*(u8 *)(r1 + 79) = r2",
        "lock *(u32 *)(r1 + 76) += w2",
        "w2 = xchg32_32(r1 + 76, w2)",
      })
  void theStartOfThePacketIsNotOverwritten(String store) {
    verify("r2 = 0\n" + store.replace("w2 = xchg32_32(r1 + 76, w2)", "w2 = xchg32_32(r1 + 76, w2)")
            + "\nr0 = 0\nexit\n")
        .as("sched_cls")
        .isNotAccepted();
    verify("r2 = 0\n*(u32 *)(r1 + 8) = r2\nr0 = 0\nexit\n").as("sched_cls").isAccepted();
  }
}
