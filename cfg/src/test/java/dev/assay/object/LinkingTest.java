package dev.assay.object;

import static dev.assay.object.TestObjects.map;
import static dev.assay.object.TestObjects.program;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.WideImmediate.MapByIndex;
import dev.assay.isa.WideImmediate.MapValueByIndex;
import dev.assay.isa.WideImmediate.VariableAddress;
import dev.assay.object.DataSection.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkingTest {

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void functionsOutsideTextAreTheProgramsInOrder(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(List.of(), object.failures());
    assertEquals(
        List.of("xdp first", "xdp second", "tc third"),
        object.programs().stream()
            .map(program -> program.section() + " " + program.function())
            .toList());
    assertEquals("Apache-2.0", object.license());
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void onlyReachedFunctionsAreAppended(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(
        List.of("first", "global_function", "local_function"), functions(program(object, "first")));
    assertEquals(
        List.of("second", "callback", "local_function"), functions(program(object, "second")));
    assertEquals(List.of("third"), functions(program(object, "third")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void callsLeadToTheFunctionThatTheyName(String file) throws Exception {
    BpfProgram first = program(TestObjects.read(file), "first");
    assertEquals(List.of("global_function", "local_function"), targets(first, CallLocal.class));
    BpfProgram second = program(TestObjects.read(file), "second");
    assertEquals(List.of("local_function"), targets(second, CallLocal.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void aCallbacksAddressIsACodeAddress(String file) throws Exception {
    BpfProgram second = program(TestObjects.read(file), "second");
    List<Integer> targets = new ArrayList<>();
    forEach(second.code(), (slot, instruction) -> {
      if (instruction instanceof LoadImmediate load && load.immediate() instanceof CodeAddress) {
        targets.add(CodeStructure.target(instruction, slot).orElseThrow());
      }
    });
    assertEquals(List.of(second.subprograms().get(1).firstSlot()), targets);
  }

  @Test
  void subprogramsKnowTheirTypeAndLinkage() throws Exception {
    BpfObject object = TestObjects.read("links.o");
    List<Subprogram> subprograms = program(object, "first").subprograms();
    assertTrue(subprograms.get(1).global());
    assertFalse(subprograms.get(2).global());
    for (Subprogram subprogram : subprograms) {
      assertEquals(subprogram.name(), object.btf().orElseThrow().name(subprogram.btfFunction()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void variablesAreOffsetsInTheMapOfTheirSection(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(
        List.of(
            ".bss+4", ".rodata+4", ".rodata+0", ".data.named+0", ".bss+0", ".data+0", ".data+4"),
        valueReferences(object, program(object, "first")));
    assertEquals(
        List.of(".rodata.str1.1+0", ".data+0", ".data+4"),
        valueReferences(object, program(object, "second")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void variablesHaveNameOffsetAndSize(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(
        List.of(new Variable("configured", 0, 4, true), new Variable("constants", 4, 16, false)),
        map(object, ".rodata").data().orElseThrow().variables());
    assertEquals(
        List.of(new Variable("counted", 0, 4, false), new Variable("hidden", 4, 4, false)),
        map(object, ".data").data().orElseThrow().variables());
    assertEquals(
        List.of(new Variable("zeroed", 0, 4, false), new Variable("first.calls", 4, 4, false)),
        map(object, ".bss").data().orElseThrow().variables());
  }

  @Test
  void dataHasItsInitialBytesAndKnowsWhetherItMayBeWritten() throws Exception {
    BpfObject object = TestObjects.read("links.o");
    DataSection text = map(object, ".rodata.str1.1").data().orElseThrow();
    assertEquals(Bytes.copyOf(new byte[] {'s', 'u', 'm', 0}), text.contents());
    assertTrue(text.readOnly());
    assertTrue(map(object, ".rodata").data().orElseThrow().readOnly());
    assertFalse(map(object, ".data").data().orElseThrow().readOnly());
    assertEquals(
        Bytes.copyOf(new byte[] {7, 0, 0, 0, 9, 0, 0, 0}),
        map(object, ".data").data().orElseThrow().contents());
    assertEquals(8, map(object, ".bss").valueSize());
    assertEquals(0, map(object, ".bss").data().orElseThrow().contents().at(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void whatTheObjectDoesNotDefineIsExternal(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    BpfProgram third = program(object, "third");
    List<String> calledAndLoaded = new ArrayList<>();
    forEach(third.code(), (slot, instruction) -> {
      ExternalSymbol external = third.externals().get(slot);
      if (external != null) {
        assertEquals(
            external.function(),
            instruction instanceof CallBtf(int id, short module) && id == 0 && module == 0);
        assertEquals(!external.function(), instruction.equals(loadOfVariable(instruction)));
        assertEquals(external.name().equals("typeless"), external.weak());
        assertEquals(external.name(), object.btf().orElseThrow().name(external.btfType()));
        calledAndLoaded.add(external.name());
      }
    });
    assertEquals(List.of("typed", "kernel_function", "typeless"), calledAndLoaded);
  }

  private static Instruction loadOfVariable(Instruction instruction) {
    return instruction instanceof LoadImmediate load
        ? new LoadImmediate(load.destination(), new VariableAddress(0))
        : new Instruction.Exit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void valuesOfTheConfigurationLieInAMapByAlignment(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    DataSection configuration = map(object, ".kconfig").data().orElseThrow();
    assertTrue(configuration.readOnly());
    assertEquals(
        List.of(
            new Variable("LINUX_KERNEL_VERSION", 0, 8, true),
            new Variable("CONFIG_HZ", 8, 4, true)),
        configuration.variables());
    assertEquals(
        List.of(".kconfig+8", ".kconfig+0"), valueReferences(object, program(object, "third")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"links.o", "links.eb.o"})
  void instructionsKnowTheirLineOfC(String file) throws Exception {
    BpfProgram first = program(TestObjects.read(file), "first");
    SourceLine line = first.sourceAt(first.subprograms().get(2).firstSlot()).orElseThrow();
    assertEquals("  return x * counted + hidden;", line.text());
    assertTrue(line.file().endsWith("links.c"), line.file());
    assertEquals(24, line.line());
  }

  @Test
  void linesDoNotRunIntoFunctionsWithoutThem() throws Exception {
    BpfProgram first = program(TestObjects.read("links.o"), "first");
    BpfProgram cut = new BpfProgram(
        first.section(),
        first.function(),
        first.code(),
        first.subprograms(),
        Map.of(),
        Map.of(),
        first.sourceLines().headMap(first.subprograms().get(1).firstSlot(), false));
    assertTrue(cut.sourceAt(0).isPresent());
    assertTrue(cut.sourceAt(first.subprograms().get(2).firstSlot()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy.o", "legacy.eb.o"})
  void functionsOfCThatTheCompilerLeftUndefinedAreExternal(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(
        List.of(new ExternalSymbol("memset", true, false, 0)),
        List.copyOf(program(object, "start").externals().values()));
    assertTrue(object.btf().isEmpty());
  }

  @Test
  void aSectionWhoseFunctionsHaveNoSymbolIsOneProgramOfItsName() throws Exception {
    byte[] file = TestObjects.bytes("legacy.o");
    // As LLVM 6: symbols of functions have neither type nor size.
    ElfPatch patch = new ElfPatch(file);
    patch.symbols(symbol -> symbol.type() == 2 ? symbol.withoutTypeAndSize() : symbol);
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(
        List.of("2/1 2/1", "from-netdev from-netdev"),
        object.programs().stream()
            .map(program -> program.section() + " " + program.function())
            .toList());
    assertEquals(
        TestObjects.read("legacy.o").programs().stream().map(BpfProgram::code).toList(),
        object.programs().stream().map(BpfProgram::code).toList());
  }

  @Test
  void aFunctionWithoutSizeReachesToTheNext() throws Exception {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    patch.symbols(symbol -> symbol.type() == 2 ? symbol.withSize(0) : symbol);
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(
        TestObjects.read("links.o").programs().stream().map(BpfProgram::code).toList(),
        object.programs().stream().map(BpfProgram::code).toList());
  }

  @Test
  void oneBrokenProgramDoesNotTakeTheOthersWithIt() throws Exception {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    file[patch.sectionOffset("tc")] = (byte) 0xff;
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(
        List.of("first", "second"),
        object.programs().stream().map(BpfProgram::function).toList());
    assertEquals(1, object.failures().size());
    assertEquals("third", object.failures().getFirst().function());
    assertTrue(
        object.failures().getFirst().message().contains("offset 0"),
        object.failures().getFirst().message());
  }

  private interface SlotVisitor {
    void visit(int slot, Instruction instruction);
  }

  private static void forEach(Code code, SlotVisitor visitor) {
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        visitor.visit(slot, code.at(slot));
      }
    }
  }

  private static List<String> functions(BpfProgram program) {
    return program.subprograms().stream().map(Subprogram::name).toList();
  }

  private static List<String> targets(BpfProgram program, Class<? extends Instruction> kind) {
    List<String> targets = new ArrayList<>();
    forEach(program.code(), (slot, instruction) -> {
      if (kind.isInstance(instruction)) {
        int target = CodeStructure.target(instruction, slot).orElseThrow();
        Subprogram callee = program.functionAt(target);
        assertEquals(callee.firstSlot(), target);
        targets.add(callee.name());
      }
    });
    return targets;
  }

  private static List<String> valueReferences(BpfObject object, BpfProgram program) {
    List<String> references = new ArrayList<>();
    forEach(program.code(), (_, instruction) -> {
      if (instruction instanceof LoadImmediate(var _, WideImmediate immediate)) {
        switch (immediate) {
          case MapValueByIndex(int index, int offset) ->
            references.add(object.maps().get(index).name() + "+" + offset);
          case MapByIndex(int index) -> references.add(object.maps().get(index).name());
          default -> {}
        }
      }
    });
    return references;
  }
}
