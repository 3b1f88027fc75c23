package dev.assay.object;

import static dev.assay.object.TestObjects.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.object.MapDefinition.SpecialField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapsTest {

  @ParameterizedTest
  @ValueSource(strings = {"maps.o", "maps.eb.o"})
  void aStructOfNumbersAndTypesIsAMap(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    MapDefinition map = map(object, "anonymous");
    assertEquals(1, map.type());
    assertEquals(8, map.keySize());
    assertEquals(72, map.valueSize());
    assertEquals(100, map.maxEntries());
    assertEquals(1, map.flags());
    assertTrue(map.pinned());
    assertEquals("struct key", object.btf().orElseThrow().describe(map.keyType()));
    assertEquals("struct guarded", object.btf().orElseThrow().describe(map.valueType()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps.o", "maps.eb.o"})
  void sizesMayStandInsteadOfTypesAndTypedefsBeforeTheStruct(String file) throws Exception {
    MapDefinition map = map(TestObjects.read(file), "by_typedef");
    assertEquals(MapDefinition.of("by_typedef", 2, 4, 48, 3), map);
    assertFalse(map.pinned());
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps.o", "maps.eb.o"})
  void aMapOfMapsKnowsTheShapeOfItsInnerMapsAndWhichItHoldsAtFirst(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    MapDefinition outer = map(object, "outer");
    MapDefinition inner = object.maps().get(outer.innerMap().orElseThrow());
    assertEquals(
        List.of(2, 4, 8, 5),
        List.of(inner.type(), inner.keySize(), inner.valueSize(), inner.maxEntries()));
    assertEquals(4, outer.valueSize());
    assertEquals(Map.of(1, "held", 3, "other"), outer.initialEntries());
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps.o", "maps.eb.o"})
  void aProgramArrayKnowsWhichProgramsItHoldsAtFirst(String file) throws Exception {
    MapDefinition tails = map(TestObjects.read(file), "tails");
    assertEquals(Optional.empty(), tails.innerMap());
    assertEquals(4, tails.valueSize());
    assertEquals(Map.of(0, "tail_one", 5, "tail_two"), tails.initialEntries());
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps.o", "maps.eb.o"})
  void locksTimersAndKernelPointersAreFoundInNestedStructsAndArrays(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    List<SpecialField> fields = map(object, "anonymous").specialFields();
    int pointee = fields.getLast().pointee();
    assertEquals(
        List.of(
            new SpecialField("bpf_spin_lock", 8, 4, 0),
            new SpecialField("bpf_timer", 24, 16, 0),
            new SpecialField("bpf_timer", 48, 16, 0),
            new SpecialField("kptr", 64, 8, pointee)),
        fields);
    assertEquals("struct task_struct", object.btf().orElseThrow().describe(pointee));
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy.o", "legacy.eb.o"})
  void structsOfIproute2ReferToEachOtherById(String file) throws Exception {
    BpfObject object = TestObjects.read(file);
    assertEquals(
        List.of("plain", "inside", "outside"),
        object.maps().stream().map(MapDefinition::name).toList());
    MapDefinition plain = map(object, "plain");
    assertEquals(
        List.of(1, 4, 16, 10, 0),
        List.of(
            plain.type(), plain.keySize(), plain.valueSize(), plain.maxEntries(), plain.flags()));
    assertTrue(plain.pinned());
    MapDefinition outside = map(object, "outside");
    assertEquals(Optional.of(1), outside.innerMap());
    assertEquals(Map.of(2, "inside"), outside.initialEntries());
  }

  @Test
  void structsOfTheSamplesReferToEachOtherByIndex() throws Exception {
    byte[] file = TestObjects.bytes("legacy.o");
    ElfPatch patch = new ElfPatch(file);
    int maps = patch.sectionOffset("maps");
    // 28 bytes each: type, key size, value size, max entries, flags, inner map index, NUMA node.
    int[][] words = {{13, 4, 4, 8, 0, 2, 0}, {2, 4, 8, 1, 1, 0, 0}, {1, 4, 20, 5, 0, 0, 0}};
    for (int i = 0; i < 21; i++) {
      patch.putWord(maps + 4 * i, words[i / 7][i % 7]);
    }
    patch.putLong(patch.header("maps") + 32, 84);
    patch.symbols(symbol -> symbol.type() == 1
        ? new ElfPatch.Symbol(1, symbol.section(), symbol.value() / 36 * 28, 28)
        : symbol);
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(Optional.of(2), object.maps().get(0).innerMap());
    assertEquals(Optional.empty(), object.maps().get(1).innerMap());
    assertEquals(1, object.maps().get(1).flags());
    assertEquals(20, object.maps().get(2).valueSize());
  }

  @Test
  void aMapWhoseStructIsTooShortIsRefused() {
    byte[] file = TestObjects.bytes("legacy.o");
    ElfPatch patch = new ElfPatch(file);
    patch.putLong(patch.header("maps") + 32, 84);
    MalformedObjectException refused = assertThrows(
        MalformedObjectException.class, () -> ObjectReader.read(file, ReadOptions.DEFAULT));
    assertTrue(refused.getMessage().contains("has 12 bytes"), refused.getMessage());
  }
}
