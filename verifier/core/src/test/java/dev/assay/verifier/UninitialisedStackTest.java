package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import dev.assay.object.MapDefinition;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stack held before does not reach functions: for every way to hand 16 bytes of it on, and every way to have written less than them. */
class UninitialisedStackTest {
  private static final MapDefinition[] MAPS = {
    Maps.hash(16),
    Maps.ringBuffer(),
    Maps.ofType("perf_event_array", 4, 4),
    Maps.ofType("hash", 16, 8),
    Maps.ofType("queue", 0, 16),
    Maps.ofType("bloom_filter", 0, 16),
  };

  /** r6 = the context, r7 = a value of 16 bytes, r8 = 16 bytes of the stack, which are called the buffer. */
  private static final String START = "r6 = r1\n" + LOOKUP + """
      if r0 == 0 goto out
      r7 = r0
      r8 = r10
      r8 += -48
      """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Each hands the buffer to a function that reads it; the function's name ends the line with the mark. */
  private static final Map<String, String> USES = new TreeMap<>(Map.ofEntries(
      Map.entry("value of an update", """
          r1 = map_by_idx(0) ll
          r2 = r10
          r2 += -4
          r3 = r8
          r4 = 0
          call map_update_elem            ; %s
          """),
      Map.entry("key of an update", """
          r1 = map_by_idx(3) ll
          r2 = r8
          r3 = r7
          r4 = 0
          call map_update_elem            ; %s
          """),
      Map.entry("key of a lookup", """
          r1 = map_by_idx(3) ll
          r2 = r8
          call map_lookup_elem            ; %s
          """),
      Map.entry("key of a deletion", """
          r1 = map_by_idx(3) ll
          r2 = r8
          call map_delete_elem            ; %s
          """),
      Map.entry("pushed to a queue", """
          r1 = map_by_idx(4) ll
          r2 = r8
          r3 = 0
          call map_push_elem              ; %s
          """),
      Map.entry("pushed to a filter", """
          r1 = map_by_idx(5) ll
          r2 = r8
          r3 = 0
          call map_push_elem              ; %s
          """),
      Map.entry("peeked in a filter", """
          r1 = map_by_idx(5) ll
          r2 = r8
          call map_peek_elem              ; %s
          """),
      Map.entry("output of a ring buffer", """
          r1 = map_by_idx(1) ll
          r2 = r8
          r3 = 16
          r4 = 0
          call ringbuf_output             ; %s
          """),
      Map.entry("output of a ring buffer, of variable size", """
          r1 = map_by_idx(1) ll
          r2 = r8
          r3 = *(u64 *)(r7 + 0)
          r3 &= 15
          r3 += 1
          r4 = 0
          call ringbuf_output             ; %s
          """),
      Map.entry("output of a perf event", """
          r1 = r6
          r2 = map_by_idx(2) ll
          r3 = -1
          r4 = r8
          r5 = 16
          call perf_event_output          ; %s
          """),
      Map.entry("by a callee", """
          r1 = r8
          call hand_on
          """)));

  private static final String CALLEES = """
      hand_on:
      r2 = r1
      r1 = map_by_idx(1) ll
      r3 = 16
      r4 = 0
      call ringbuf_output              ; %s
      r0 = 0
      exit
      dirty:
      *(u64 *)(r10 - 48) = 1
      *(u64 *)(r10 - 40) = 1
      r0 = 0
      exit
      fill_half:
      *(u64 *)(r1 + 0) = 1
      r0 = 0
      exit
      fill:
      *(u64 *)(r1 + 0) = 1
      *(u64 *)(r1 + 8) = 1
      r0 = 0
      exit
      round:
      *(u64 *)(r2 + 0) = 1
      *(u64 *)(r2 + 8) = 1
      r0 = 0
      exit
      """;

  /** Each writes less than the buffer, on some path. */
  private static final Map<String, String> GAPS = new TreeMap<>(Map.ofEntries(
      Map.entry("nothing", ""),
      Map.entry("the first half", "*(u64 *)(r10 - 48) = 1\n"),
      Map.entry("the second half", "*(u64 *)(r10 - 40) = 1\n"),
      Map.entry("all but the last byte", """
          *(u64 *)(r10 - 48) = 1
          *(u32 *)(r10 - 40) = 1
          *(u16 *)(r10 - 36) = 1
          *(u8 *)(r10 - 34) = 1
          """),
      Map.entry("all but the first byte", """
          *(u8 *)(r10 - 47) = 1
          *(u16 *)(r10 - 46) = 1
          *(u32 *)(r10 - 44) = 1
          *(u64 *)(r10 - 40) = 1
          """),
      Map.entry("all but padding", """
          *(u8 *)(r10 - 48) = 1
          *(u32 *)(r10 - 44) = 1
          *(u64 *)(r10 - 40) = 1
          """),
      Map.entry("beside it", "*(u64 *)(r10 - 56) = 1\n*(u64 *)(r10 - 32) = 1\n"),
      Map.entry("all on one path", """
          r1 = *(u64 *)(r7 + 0)
          *(u64 *)(r10 - 48) = 1
          if r1 == 7 goto ready
          *(u64 *)(r10 - 40) = 1
          ready:
          """),
      Map.entry("halves on different paths", """
          r1 = *(u64 *)(r7 + 0)
          if r1 == 7 goto other
          *(u64 *)(r10 - 48) = 1
          goto ready
          other:
          *(u64 *)(r10 - 40) = 1
          ready:
          """),
      Map.entry("somewhere in it", """
          r1 = *(u64 *)(r7 + 0)
          r1 &= 8
          r2 = r10
          r2 += r1
          *(u64 *)(r2 - 48) = 1
          *(u64 *)(r2 - 48) = 2
          """),
      Map.entry("a callee writes its own frame", "call dirty\n"),
      Map.entry("a callee writes half", "r1 = r8\ncall fill_half\n"),
      Map.entry("a callback that may not run", """
          r1 = *(u32 *)(r7 + 0)
          r2 = code_addr(round) ll
          r3 = r8
          r4 = 0
          call loop
          """),
      Map.entry("a function fills less", """
          r1 = r8
          r2 = 15
          call get_current_comm
          """),
      Map.entry("a function fills as much as a variable says", """
          r2 = *(u64 *)(r7 + 0)
          r2 &= 15
          r2 += 1
          r1 = r8
          call get_current_comm
          """),
      Map.entry("a loop that may stop early", """
          r1 = *(u64 *)(r7 + 0)
          r1 &= 1
          r1 += 1
          r2 = r8
          next:
          *(u64 *)(r2 + 0) = 1
          r2 += 8
          r1 += -1
          if r1 != 0 goto next
          """)));

  /** Each writes all of the buffer. */
  private static final Map<String, String> FILLS = new TreeMap<>(Map.of(
      "both halves", "*(u64 *)(r10 - 48) = 1\n*(u64 *)(r10 - 40) = 1\n",
      "through a pointer", "*(u64 *)(r8 + 0) = r7\n*(u64 *)(r8 + 0) = 1\n*(u64 *)(r8 + 8) = 1\n",
      "by a callee", "r1 = r8\ncall fill\n",
      "by a function", "r1 = r8\nr2 = 16\ncall get_current_comm\n"));

  static Stream<Arguments> usesAndGaps() {
    return USES.keySet().stream()
        .flatMap(use -> GAPS.keySet().stream().map(gap -> Arguments.of(use, gap)));
  }

  static Stream<Arguments> usesAndFills() {
    return USES.keySet().stream()
        .flatMap(use -> FILLS.keySet().stream().map(fill -> Arguments.of(use, fill)));
  }

  private static Verification program(String writes, String use, String mark) {
    boolean callee = use.contains("hand_on");
    return verify(START
            + writes
            + use.formatted(callee ? "" : mark)
            + END
            + CALLEES.formatted(callee ? mark : ""))
        .with(MAPS)
        .as("cgroup_skb/ingress");
  }

  @ParameterizedTest
  @MethodSource("usesAndGaps")
  void whatWasNotWrittenIsNotHandedOn(String use, String gap) {
    String mark = "! stack-initialised";
    program(GAPS.get(gap), USES.get(use), mark).strict().isRejected();
    program(GAPS.get(gap), USES.get(use), mark).privileged().isRejected();
  }

  @ParameterizedTest
  @MethodSource("usesAndFills")
  void whatWasWrittenIsHandedOn(String use, String fill) {
    program(FILLS.get(fill), USES.get(use), "").strict().isAccepted();
    program(FILLS.get(fill), USES.get(use), "").privileged().isAccepted();
  }

  /** Where an option permits it, root may hand on what the stack holds; other programs may not. */
  @ParameterizedTest
  @MethodSource("usesAndGaps")
  void theOptionPermitsItToRoot(String use, String gap) {
    program(GAPS.get(gap), USES.get(use), "")
        .privileged()
        .given(options -> options.withUninitialisedStack(true))
        .isAccepted();
    program(GAPS.get(gap), USES.get(use), "! stack-initialised")
        .strict()
        .given(options -> options.withUninitialisedStack(true))
        .isRejected();
  }

  /** Each call has a frame of its own, even where it lies in the place of another. */
  @Test
  void theFrameOfACallIsNotThatOfTheCallBefore() {
    String program = """
        r6 = r1
        call %s
        call second
        r0 = 0
        exit
        first:
        *(u64 *)(r10 - 48) = 1
        *(u64 *)(r10 - 40) = 1
        r0 = 0
        exit
        second:
        r2 = r10
        r2 += -48
        r1 = map_by_idx(1) ll
        r3 = 16
        r4 = 0
        %s
        call ringbuf_output             ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("first", "", "! stack-initialised")).with(MAPS).isRejected();
    verify(program.formatted("first", "*(u64 *)(r10 - 48) = 1\n*(u64 *)(r10 - 40) = 1", ""))
        .with(MAPS)
        .isAccepted();
  }
}
