package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables of groups and instructions may say, and what follows from it. */
class TablesTest {
  private static final InstructionRegistry REGISTRY = TableFixture.REGISTRY;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0x95           | 0x195    | opcode: "0x195" is not a number from 0x00 to 0xff
      Exit           | Leave    | operation: "Leave" is not an operation with its parts, as in dev.assay.isa.Operation
      Exit           | Load     | operation: "Load" is not an operation with its parts, as in dev.assay.isa.Operation
      small          | smal     | groups: "smal" is none of small, big, bigger, old, other
      small          | -        | groups: names no group; there are small, big, bigger, old, other
      permanent      | permnent | status: "permnent" is none of permanent, provisional, historical
      v1             | v9       | mcpu: "v9" is none of v1, v2, v3, v4
      0x00           | some     | imm: "some" is not "any" or a number
      return         | ''       | text: is empty; write "-" for nothing
      """)
  void aWrongCellIsNamedWithItsLineAndWhatIsExpected(String cell, String wrong, String message) {
    String row = TableFixture.EXIT.replaceFirst("(?<=^|\t)" + cell + "(?=\t|\n)", wrong);
    assertEquals("t, line 3, " + message, error(() -> rows("# about\n", row)));
  }

  @Test
  void aWrongRowIsNamedWithItsLine() {
    String lostTab = TableFixture.EXIT.replace("Exit\tsmall", "Exit small");
    assertEquals(
        "t, line 2: 11 cells, separated by tabs, instead of 12 (opcode, dst, src, offset, imm,"
            + " next_imm, operation, groups, status, mcpu, reference, text); the last is"
            + " \"return\"",
        error(() -> rows("", lostTab)));
    assertEquals(
        "t, line 3, operation: another row stands for this, too",
        error(() -> rows("", TableFixture.EXIT + TableFixture.EXIT)));
    assertEquals("t: no line names the columns", error(() -> ConformanceGroups.parse("t", "#\n")));
  }

  @Test
  void aWrongGroupIsNamedWithItsLineAndColumn() {
    String row = "a\t-\tpermanent\trfc9669\tyes\tRFC 1\t-\tall\n";
    assertEquals(
        "t, line 3, name: \"a\" stands in the table twice", error(() -> groups(row + row)));
    assertEquals(
        "t, line 2, includes: \"b\" is none of a", error(() -> groups(row.replaceFirst("-", "b"))));
    assertEquals(
        "t, line 2, origin: \"rfc9668\" is none of extension, rfc9669",
        error(() -> groups(row.replace("9669", "9668"))));
    assertEquals(
        "t, line 2, default: \"maybe\" is none of yes, no",
        error(() -> groups(row.replace("yes", "maybe"))));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      r1 += r2                 | big
      r1 += r2\texit           | small
      r1 += r2\tr1 = r2        | bigger
      r1 *= r2                 | other
      r1 -= r2\tr1 *= r2       | old
      """)
  void ofSeveralGroupsOneSuffices(String program, String groups) {
    assertEquals(Set.of(groups.split(",")), REGISTRY.groups(code(program)));
  }

  @Test
  void groupsStandInTheOrderOfTheirRow() {
    assertEquals(List.of("big", "small"), List.copyOf(REGISTRY.rows().getFirst().groups()));
    assertEquals(List.of("old", "other"), List.copyOf(REGISTRY.rows().get(2).groups()));
  }

  @Test
  void whatTheTablesCallHistoricalIsDeprecated() {
    assertEquals(
        List.of(
            "conformance group old is deprecated by RFC 2, section 3; slot 1 and 1 more use it",
            "the instruction \"call\" of conformance group small is deprecated (status historical);"
                + " slot 2 uses it"),
        REGISTRY.deprecations(code("r1 += r2\tr1 -= r2\tcall 1\tr1 -= r2\texit")));
    assertEquals(List.of(), REGISTRY.deprecations(code("r1 *= r2\texit")));
  }

  @Test
  void theCompilerDoesWithoutWhatItEmitsForLaterProcessorsOnly() {
    assertEquals(Optional.of("v3"), REGISTRY.cpuWithout(Set.of("bigger")));
    assertEquals(Optional.of("v4"), REGISTRY.cpuWithout(Set.of("other")));
    assertEquals(Optional.empty(), REGISTRY.cpuWithout(Set.of("small")));
  }

  private static Code code(String program) {
    return Assembler.assemble(program.replace("\\t", "\n").replace('\t', '\n'));
  }

  private static InstructionRegistry rows(String before, String rows) {
    return InstructionRegistry.parse(
        TableFixture.GROUPS, "t", before + TableFixture.COLUMNS + rows);
  }

  private static ConformanceGroups groups(String rows) {
    return ConformanceGroups.parse("t", TableFixture.GROUP_COLUMNS + rows);
  }

  private static String error(Executable what) {
    return String.valueOf(assertThrows(MalformedRegistryException.class, what).getMessage());
  }
}
