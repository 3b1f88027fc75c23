package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionRegistryTest {
  private static final InstructionRegistry REGISTRY = InstructionRegistry.standard();
  private static final ConformanceGroups GROUPS = ConformanceGroups.standard();

  @Test
  void everyGroupOfARowIsInTheTableOfGroups() {
    for (RegistryRow row : REGISTRY.rows()) {
      assertFalse(row.groups().isEmpty());
      row.groups().forEach(GROUPS::named);
    }
  }

  @Test
  void everyGroupHasARow() {
    for (ConformanceGroup group : GROUPS.all()) {
      assertTrue(
          REGISTRY.rows().stream().anyMatch(row -> row.groups().contains(group.name())),
          group.name());
    }
  }

  @Test
  void rowsStandInOrderOfTheirOpcodes() {
    List<Integer> opcodes = REGISTRY.rows().stream().map(RegistryRow::opcode).toList();
    assertEquals(opcodes.stream().sorted().toList(), opcodes);
  }

  @Test
  void theLowBitsOfAnOpcodeAreTheClassOfItsOperation() {
    for (RegistryRow row : REGISTRY.rows()) {
      Set<Integer> classes =
          switch (row.operation()) {
            case Operation.Binary binary -> Set.of(binary.width() == Width.W32 ? 4 : 7);
            case Operation.Negate negate -> Set.of(negate.width() == Width.W32 ? 4 : 7);
            case Operation.ByteSwap swap ->
              Set.of(swap.conversion() == ByteOrderConversion.SWAP ? 7 : 4);
            case Operation.ConditionalJump jump -> Set.of(jump.width() == Width.W32 ? 6 : 5);
            case Operation.Jump(boolean wide) -> Set.of(wide ? 6 : 5);
            case Operation.Load _ -> Set.of(1);
            case Operation.Store store ->
              Set.of(store.source() == Operation.Source.IMMEDIATE ? 2 : 3);
            case Operation.Atomic _ -> Set.of(3);
            case Operation.LoadImmediate _, Operation.SecondSlot _ -> Set.of(0);
            case Operation.LoadPacketAbsolute _, Operation.LoadPacketIndirect _ -> Set.of(0);
            case Operation.CallHelper _,
                Operation.CallLocal _,
                Operation.CallBtf _,
                Operation.CallRegister _ -> Set.of(5);
            case Operation.Exit _, Operation.MayGoto _ -> Set.of(5);
            case Operation.AddressSpaceCast _ -> Set.of(7);
          };
      assertTrue(classes.contains(row.opcode() & 7), row::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      r1 += r2 | base64 | v1
      w1 += w2 | base32 | v3
      w1 *= w2 | divmul32 | v3
      r1 s%= 3 | divmul64 | v4
      r1 = *(s8 *)(r2 + 0) | base32 | v4
      if r1 < r2 goto +0 | base64 | v2
      lock *(u32 *)(r1 + 0) += w2 | atomic32 | v1
      r2 = xchg_64(r1 + 0, r2) | atomic64 | v1
      r0 = *(u8 *)skb[0] | packet | v1
      r0 = be32 r0 | base32 | v1
      r0 = be64 r0 | base64 | v1
      callx r1 | callx | v1
      may_goto +0 | may_goto | v1
      r1 = addr_space_cast(r1, 0, 1) | addr_space_cast | v1
      """)
  void anInstructionHasItsGroupsAndItsCompiler(String text, String group, String cpu) {
    Code code = Assembler.assemble(text);
    assertEquals(Set.of(group), REGISTRY.groups(code));
    assertEquals(cpu, REGISTRY.cpu(code));
  }

  @Test
  void codeNeedsTheGroupsOfAllItsInstructions() {
    Code code = Assembler.assemble("w0 /= w1\n r0 += 1\n w0 += 1\n exit");
    assertEquals(List.of("base32", "base64", "divmul32"), List.copyOf(REGISTRY.groups(code)));
    assertEquals("v3", REGISTRY.cpu(code));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      big | small,big
      old,bigger | small,big,bigger,old
      default | small,big,other
      default,-other,old | small,big,old
      all,-small | old,other
      default,-big | small,other
      """)
  void aChoiceOfGroupsBringsWhatTheyInclude(String choice, String chosen) {
    assertEquals(Set.of(chosen.split(",")), TableFixture.GROUPS.select(choice));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      small,big | big
      small,other | small,other
      small,big,other | default
      small,big,other,old | default,old
      small,big,bigger,other | default,bigger
      """)
  void aShortChoiceOfGroupsLeavesOutWhatOthersBring(String names, String choice) {
    assertEquals(choice, TableFixture.GROUPS.choice(Set.of(names.split(","))));
  }

  @Test
  void theDefaultGroupsAreThoseOfTheTableWithWhatTheyInclude() {
    Set<String> expected = new HashSet<>();
    GROUPS.all().stream()
        .filter(ConformanceGroup::isDefault)
        .forEach(group -> expected.addAll(GROUPS.withIncluded(group.name())));
    assertEquals(expected, GROUPS.select("default"));
    assertEquals("default", GROUPS.choice(GROUPS.select("default")));
  }

  @Test
  void noCompilerDoesWithoutMultiplicationOrAtomicAddition() {
    assertEquals(Optional.empty(), REGISTRY.cpuWithout(Set.of("divmul32", "divmul64")));
    assertEquals(Optional.empty(), REGISTRY.cpuWithout(Set.of("atomic32", "atomic64")));
    assertEquals(Optional.of("v2"), REGISTRY.cpuWithout(Set.of("divmul32")));
    assertEquals(Optional.of("v4"), REGISTRY.cpuWithout(Set.of()));
  }

  @Test
  void anUnknownGroupIsNamed() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> GROUPS.select("base64,-base128"));
    assertTrue(
        error.getMessage().startsWith("no conformance group 'base128'; there are base32, base64"));
  }

  @Test
  void theTableHasEveryRowOfTheRfc() throws IOException {
    Path appendix = ReferenceFiles.resolve("reference/isa/instruction-set-opcodes.rst");
    Assumptions.assumeTrue(
        Files.exists(appendix), () -> "skipped without " + appendix.getFileName());
    Map<List<String>, Set<String>> ours = new HashMap<>();
    for (RegistryRow row : REGISTRY.rows()) {
      ours.put(
          List.of(
              field(row.opcode()),
              row.source().toString(),
              row.offset().toString(),
              row.immediate().toString()),
          row.groups());
    }
    Pattern rowPattern = Pattern.compile(" +0x(\\w\\w) +(\\w+) +(\\w+) +(\\w+)  .*  (\\w+) +`.*");
    int rows = 0;
    for (String line : Files.readAllLines(appendix)) {
      Matcher cells = rowPattern.matcher(line);
      if (cells.matches()) {
        rows++;
        boolean btfCall = cells.group(1).equals("85") && cells.group(2).equals("0x2");
        String offset = btfCall ? "any" : decimal(cells.group(3));
        List<String> key =
            List.of(cells.group(1), decimal(cells.group(2)), offset, decimal(cells.group(4)));
        assertEquals(Set.of(cells.group(5)), ours.get(key), line);
      }
    }
    assertEquals(168, rows);
  }

  private static String field(int opcode) {
    return "%02x".formatted(opcode);
  }

  private static String decimal(String cell) {
    return cell.equals("any") ? cell : Integer.toString(Integer.decode(cell));
  }
}
