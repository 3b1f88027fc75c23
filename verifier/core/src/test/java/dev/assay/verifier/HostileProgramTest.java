package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.object.MapDefinition;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that are made to keep a verifier busy are decided all the same. */
@Timeout(60)
class HostileProgramTest {
  @Test
  void pathsThatSplitAgainAndAgainWithoutAJump() {
    // Each copy of a pointer that may be null splits the path in two; there is no merge between
    // them.
    verify((LOOKUP + "r6 = r0\n").repeat(60) + "r0 = 0\nexit\n")
        .with(Maps.hash(8))
        .given(o -> o.withSteps(100_000))
        .verdict();
  }

  @Test
  void pathsThatSplitAgainAndAgainAndAreKeptApart() {
    String program = IntStream.rangeClosed(1, 60)
        .mapToObj(i -> LOOKUP + "r6 = r0\n*(u64 *)(r10 - %d) = r6\n".formatted(8 + 8 * i))
        .collect(Collectors.joining());
    verify(program + "r0 = 0\nexit\n")
        .with(Maps.hash(8))
        .given(o -> o.withSteps(100_000))
        .verdict();
  }

  @Test
  void branchesThatEachDoubleThePaths() {
    String program = "r6 = *(u32 *)(r1 + 12)\n"
        + IntStream.range(0, 500)
            .mapToObj(i -> "r%d = %d\nif r6 & %d goto l%d\nr%d = r10\nl%d:\n"
                .formatted(7 + i % 3, i, i + 1, i, 7 + i % 3, i))
            .collect(Collectors.joining());
    verify(program + "r0 = 0\nexit\n").given(o -> o.withSteps(1_000_000)).verdict();
  }

  @Test
  void calleesThatEachCallTheNextTwice() {
    String program = IntStream.rangeClosed(1, 7)
        .mapToObj(i -> "f%1$d:\nr6 = r1\nr1 += 1\ncall f%2$d\nr1 = r6\nr1 += 2\ncall f%2$d\nexit\n"
            .formatted(i, i + 1))
        .collect(Collectors.joining());
    verify("r1 = 0\ncall f1\nexit\n" + program.replace("call f8", "r0 = r1")).isAccepted();
  }

  @Test
  void stackPointersThatMoveInALoop() {
    verify("""
        r6 = r1
        r7 = r10
        loop:
        r7 += -8
        r1 = *(u32 *)(r6 + 12)
        if r1 != 0 goto loop
        r0 = 0
        exit
        """).isNotAccepted();
  }

  @Test
  void sectionsThatAreEnteredInALoop() {
    verify("""
        r6 = r1
        loop:
        call btf[1]
        r1 = *(u32 *)(r6 + 12)
        if r1 != 0 goto loop
        r0 = 0
        exit
        """).calling("bpf_rcu_read_lock").isNotAccepted();
  }

  @Test
  void loopsInLoopsInLoops() {
    int depth = 60;
    String heads = IntStream.range(0, depth)
        .mapToObj("l%d: r7 += 1\n"::formatted)
        .collect(Collectors.joining());
    String tails = IntStream.range(0, depth)
        .mapToObj(i -> "r1 = *(u32 *)(r6 + 12)\nif r1 == %d goto l%d\n".formatted(i, depth - 1 - i))
        .collect(Collectors.joining());
    verify("r6 = r1\nr7 = 0\n" + heads + tails + "r0 = 0\nexit\n")
        .given(o -> o.withSteps(1_000_000))
        .isNotAccepted();
  }

  @Test
  void aChainOfThousandsOfCallsFromTheLastFunctionToTheFirst() {
    int length = 5000;
    String functions = IntStream.range(0, length)
        .mapToObj(i -> "f%d: %s\nexit\n".formatted(i, i == 0 ? "r0 = 0" : "call f" + (i - 1)))
        .collect(Collectors.joining());
    assertTimeout(
        Duration.ofSeconds(10),
        () -> verify("call f%d ; ! call-depth\nexit\n".formatted(length - 1) + functions)
            .verdict());
  }

  @Test
  void calleesThatAreEnteredInHundredsOfThousandsOfStates() {
    String calls = IntStream.range(0, 8)
        .mapToObj(i -> "r1 = r6\nr1 *= 9\nr1 += %d\ncall f%%d\n".formatted(i))
        .collect(Collectors.joining());
    String functions = IntStream.range(1, 7)
        .mapToObj(i ->
            "f%d: r6 = r1\n".formatted(i) + calls.replace("%d", String.valueOf(i + 1)) + "exit\n")
        .collect(Collectors.joining());
    Verdict verdict =
        verify("r1 = 1\ncall f1\nexit\n" + functions + "f7: r0 = r1\nexit\n").verdict();
    assertEquals(Decision.UNDECIDED, verdict.decision());
    assertTrue(verdict.findings().getFirst().message().contains("abstract steps"));
  }

  /** A state in a loop has counters of all loops around it: a search that did not count them took minutes and a gigabyte for these. */
  @Test
  void loopsNestedByTheThousand() {
    int depth = 3000;
    String heads = IntStream.range(0, depth)
        .mapToObj("l%d: r7 += 1\n"::formatted)
        .collect(Collectors.joining());
    String tails = IntStream.range(0, depth)
        .mapToObj(i -> "r1 = *(u32 *)(r6 + 12)\nif r1 == %d goto l%d\n".formatted(i, depth - 1 - i))
        .collect(Collectors.joining());
    verify("r6 = r1\nr7 = 0\n" + heads + tails + "r0 = 0\nexit\n").isNotAccepted();
  }

  /** The same around code that is left early in each, with an access that is not proved. */
  @Test
  void earlyExitsOutOfLoopsNestedByTheThousand() {
    int depth = 2000;
    String heads = IntStream.range(0, depth)
        .mapToObj(i -> "l%d: r7 += 1\nif r6 & %d goto x%d\n".formatted(i, 1 << i % 31, i))
        .collect(Collectors.joining());
    String tails = IntStream.range(0, depth)
        .map(i -> depth - 1 - i)
        .mapToObj(i -> "if r6 & %d goto l%d\nx%d: r7 += 3\n".formatted(1 << i % 30, i, i))
        .collect(Collectors.joining());
    verify("r6 = *(u32 *)(r1 + 12)\nr8 = *(u32 *)(r1 + 0)\nr7 = 0\n" + heads
            + "r8 += r7\nr0 = *(u8 *)(r8 + 0)\n" + tails + "r0 = 0\nexit\n")
        .isNotAccepted();
  }

  @Test
  void twoChainsThatJumpIntoEachOther() {
    int length = 1000;
    String first = IntStream.range(0, length)
        .mapToObj(i -> "a%d: r7 += 1\nif r6 & %d goto b%d\n".formatted(i, 1 << i % 31, i))
        .collect(Collectors.joining());
    String second = IntStream.range(0, length)
        .map(i -> length - 1 - i)
        .mapToObj(i -> "b%d: r7 += 2\nif r6 & %d goto a%d\n".formatted(i, 1 << i % 29, i))
        .collect(Collectors.joining());
    verify("r6 = *(u32 *)(r1 + 12)\nr7 = 0\n" + first + "goto end\n" + second
            + "end: r0 = 0\nexit\n")
        .verdict();
  }

  @Test
  void tensOfThousandsOfBranches() {
    String program = IntStream.range(0, 65_000)
        .mapToObj(
            i -> "if r6 & %d goto l%d\nr%d = %d\nl%d:\n".formatted(1 << i % 31, i, 7 + i % 3, i, i))
        .collect(Collectors.joining());
    verify("r6 = *(u32 *)(r1 + 12)\nr7 = 0\nr8 = 0\nr9 = 0\n" + program + "r0 = 0\nexit\n")
        .verdict();
  }

  @Test
  void aMapThatIsOneOfThousands() {
    int count = 1000;
    String choices = IntStream.range(1, count)
        .mapToObj(i -> "if r6 != %1$d goto n%1$d\nr1 = map_by_idx(%1$d) ll\nn%1$d:\n".formatted(i))
        .collect(Collectors.joining());
    verify("r6 = *(u32 *)(r1 + 12)\n*(u32 *)(r10 - 4) = 0\nr1 = map_by_idx(0) ll\n" + choices + """
        r2 = r10
        r2 += -4
        call map_lookup_elem
        r0 = 0
        exit
        """)
        .with(
            IntStream.range(0, count).mapToObj(i -> Maps.hash(8 + i)).toArray(MapDefinition[]::new))
        .verdict();
  }

  /** Seven levels of six functions, each of which calls all of the next level with other arguments. */
  @Test
  void functionsThatEachCallAllOfTheNextLevel() {
    StringBuilder program = new StringBuilder("r1 = 0\n");
    for (int level = 0; level <= 7; level++) {
      for (int function = 0; level == 0 ? function < 1 : function < 6; function++) {
        program.append(level == 0 ? "" : "f%d_%d:\n".formatted(level, function));
        program.append("r6 = r1\n");
        for (int callee = 0; level < 7 && callee < 6; callee++) {
          program.append(
              "r1 = r6\nr1 *= 6\nr1 += %d\ncall f%d_%d\n".formatted(callee, level + 1, callee));
        }
        program.append("r0 = r6\nexit\n");
      }
    }
    assertEquals(Decision.UNDECIDED, verify(program.toString()).verdict().decision());
  }

  @Test
  void thousandsOfCallbacks() {
    int count = 2000;
    String calls = IntStream.range(0, count).mapToObj("""
        r1 = 10
        r2 = code_addr(f%d) ll
        r3 = r10
        r3 += -8
        r4 = 0
        call loop
        """::formatted).collect(Collectors.joining());
    String functions =
        IntStream.range(0, count).mapToObj(i -> """
            f%d: r1 = *(u64 *)(r2 + 0)
            r1 += %d
            *(u64 *)(r2 + 0) = r1
            r0 = 0
            exit
            """.formatted(i, i)).collect(Collectors.joining());
    verify("*(u64 *)(r10 - 8) = 0\n" + calls + "r0 = 0\nexit\n" + functions).isAccepted();
  }

  @Test
  void thousandsOfCallsOfOneFunctionAndOfOneEach() {
    int count = 5000;
    String calls = IntStream.range(0, count)
        .mapToObj(i -> "r1 = %1$d\ncall same\nr1 = r0\ncall f%1$d\n".formatted(i))
        .collect(Collectors.joining());
    String functions = IntStream.range(0, count)
        .mapToObj(i -> "f%d: r0 = r1\nr0 += %d\nexit\n".formatted(i, i))
        .collect(Collectors.joining());
    verify(calls + "r0 = 0\nexit\nsame: r0 = r1\nr0 &= 63\nexit\n" + functions).isAccepted();
  }

  @Test
  void aJumpThatGoesNowhere() {
    verify("l: goto l       ; ! termination\n").isNotAccepted();
  }
}
