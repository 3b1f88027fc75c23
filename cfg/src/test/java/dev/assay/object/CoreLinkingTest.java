package dev.assay.object;

import static dev.assay.object.TestObjects.program;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.isa.AccessSize;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Operand.OfImmediate;
import dev.assay.isa.WideImmediate.Constant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreLinkingTest {

  private static BpfObject linked(String order) throws Exception {
    BtfTypes target = TestObjects.read("core_target" + order).btf().orElseThrow();
    BpfObject object =
        ObjectReader.read(TestObjects.bytes("core" + order), ReadOptions.DEFAULT.against(target));
    assertEquals(List.of(), object.failures());
    return object;
  }

  private static List<Load> loads(BpfProgram program) {
    return program.code().instructions().stream()
        .filter(Load.class::isInstance)
        .map(Load.class::cast)
        .toList();
  }

  private static List<Integer> immediates(BpfProgram program) {
    return program.code().instructions().stream()
        .filter(instruction ->
            instruction instanceof Binary binary && binary.source() instanceof OfImmediate)
        .map(instruction -> ((OfImmediate) ((Binary) instruction).source()).value())
        .toList();
  }

  private static List<Long> constants(BpfProgram program) {
    return program.code().instructions().stream()
        .filter(instruction ->
            instruction instanceof LoadImmediate load && load.immediate() instanceof Constant)
        .map(instruction -> ((Constant) ((LoadImmediate) instruction).immediate()).value())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void offsetsAndSizesFollowTheTarget(String order) throws Exception {
    List<Load> loads = loads(program(linked(order), "fields"));
    assertEquals(
        List.of(8, 48, 56, 24), loads.stream().map(load -> (int) load.offset()).toList());
    assertEquals(
        List.of(AccessSize.WORD, AccessSize.WORD, AccessSize.HALF, AccessSize.DOUBLE),
        loads.stream().map(Load::size).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void aFlavourStandsForTheTypeWithoutIt(String order) throws Exception {
    assertEquals(8, loads(program(linked(order), "flavour")).getFirst().offset());
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void whatIsMissingDoesNotExistAndItsUseIsPoisoned(String order) throws Exception {
    BpfProgram missing = program(linked(order), "missing");
    assertTrue(immediates(missing).contains(0));
    int slot = missing.poisoned().keySet().iterator().next();
    assertEquals(new CallHelper(ObjectReader.POISON), missing.code().at(slot));
    assertEquals("the target has no struct thing.gone", missing.poisoned().get(slot));
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void aFieldThatBecameSignedAndShorterIsPoisoned(String order) throws Exception {
    BpfProgram shrunk = program(linked(order), "shrunk");
    assertEquals(Set.of(0), shrunk.poisoned().keySet());
    assertEquals(new CallHelper(ObjectReader.POISON), shrunk.code().at(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void bitfieldsAreDescribedByTheIntegerAroundThem(String order) throws Exception {
    List<Integer> numbers = immediates(program(linked(order), "bitfields"));
    // The target's field has bits 5 to 11 of the four bytes at 64; big-endian compilers count from
    // the other end.
    assertTrue(numbers.contains(64) && numbers.contains(4), numbers.toString());
    assertTrue(numbers.contains(order.equals(".o") ? 64 - 12 : 32 + 5), numbers.toString());
    assertTrue(numbers.contains(64 - 7), numbers.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void typesExistOrNotAndHaveTheTargetsSize(String order) throws Exception {
    List<Integer> numbers = immediates(program(linked(order), "types"));
    assertEquals(List.of(1, 1000, 0, 100, 24), numbers);
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void idsAreTheObjectsAndTheTargets(String order) throws Exception {
    BpfObject object = linked(order);
    BtfTypes target = TestObjects.read("core_target" + order).btf().orElseThrow();
    long own = object.btf().orElseThrow().find("thing", BtfType.Composite.class).orElseThrow();
    long there = target.find("thing", BtfType.Composite.class).orElseThrow();
    assertEquals(Set.of(own, there), Set.copyOf(constants(program(object, "ids"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {".o", ".eb.o"})
  void enumeratorsHaveTheTargetsValue(String order) throws Exception {
    assertEquals(Set.of(70000L, 0L), Set.copyOf(constants(program(linked(order), "enumerators"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.o", "core.eb.o"})
  void withoutTargetEveryTypeStandsForItself(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(List.of(), object.failures());
    for (BpfProgram program : object.programs()) {
      assertEquals(java.util.Map.of(), program.poisoned());
    }
    Instruction first = program(object, "fields").code().at(0);
    assertEquals(0, ((Load) first).offset());
    assertEquals(Set.of(1L), Set.copyOf(constants(program(object, "enumerators"))));
  }
}
