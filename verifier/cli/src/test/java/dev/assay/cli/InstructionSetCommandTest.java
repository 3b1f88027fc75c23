package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.isa.InstructionRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionSetCommandTest {
  private static List<String> lines(String... arguments) {
    Invocation call = Invocation.of(arguments);
    assertEquals(0, call.status(), call.err());
    return call.out().lines().toList();
  }

  @Test
  void everyRowOfTheRegistryIsALine() {
    assertEquals(InstructionRegistry.standard().rows().size() + 1, lines("isa").size());
  }

  @Test
  void aLineSaysHowAnInstructionIsEncodedAndWhatItDoes() {
    String line = lines("isa", "--group", "divmul64").stream()
        .filter(text -> text.contains("dst s/ src"))
        .findFirst()
        .orElseThrow();
    assertEquals(
        "0x3f any 1 0 divmul64 permanent v4 4.1 dst = src != 0 ? dst s/ src : 0",
        line.strip().replaceAll(" +", " "));
  }

  @Test
  void groupsAndCompilersNarrowTheTable() {
    assertEquals(1 + 6, lines("isa", "--group", "packet").size());
    assertEquals(1 + 6 + 2, lines("isa", "--group", "packet,callx").size());
    List<String> first = lines("isa", "--cpu", "v1");
    assertFalse(first.stream().anyMatch(line -> line.contains("gotol")));
    assertTrue(lines("isa", "--cpu", "v4").stream().anyMatch(line -> line.contains("gotol")));
    assertTrue(first.size() < lines("isa", "--cpu", "v2").size());
  }

  @Test
  void coverageHasALineForEachGroup() {
    List<String> lines = lines("isa", "--coverage");
    List<String> names =
        ConformanceGroups.standard().all().stream().map(ConformanceGroup::name).toList();
    assertEquals(
        names, lines.stream().skip(1).map(line -> line.strip().split(" ")[0]).toList());
    assertEquals(1 + 1, lines("isa", "--coverage", "--group", "callx").size());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --group=base46   | did you mean "base64"?
      --cpu=v5         | --cpu: "v5" is none of v1, v2, v3, v4
      --coverage --cpu=v1 | --cpu: goes with the list of instructions, not with --coverage
      --coverage --markdown --group=callx | --group: does not go with --markdown
      --markdown       | --markdown: goes with --coverage only
      """)
  void badUsageIsNamed(String option, String message) {
    Invocation call = Invocation.of(("isa " + option).split(" "));
    assertEquals(2, call.status());
    assertTrue(call.err().contains(message), call.err());
    assertTrue(call.isTidy());
  }
}
