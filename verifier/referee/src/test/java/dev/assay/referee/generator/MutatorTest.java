package dev.assay.referee.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MutatorTest {
  private static final String TEXT = """
      r1 = 8
      r2 = 16
      if r1 > 7 goto out
      *(u32 *)(r10 - 8) = 5
      r3 = *(u32 *)(r10 - 8)
      out:
      r0 = 0
      exit
      """;
  private static final Code CODE = assemble(TEXT);
  private static final Set<String> MUTANTS = IntStream.range(0, 3000)
      .mapToObj(seed -> Mutator.mutate(CODE, seed).toString())
      .collect(Collectors.toSet());

  private static Code assemble(String text) {
    return Assembler.assemble(text, name -> OptionalInt.empty());
  }

  /** Each replacement of a part of the text is among the results. */
  private static void assertMadeOf(String... lines) {
    for (String changed : lines) {
      String[] parts = changed.split(" -> ", -1);
      String expected = assemble(TEXT.replace(parts[0], parts[1])).toString();
      assertTrue(MUTANTS.contains(expected), changed);
    }
  }

  @Test
  void oneConstantChanges() {
    assertMadeOf("r1 = 8 -> r1 = 9", "r1 = 8 -> r1 = 7", "r2 = 16 -> r2 = 32", "r1 > 7 -> r1 > 6");
  }

  @Test
  void aComparisonChangesItsSignOrItsEquality() {
    assertMadeOf("r1 > 7 -> r1 s> 7", "r1 > 7 -> r1 >= 7");
  }

  @Test
  void aWidthChanges() {
    assertMadeOf("r1 > 7 -> w1 > 7", "r1 = 8 -> w1 = 8");
  }

  @Test
  void anotherRegisterIsUsed() {
    assertMadeOf("r1 > 7 -> r2 > 7", "r2 = 16 -> r3 = 16");
  }

  @Test
  void anAccessMovesOrChangesItsSize() {
    assertMadeOf(
        "r3 = *(u32 *)(r10 - 8) -> r3 = *(u32 *)(r10 - 7)",
        "r3 = *(u32 *)(r10 - 8) -> r3 = *(u32 *)(r10 - 4)",
        "r3 = *(u32 *)(r10 - 8) -> r3 = *(u64 *)(r10 - 8)",
        "*(u32 *)(r10 - 8) = 5 -> *(u8 *)(r10 - 8) = 5");
  }

  @Test
  void aCheckIsLeftOut() {
    assertMadeOf("if r1 > 7 goto out\n -> ");
  }

  @Test
  void instructionsChangePlaces() {
    assertMadeOf("r1 = 8\nr2 = 16 -> r2 = 16\nr1 = 8");
  }

  @Test
  void aJumpLeadsElsewhere() {
    assertMadeOf("out:\nr0 = 0 -> r0 = 0\nout:");
  }

  @Test
  void aStoreIsDoneOnceMore() {
    assertMadeOf("r1 = 8 -> r1 = 8\n*(u32 *)(r10 - 8) = 5");
  }

  @Test
  void aSeedAlwaysGivesTheSameChange() {
    for (long seed = 0; seed < 100; seed++) {
      assertEquals(Mutator.mutate(CODE, seed), Mutator.mutate(CODE, seed));
    }
  }

  @Test
  void generatedProgramsChange() {
    Set<Long> same = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      Code code = ProgramGenerator.written(seed).code();
      if (Mutator.mutate(code, seed).equals(code)) {
        same.add(seed);
      }
    }
    // Two changes may undo each other.
    assertTrue(same.size() < 10, same.toString());
  }
}
