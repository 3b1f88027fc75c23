package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.object.MapDefinition;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way out for every pointer: none is open to programs under the strict policy. The same programs with a number in the pointer's place are accepted, so
 * that nothing else is wrong with them.
 */
class PointerLeakTest {
  private static final MapDefinition[] MAPS = {
    Maps.hash(32),
    Maps.ringBuffer(),
    Maps.ofType("perf_event_array", 4, 4),
    Maps.ofType("sk_storage", 4, 8),
    Maps.ofType("queue", 0, 8),
    Maps.hash(8)
  };

  private static final Set<String> LEAKS =
      Set.of("pointer-leak", "pointer-arithmetic", "comparison", "argument");

  /** r6 = the context, r7 = a value of 32 bytes. */
  private static final String START = "r6 = r1\n" + LOOKUP + """
      if r0 == 0 goto out
      r7 = r0
      """;

  private static final String END = """
      out:
      r0 = 0
      exit
      """;

  /** Each puts something into r8. */
  private static final Map<String, String> POINTERS = new TreeMap<>(Map.of(
      "frame", "r8 = r10\n",
      "frame, moved", "r8 = r10\nr8 += -64\n",
      "context", "r8 = r6\n",
      "map value", "r8 = r7\n",
      "map", "r8 = map_by_idx(0) ll\n",
      "function", "r8 = code_addr(function) ll\n",
      "value or number", """
      r8 = *(u64 *)(r7 + 0)
      if r8 == 7 goto chosen
      r8 = r7
      chosen:
      """,
      "spilled and filled", "*(u64 *)(r10 - 200) = r7\nr8 = *(u64 *)(r10 - 200)\n",
      "through a callee", "r1 = r7\ncall same\nr8 = r0\n"));

  private static final String FUNCTIONS = """
      function:
      r0 = 0
      exit
      same:
      r0 = r1
      exit
      """;

  /** Each lets r8 out; what is in r8 may be a number, too. */
  private static final Map<String, String> WAYS = new TreeMap<>(Map.ofEntries(
      Map.entry("store to a map value", "*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("4 bytes to a map value", "*(u32 *)(r7 + 0) = r8\n"),
      Map.entry("2 bytes to a map value", "*(u16 *)(r7 + 0) = r8\n"),
      Map.entry("1 byte to a map value", "*(u8 *)(r7 + 0) = r8\n"),
      Map.entry("result", "r0 = r8\nr0 >>= 63\nexit\n"),
      Map.entry("result of 32 bits", "w0 = w8\nw0 >>= 31\nexit\n"),
      Map.entry("callback's context", "*(u64 *)(r6 + 48) = r8\n"),
      Map.entry("callback's context, half", "*(u32 *)(r6 + 48) = r8\n"),
      Map.entry("32-bit move, then store", "w9 = w8\n*(u64 *)(r7 + 0) = r9\n"),
      Map.entry("32-bit sum", "w8 += 1\n*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("sign extension", "r9 = (s32)r8\n*(u64 *)(r7 + 0) = r9\n"),
      Map.entry("product", "r8 *= 1\n*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("negation", "r8 = -r8\n*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("swapped", "r8 = be64 r8\n*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("shift", "r8 >>= 12\n*(u64 *)(r7 + 0) = r8\n"),
      Map.entry("right operand", "r9 = 0\nr9 ^= r8\n*(u64 *)(r7 + 0) = r9\n"),
      Map.entry("right operand of a division", "r9 = -1\nr9 /= r8\n*(u64 *)(r7 + 0) = r9\n"),
      Map.entry("amount of a shift", "r9 = 1\nr9 <<= r8\n*(u64 *)(r7 + 0) = r9\n"),
      Map.entry("comparison", "if r8 > 4096 goto out\n*(u64 *)(r7 + 0) = 1\n"),
      Map.entry(
          "comparison with a number", "r9 = 4096\nif r9 > r8 goto out\n*(u64 *)(r7 + 0) = 1\n"),
      Map.entry("comparison of halves", "if w8 s> 0 goto out\n*(u64 *)(r7 + 0) = 1\n"),
      Map.entry("test of bits", "if r8 & 4096 goto out\n*(u64 *)(r7 + 0) = 1\n"),
      Map.entry("equality with an unknown number", """
          r9 = *(u64 *)(r7 + 8)
          if r9 == r8 goto out
          *(u64 *)(r7 + 0) = 1
          """),
      Map.entry("atomic sum", "lock *(u64 *)(r7 + 0) += r8\n"),
      Map.entry("atomic sum of halves", "lock *(u32 *)(r7 + 0) += w8\n"),
      Map.entry("atomic or", "lock *(u64 *)(r7 + 0) |= r8\n"),
      Map.entry("fetched sum", "r8 = atomic_fetch_add((u64 *)(r7 + 0), r8)\n"),
      Map.entry("exchange", "r8 = xchg_64(r7 + 0, r8)\n"),
      Map.entry("compare and exchange, new", "r0 = 0\nr0 = cmpxchg_64(r7 + 0, r0, r8)\n"),
      Map.entry("compare and exchange, old", "r0 = r8\nr9 = 0\nr0 = cmpxchg_64(r7 + 0, r0, r9)\n"),
      Map.entry("atomic sum on the stack, then fetched", """
          *(u64 *)(r10 - 64) = 0
          lock *(u64 *)(r10 - 64) += r8
          r9 = *(u64 *)(r10 - 64)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("fetched from where it was spilled", """
          *(u64 *)(r10 - 64) = r8
          r9 = 0
          r9 = atomic_fetch_add((u64 *)(r10 - 64), r9)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("exchanged with where it was spilled", """
          *(u64 *)(r10 - 64) = r8
          r9 = 0
          r9 = xchg_64(r10 - 64, r9)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("half of where it was spilled", """
          *(u64 *)(r10 - 64) = r8
          w9 = *(u32 *)(r10 - 64)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("byte by byte", """
          *(u64 *)(r10 - 64) = r8
          r9 = *(u8 *)(r10 - 59)
          *(u8 *)(r7 + 0) = r9
          r9 = *(s8 *)(r10 - 60)
          *(u8 *)(r7 + 1) = r9
          """),
      Map.entry("across two spills", """
          *(u64 *)(r10 - 64) = r8
          *(u64 *)(r10 - 56) = r8
          r9 = *(u64 *)(r10 - 60)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("spilled somewhere", """
          *(u64 *)(r10 - 64) = 0
          *(u64 *)(r10 - 56) = 0
          r9 = *(u64 *)(r7 + 8)
          r9 &= 8
          r1 = r10
          r1 += r9
          *(u64 *)(r1 - 64) = r8
          r9 = *(u64 *)(r10 - 56)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("filled from somewhere", """
          *(u64 *)(r10 - 64) = 0
          *(u64 *)(r10 - 56) = r8
          r9 = *(u64 *)(r7 + 8)
          r9 &= 8
          r1 = r10
          r1 += r9
          r9 = *(u64 *)(r1 - 64)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("spilled, partly overwritten", """
          *(u64 *)(r10 - 64) = r8
          *(u32 *)(r10 - 64) = 0
          r9 = *(u64 *)(r10 - 64)
          *(u64 *)(r7 + 0) = r9
          """),
      Map.entry("value of a map update", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(5) ll
          r2 = r10
          r2 += -4
          r3 = r10
          r3 += -64
          r4 = 0
          call map_update_elem
          """),
      Map.entry("end of the value of a map update", """
          *(u64 *)(r10 - 80) = 0
          *(u64 *)(r10 - 72) = r8
          r1 = map_by_idx(5) ll
          r2 = r10
          r2 += -4
          r3 = r10
          r3 += -76
          r4 = 0
          call map_update_elem
          """),
      Map.entry("key of a map update", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(5) ll
          r2 = r10
          r2 += -64
          r3 = r7
          r4 = 0
          call map_update_elem
          """),
      Map.entry("key of a lookup", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(5) ll
          r2 = r10
          r2 += -60
          call map_lookup_elem
          """),
      Map.entry("flags of a map update", """
          r1 = map_by_idx(5) ll
          r2 = r10
          r2 += -4
          r3 = r7
          r4 = r8
          call map_update_elem
          """),
      Map.entry("pushed to a queue", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(4) ll
          r2 = r10
          r2 += -64
          r3 = 0
          call map_push_elem
          """),
      Map.entry("store to a record", """
          r1 = map_by_idx(1) ll
          r2 = 16
          r3 = 0
          call ringbuf_reserve
          if r0 == 0 goto out
          *(u64 *)(r0 + 0) = r8
          r1 = r0
          r2 = 0
          call ringbuf_submit
          """),
      Map.entry("output of a ring buffer", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(1) ll
          r2 = r10
          r2 += -64
          r3 = 8
          r4 = 0
          call ringbuf_output
          """),
      Map.entry("output of a ring buffer, of variable size", """
          *(u64 *)(r10 - 72) = 0
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(1) ll
          r2 = r10
          r2 += -72
          r3 = *(u64 *)(r7 + 0)
          r3 &= 15
          r4 = 0
          call ringbuf_output
          """),
      Map.entry("output of a perf event", """
          *(u64 *)(r10 - 64) = r8
          r1 = r6
          r2 = map_by_idx(2) ll
          r3 = -1
          r4 = r10
          r4 += -64
          r5 = 8
          call perf_event_output
          """),
      Map.entry("stored by a callee", """
          r1 = r8
          r2 = r7
          call store
          """),
      Map.entry("stored by a callee that finds it on the stack", """
          *(u64 *)(r10 - 64) = r8
          r1 = r10
          r1 += -64
          r2 = r7
          call copy
          """),
      Map.entry("stored by a callback", """
          *(u64 *)(r10 - 64) = r8
          *(u64 *)(r10 - 56) = r7
          r1 = 3
          r2 = code_addr(round) ll
          r3 = r10
          r3 += -64
          r4 = 0
          call loop
          """),
      Map.entry("stored by a callback for each value", """
          *(u64 *)(r10 - 64) = r8
          r1 = map_by_idx(5) ll
          r2 = code_addr(each) ll
          r3 = r10
          r3 += -64
          r4 = 0
          call for_each_map_elem
          """),
      Map.entry("result of a callback", """
          *(u64 *)(r10 - 64) = r8
          r1 = 3
          r2 = code_addr(decide) ll
          r3 = r10
          r3 += -64
          r4 = 0
          call loop
          """)));

  private static final String CALLEES = """
      store:
      *(u64 *)(r2 + 0) = r1
      r0 = 0
      exit
      copy:
      r1 = *(u64 *)(r1 + 0)
      *(u64 *)(r2 + 0) = r1
      r0 = 0
      exit
      round:
      r1 = *(u64 *)(r2 + 0)
      r2 = *(u64 *)(r2 + 8)
      *(u64 *)(r2 + 0) = r1
      r0 = 0
      exit
      each:
      r1 = *(u64 *)(r4 + 0)
      *(u64 *)(r3 + 0) = r1
      r0 = 0
      exit
      decide:
      r0 = *(u64 *)(r2 + 0)
      r0 >>= 63
      exit
      """;

  static Stream<Arguments> pointersAndWays() {
    return POINTERS.keySet().stream()
        .flatMap(pointer -> WAYS.keySet().stream().map(way -> Arguments.of(pointer, way)));
  }

  static Stream<String> ways() {
    return WAYS.keySet().stream();
  }

  private static Verification program(String source, String way) {
    return verify(START + source + way + END + FUNCTIONS + CALLEES).with(MAPS);
  }

  @ParameterizedTest
  @MethodSource("pointersAndWays")
  void noPointerGetsOut(String pointer, String way) {
    for (String kind : new String[] {"socket_filter", "cgroup_skb/ingress"}) {
      Verdict verdict = program(POINTERS.get(pointer), WAYS.get(way)).as(kind).verdict();
      assertEquals(Decision.REJECTED, verdict.decision(), kind);
      assertTrue(
          verdict.findings().stream().map(Finding::check).anyMatch(LEAKS::contains),
          verdict.findings()::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aNumberGetsOut(String way) {
    for (String kind : new String[] {"socket_filter", "cgroup_skb/ingress", "sched_cls"}) {
      program("r8 = *(u64 *)(r7 + 0)\n", WAYS.get(way)).as(kind).isAccepted();
    }
  }

  /** What Linux permits to root, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "store to a map value",
        "4 bytes to a map value",
        "1 byte to a map value",
        "32-bit move, then store",
        "half of where it was spilled",
        "byte by byte",
        "across two spills",
        "spilled somewhere",
        "filled from somewhere",
        "spilled, partly overwritten",
        "callback's context",
        "callback's context, half",
        "comparison",
        "comparison with a number",
        "value of a map update",
        "end of the value of a map update",
        "key of a map update",
        "key of a lookup",
        "flags of a map update",
        "pushed to a queue",
        "store to a record",
        "output of a ring buffer",
        "output of a ring buffer, of variable size",
        "output of a perf event",
        "stored by a callee",
        "stored by a callee that finds it on the stack",
        "stored by a callback",
        "stored by a callback for each value",
      })
  void rootMayLetPointersOut(String way) {
    for (String pointer : new String[] {"frame", "context", "map value", "map"}) {
      program(POINTERS.get(pointer), WAYS.get(way)).as("sched_cls").isAccepted();
    }
  }

  @Test
  void thePacketsAddressesDoNotGetOut() {
    for (String load : new String[] {"r8 = *(u32 *)(r6 + 76)", "r8 = *(u32 *)(r6 + 80)"}) {
      for (String way : WAYS.keySet()) {
        // Whether pointers into the packet are above or below its end is no secret.
        Verdict verdict =
            program(load + "\n", WAYS.get(way)).as("cgroup_skb/ingress").verdict();
        assertEquals(Decision.REJECTED, verdict.decision(), way);
      }
    }
  }

  @Test
  void aSocketsAddressDoesNotGetOut() {
    for (String way : WAYS.keySet()) {
      Verdict verdict = program("r8 = *(u64 *)(r6 + 168)\nif r8 == 0 goto out\n", WAYS.get(way))
          .as("cgroup_skb/ingress")
          .verdict();
      assertEquals(Decision.REJECTED, verdict.decision(), way);
    }
  }

  /** The first value of a socket's storage. */
  @Test
  void noPointerGetsIntoASocketsStorage() {
    String program = """
        *(u64 *)(r10 - 8) = %s
        r2 = *(u64 *)(r1 + 168)
        if r2 == 0 goto out
        r1 = r2
        call sk_fullsock
        if r0 == 0 goto out
        r2 = r0
        r1 = map_by_idx(3) ll
        r3 = r10
        r3 += -8
        r4 = 1
        call sk_storage_get             ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted("r10", "! pointer-leak"))
        .as("cgroup_skb/ingress")
        .with(MAPS)
        .isRejected();
    verify(program.formatted("7", "")).as("cgroup_skb/ingress").with(MAPS).isAccepted();
  }

  /** A difference of pointers into one region is a number, and no secret; one of pointers into two regions is. */
  @Test
  void theDistanceWithinARegionIsNoSecret() {
    String program = START + """
        r8 = r7
        r8 += 4
        r8 -= %s                        ; %s
        *(u64 *)(r7 + 0) = r8
        """ + END;
    verify(program.formatted("r10", "! pointer-arithmetic"))
        .as("socket_filter")
        .with(MAPS)
        .isNotAccepted();
    verify(START + """
        r8 = r10
        r8 += -64
        r8 -= r10
        *(u64 *)(r7 + 0) = r8
        """ + END).as("cgroup_skb/ingress").with(MAPS).verdict();
  }

  /** A number that was a pointer on some path stays one through joins and loops. */
  @Test
  void aLoopDoesNotWashAPointer() {
    String program = START + """
        r8 = *(u64 *)(r7 + 0)
        r9 = 0
        again:
        *(u64 *)(r7 + 8) = r8            ; %s
        r8 = %s
        r9 += 1
        if r9 < 5 goto again
        """ + END;
    verify(program.formatted("! pointer-leak", "r7"))
        .as("socket_filter")
        .with(MAPS)
        .isRejected();
    verify(program.formatted("", "r9")).as("socket_filter").with(MAPS).isAccepted();
  }
}
