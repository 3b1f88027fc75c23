package dev.assay.object;

import static dev.assay.object.ElfBuilder.CALL_RELOCATION;
import static dev.assay.object.ElfBuilder.FUNCTION;
import static dev.assay.object.ElfBuilder.GLOBAL;
import static dev.assay.object.ElfBuilder.LOCAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Instruction.CallLocal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which functions are programs, where they end, and how they are put together. */
class FunctionsTest {
  private static final String RETURN_0 = """
      r0 = 0
      exit
      """;

  private static List<String> programs(BpfObject object) {
    assertEquals(List.of(), object.failures());
    return object.programs().stream()
        .map(program -> program.section() + " " + program.function())
        .toList();
  }

  private static String failure(BpfObject object) {
    assertEquals(1, object.failures().size());
    return object.failures().getFirst().message();
  }

  @Test
  void functionsInTextAreProgramsWhereThereAreNoOthers() throws Exception {
    BpfObject object = new ElfBuilder()
        .code(".text", RETURN_0 + RETURN_0)
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 2)
        .symbol("two", LOCAL | FUNCTION, 1, 2, 2)
        .read();
    assertEquals(List.of(".text one", ".text two"), programs(object));
  }

  @Test
  void functionsInTextAreNoProgramsBesideOthers() throws Exception {
    BpfObject object = new ElfBuilder()
        .code(".text", RETURN_0)
        .code("xdp", RETURN_0)
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 2)
        .symbol("two", LOCAL | FUNCTION, 2, 0, 2)
        .read();
    assertEquals(List.of("xdp two"), programs(object));
  }

  @Test
  void localFunctionsThatOthersCallAreNoPrograms() throws Exception {
    BpfObject object = new ElfBuilder()
        .code("xdp", "call local +1\nexit\n" + RETURN_0)
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 2)
        .symbol("two", LOCAL | FUNCTION, 1, 2, 2)
        .read();
    assertEquals(List.of("xdp one"), programs(object));
    assertEquals(
        List.of(new Subprogram("one", 0, 2, false, 0), new Subprogram("two", 2, 2, false, 0)),
        object.programs().getFirst().subprograms());
  }

  @Test
  void aCallMayLeadToCodeThatNoSymbolNames() throws Exception {
    BpfObject object =
        new ElfBuilder().code("xdp", "call local +1\nexit\n" + RETURN_0).read();
    assertEquals(List.of("xdp xdp"), programs(object));
    assertEquals(
        List.of("xdp", "xdp+2"),
        object.programs().getFirst().subprograms().stream()
            .map(Subprogram::name)
            .toList());
  }

  @Test
  void recursionIsLinkedOnce() throws Exception {
    BpfObject object = new ElfBuilder()
        .code("xdp", "call local -1\nexit\n")
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 2)
        .read();
    assertEquals(
        List.of(new CallLocal(-1)),
        object.programs().getFirst().code().instructions().subList(0, 1));
  }

  @Test
  void aCallByRelocationOfAFunctionsSymbolLeadsToIt() throws Exception {
    BpfObject object = new ElfBuilder()
        .code(".text", RETURN_0 + RETURN_0)
        .code("xdp", "call local -1\nexit\n")
        .symbol("callee", GLOBAL | FUNCTION, 1, 2, 2)
        .relocation(2, 0, 1, CALL_RELOCATION)
        .read();
    assertEquals(List.of("xdp xdp"), programs(object));
    assertEquals("callee", object.programs().getFirst().subprograms().get(1).name());
    assertEquals(4, object.programs().getFirst().code().size());
  }

  @Test
  void jumpsOutOfTheFunctionAreRefused() throws Exception {
    BpfObject object = new ElfBuilder()
        .code("xdp", "call local +2\ngoto +1\nexit\n" + RETURN_0)
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 3)
        .symbol("two", LOCAL | FUNCTION, 1, 3, 2)
        .read();
    assertEquals("slot 1 jumps to slot 3, outside its function one", failure(object));
  }

  @Test
  void functionsThatControlRunsOutOfAreRefused() throws Exception {
    BpfObject object = new ElfBuilder()
        .code("xdp", "call local +1\nr0 = 1\n" + RETURN_0)
        .symbol("one", GLOBAL | FUNCTION, 1, 0, 2)
        .symbol("two", LOCAL | FUNCTION, 1, 2, 2)
        .read();
    assertEquals("control runs past the end of function one at slot 1", failure(object));
  }

  @Test
  void callsOutOfTheSectionAreRefused() throws Exception {
    BpfObject object = new ElfBuilder().code("xdp", "call local +9\nexit\n").read();
    assertEquals(
        "slot 0 of xdp in section xdp refers to slot 10 of section xdp, which is outside of it",
        failure(object));
  }

  @Test
  void manyFunctionsThatOverlapDoNotFillTheMemory() throws Exception {
    int slots = 20_000;
    byte[] code = new byte[8 * slots];
    for (int slot = 0; slot < slots; slot++) {
      code[8 * slot] = (byte) (slot == slots - 1 ? 0x95 : 0xb7);
    }
    ElfBuilder builder = new ElfBuilder().code("xdp", code);
    for (int slot = 0; slot < slots; slot++) {
      builder.symbol("f" + slot, GLOBAL | FUNCTION, 1, slot, slots - slot);
    }
    BpfObject object = builder.read();
    assertTrue(
        object.programs().stream().mapToInt(program -> program.code().size()).sum() <= 2_000_000);
    assertEquals(slots, object.programs().size() + object.failures().size());
    assertEquals(
        "the object's programs together have more than 2000000 slots",
        object.failures().getFirst().message());
  }

  @Test
  void longChainsOfCallsAreFollowedWithoutRecursion() throws Exception {
    int functions = 20_000;
    byte[] code = new byte[16 * functions];
    for (int function = 0; function < functions; function++) {
      boolean last = function == functions - 1;
      code[16 * function] = (byte) (last ? 0xb7 : 0x85);
      code[16 * function + 1] = (byte) (last ? 0 : 0x10);
      code[16 * function + 4] = (byte) (last ? 0 : 1);
      code[16 * function + 8] = (byte) 0x95;
    }
    BpfObject object = new ElfBuilder().code("xdp", code).read();
    assertEquals(functions, object.programs().getFirst().subprograms().size());
  }
}
