package dev.assay.interpreter.map;

import static dev.assay.interpreter.Programs.fault;
import static dev.assay.interpreter.Programs.machine;
import static dev.assay.interpreter.Programs.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Programs;
import dev.assay.object.Bytes;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps as programs and user space see them. */
class MapTest {
  /** Calls a helper with map 0, a 4-byte key at r10-4, a value of 8 bytes at r10-16 and flags. */
  private static String call(String helper, int key, int value, int flags) {
    return """
          *(u32 *)(r10 - 4) = %d
          *(u64 *)(r10 - 16) = %d
          r1 = map_by_idx(0) ll
          r2 = r10
          r2 += -4
          r3 = r10
          r3 += -16
          r4 = %d
          call %s
        """.formatted(key, value, flags, helper);
  }

  private static String update(int key, int value, int flags) {
    return call("map_update_elem", key, value, flags);
  }

  private static String delete(int key) {
    return call("map_delete_elem", key, 0, 0);
  }

  /** r0 is the value's address or 0. */
  private static String lookup(int key) {
    return call("map_lookup_elem", key, 0, 0);
  }

  private static final String LOAD = "if r0 == 0 goto +1\nr0 = *(u64 *)(r0 + 0)\n";
  private static final String EXIT = "exit\n";

  static MapDefinition map(String type, int keySize, int valueSize, int entries) {
    return MapDefinition.of(
        "m", Programs.LINUX.mapType(type).orElseThrow().number(), keySize, valueSize, entries);
  }

  private static final MapDefinition HASH = map("hash", 4, 8, 2);
  private static final MapDefinition ARRAY = map("array", 4, 8, 2);

  private static byte[] word(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  private static byte[] doubleWord(long number) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  private static MapContents.Entry entry(int key, long... values) {
    return new MapContents.Entry(
        Bytes.copyOf(word(key)),
        java.util.Arrays.stream(values)
            .mapToObj(value -> Bytes.copyOf(doubleWord(value)))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lru_hash", "percpu_hash", "lru_percpu_hash"})
  void aHashHoldsWhatWasPutInUntilItIsDeleted(String type) {
    MapDefinition hash = map(type, 4, 8, 2);
    assertEquals(0, value(lookup(1) + EXIT, hash));
    assertEquals(0, value(update(1, 5, 0) + EXIT, hash));
    assertEquals(5, value(update(1, 5, 0) + lookup(1) + LOAD + EXIT, hash));
    assertEquals(0, value(update(1, 5, 0) + lookup(2) + EXIT, hash));
    assertEquals(6, value(update(1, 5, 0) + update(1, 6, 0) + lookup(1) + LOAD + EXIT, hash));
    assertEquals(0, value(update(1, 5, 0) + delete(1) + lookup(1) + LOAD + EXIT, hash));
    assertEquals(Errno.ENOENT, value(delete(1) + EXIT, hash));
  }

  @Test
  void anUpdateObeysItsFlags() {
    assertEquals(Errno.ENOENT, value(update(1, 5, 2) + EXIT, HASH));
    assertEquals(Errno.EEXIST, value(update(1, 5, 1) + update(1, 6, 1) + EXIT, HASH));
    assertEquals(Errno.EINVAL, value(update(1, 5, 3) + EXIT, HASH));
    assertEquals(Errno.EEXIST, value(update(1, 5, 1) + EXIT, ARRAY));
    assertEquals(Errno.EINVAL, value(update(1, 5, 8) + EXIT, ARRAY));
  }

  @Test
  void aFullHashTakesNoMoreButALeastRecentlyUsedOneForgets() {
    String fill = update(1, 5, 0) + update(2, 6, 0) + lookup(1) + update(3, 7, 0);
    assertEquals(Errno.E2BIG, value(fill + EXIT, HASH));
    Machine machine = machine(fill + EXIT, map("lru_hash", 4, 8, 2)).build();
    assertEquals(0, value(machine));
    assertEquals(List.of(entry(1, 5), entry(3, 7)), machine.maps().get("m").entries());
  }

  @Test
  void aDeletedElementStaysReadableUntilTheRunEnds() {
    assertEquals(
        5,
        value(
            update(1, 5, 0) + lookup(1) + "r6 = r0\n" + delete(1) + "r0 = *(u64 *)(r6 + 0)\n"
                + EXIT,
            HASH));
    assertEquals(
        5,
        value(
            update(1, 5, 0) + lookup(1) + "r6 = r0\n" + update(1, 6, 0) + "r0 = *(u64 *)(r6 + 0)\n"
                + EXIT,
            HASH));
  }

  @Test
  void storesThroughALookupChangeTheMap() {
    Machine machine = machine(update(1, 5, 0) + lookup(1) + "*(u8 *)(r0 + 1) = 1\n" + EXIT, HASH)
        .build();
    machine.run();
    assertEquals(List.of(entry(1, 0x105)), machine.maps().get("m").entries());
  }

  @Test
  void aValueEndsWhereItsSizeSays() {
    Fault fault = fault(lookup(1) + "r0 = *(u64 *)(r0 + 1)\n" + EXIT, ARRAY);
    assertTrue(
        fault.message().contains("runs 1 bytes past the end of value of map m"), fault.message());
  }

  @Test
  void anArrayHasAllItsElementsFromTheStartAndNoOthers() {
    assertEquals(0, value(lookup(1) + LOAD + EXIT, ARRAY));
    assertEquals(0, value(lookup(2) + EXIT, ARRAY));
    assertEquals(Errno.E2BIG, value(update(2, 5, 0) + EXIT, ARRAY));
    assertEquals(Errno.EINVAL, value(delete(1) + EXIT, ARRAY));
    assertEquals(9, value(update(1, 9, 0) + lookup(1) + LOAD + EXIT, ARRAY));
    assertEquals(
        1,
        value(
            lookup(1) + "r6 = r0\n" + lookup(1) + "if r6 == r0 goto +2\nr0 = 0\nexit\nr0 = 1\n"
                + EXIT,
            ARRAY));
  }

  @Test
  void perCpuElementsHaveAValueForEachCpu() {
    MapDefinition array = map("percpu_array", 4, 8, 2);
    Machine machine = machine(update(1, 9, 0) + EXIT, array).cpus(3, 1).build();
    machine.run();
    assertEquals(List.of(entry(1, 0, 9, 0)), machine.maps().get("m").entries());

    Machine filled =
        machine(lookup(0) + LOAD + EXIT, map("percpu_hash", 4, 8, 2)).cpus(2, 1).build();
    filled.maps().get("m").put(word(0), doubleWord(4));
    assertEquals(4, value(filled));
    assertEquals(List.of(entry(0, 4, 4)), filled.maps().get("m").entries());
  }

  @Test
  void userSpaceFillsAndReadsMaps() {
    Machine machine = machine(lookup(7) + LOAD + EXIT, HASH).build();
    MapContents map = machine.maps().get("m");
    map.put(word(7), doubleWord(70));
    map.put(word(8), doubleWord(80));
    assertEquals(70, value(machine));
    assertEquals(List.of(entry(7, 70), entry(8, 80)), map.entries());
    assertThrows(IllegalArgumentException.class, () -> map.put(word(9), doubleWord(0)));
    assertThrows(IllegalArgumentException.class, () -> map.put(new byte[3], doubleWord(0)));
    assertThrows(IllegalArgumentException.class, () -> map.put(word(7), new byte[9]));
    assertThrows(IllegalArgumentException.class, () -> map.putMap(word(7), map));
    assertThrows(IllegalArgumentException.class, () -> map.putProgram(7, Programs.program("exit")));
  }

  private static MapDefinition data(boolean readOnly, byte... contents) {
    DataSection section = new DataSection(readOnly, Bytes.copyOf(contents), List.of());
    return new MapDefinition(
        readOnly ? ".rodata" : ".data",
        2,
        4,
        contents.length,
        1,
        0,
        Optional.empty(),
        Collections.emptyNavigableMap(),
        false,
        0,
        0,
        Optional.of(section),
        List.of());
  }

  @Test
  void dataSectionsAreMapsWithOneValue() {
    String load = "r1 = map_val(map_by_idx(0)) + 2 ll\nr0 = *(u8 *)(r1 + 0)\n";
    assertEquals(30, value(load + EXIT, data(false, (byte) 10, (byte) 20, (byte) 30)));
    Machine machine = machine(
            load + "*(u8 *)(r1 + 0) = 31\n" + EXIT, data(false, (byte) 10, (byte) 20, (byte) 30))
        .build();
    machine.run();
    assertArrayEquals(
        new byte[] {10, 20, 31},
        machine.maps().get(".data").entries().getFirst().values().getFirst().toArray());
  }

  @Test
  void readOnlyDataIsNotWritten() {
    Fault fault = fault(
        "r1 = map_val(map_by_idx(0)) + 0 ll\n*(u8 *)(r1 + 0) = 31\nexit", data(true, (byte) 1));
    assertTrue(
        fault.message().contains("value of map .rodata (")
            && fault.message().endsWith("which may not be written"),
        fault.message());
  }

  private static final String PREFIX_LOOKUP = """
        *(u32 *)(r10 - 8) = %d
        *(u32 *)(r10 - 4) = %d
        r1 = map_by_idx(0) ll
        r2 = r10
        r2 += -8
        call map_lookup_elem
      """ + LOAD + EXIT;

  private static byte[] prefix(int length, int... address) {
    byte[] key = {(byte) length, 0, 0, 0, 0, 0, 0, 0};
    for (int index = 0; index < address.length; index++) {
      key[4 + index] = (byte) address[index];
    }
    return key;
  }

  private static long longestPrefix(int length, int a, int b, int c, int d) {
    int address = a | b << 8 | c << 16 | d << 24;
    Machine machine = machine(PREFIX_LOOKUP.formatted(length, address), map("lpm_trie", 8, 8, 8))
        .build();
    MapContents trie = machine.maps().get("m");
    trie.put(prefix(8, 10), doubleWord(1));
    trie.put(prefix(16, 10, 1), doubleWord(2));
    trie.put(prefix(20, 10, 1, 0xf0), doubleWord(3));
    trie.put(prefix(32, 10, 1, 0xf0, 9), doubleWord(4));
    assertEquals(4, trie.entries().size());
    return value(machine);
  }

  @Test
  void aTrieFindsTheLongestPrefix() {
    assertEquals(1, longestPrefix(32, 10, 2, 3, 4));
    assertEquals(2, longestPrefix(32, 10, 1, 3, 4));
    assertEquals(3, longestPrefix(32, 10, 1, 0xff, 4));
    assertEquals(4, longestPrefix(32, 10, 1, 0xf0, 9));
    assertEquals(3, longestPrefix(24, 10, 1, 0xf0, 9), "a shorter question finds no longer answer");
    assertEquals(0, longestPrefix(32, 11, 0, 0, 0));
    assertEquals(0, longestPrefix(33, 10, 0, 0, 0));
  }

  @Test
  void aTrieCountsPrefixesThatDifferInUnusedBitsOnce() {
    Machine machine = machine("exit", map("lpm_trie", 8, 8, 1)).build();
    MapContents trie = machine.maps().get("m");
    trie.put(prefix(8, 10, 1), doubleWord(1));
    trie.put(prefix(8, 10, 2), doubleWord(2));
    assertEquals(1, trie.entries().size());
    assertThrows(IllegalArgumentException.class, () -> trie.put(prefix(9, 10), doubleWord(3)));
  }

  private static final String RECORD = """
        r1 = map_by_idx(0) ll
        r2 = 8
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto none
        r6 = r0
        *(u64 *)(r6 + 0) = 5
        r1 = r6
        r2 = 0
        call %s
        %s
        r0 = 0
        exit
      none:
        r0 = -1
        exit
      """;

  private static final MapDefinition RING = map("ringbuf", 0, 0, 4096);

  @Test
  void aSubmittedRecordReachesItsReaderAndADiscardedOneDoesNot() {
    Machine submitted = machine(RECORD.formatted("ringbuf_submit", ""), RING).build();
    assertEquals(0, value(submitted));
    assertEquals(List.of(Bytes.copyOf(doubleWord(5))), submitted.maps().get("m").records());
    Machine discarded = machine(RECORD.formatted("ringbuf_discard", ""), RING).build();
    assertEquals(0, value(discarded));
    assertEquals(List.of(), discarded.maps().get("m").records());
  }

  @Test
  void aRecordThatWasHandedOverIsOutOfReach() {
    Fault fault = fault(RECORD.formatted("ringbuf_submit", "r0 = *(u64 *)(r6 + 0)"), RING);
    assertEquals(Fault.Cause.MEMORY, fault.cause());
    Fault again =
        fault(RECORD.formatted("ringbuf_submit", "r1 = r6\nr2 = 0\ncall ringbuf_submit"), RING);
    assertEquals("call of ringbuf_submit: r1 is not a record that is reserved", again.message());
  }

  @Test
  void aRingBufferWithoutRoomGivesNull() {
    assertEquals(-1, value(RECORD.formatted("ringbuf_submit", ""), map("ringbuf", 0, 0, 8)));
  }

  @Test
  void ringBufferOutputCopies() {
    Machine machine = machine("""
          *(u64 *)(r10 - 8) = 6
          r1 = map_by_idx(0) ll
          r2 = r10
          r2 += -8
          r3 = 8
          r4 = 0
          call ringbuf_output
          exit
        """, RING).build();
    assertEquals(0, value(machine));
    assertEquals(List.of(Bytes.copyOf(doubleWord(6))), machine.maps().get("m").records());
  }

  private static String push(int value) {
    return """
          *(u64 *)(r10 - 16) = %d
          r1 = map_by_idx(0) ll
          r2 = r10
          r2 += -16
          r3 = 0
          call map_push_elem
        """.formatted(value);
  }

  private static final String POP = """
        r1 = map_by_idx(0) ll
        r2 = r10
        r2 += -16
        call map_pop_elem
        if r0 != 0 goto +1
        r0 = *(u64 *)(r10 - 16)
      """;

  @Test
  void aQueueGivesTheOldestAndAStackTheNewest() {
    assertEquals(1, value(push(1) + push(2) + POP + EXIT, map("queue", 0, 8, 2)));
    assertEquals(2, value(push(1) + push(2) + POP + POP + EXIT, map("queue", 0, 8, 2)));
    assertEquals(2, value(push(1) + push(2) + POP + EXIT, map("stack", 0, 8, 2)));
    assertEquals(Errno.ENOENT, value(POP + EXIT, map("stack", 0, 8, 2)));
    assertEquals(Errno.E2BIG, value(push(1) + push(2) + push(3) + EXIT, map("queue", 0, 8, 2)));
  }

  @Test
  void aMapOfMapsGivesTheInnerMap() {
    MapDefinition outer = map("array_of_maps", 4, 4, 2).withInnerMap(1);
    MapDefinition inner = MapDefinition.of("inner", 1, 4, 8, 4);
    String program = lookup(1) + """
          if r0 == 0 goto out
          r1 = r0
          r2 = r10
          r2 += -4
          call map_lookup_elem
          if r0 == 0 goto out
          r0 = *(u64 *)(r0 + 0)
        out:
          exit
        """;
    Machine empty = machine(program, outer, inner).build();
    assertEquals(0, value(empty));
    Machine filled = machine(program, outer, inner).build();
    filled.maps().get("inner").put(word(1), doubleWord(77));
    filled.maps().get("m").putMap(word(1), filled.maps().get("inner"));
    assertEquals(77, value(filled));
  }

  @Test
  void aMapItselfIsNoMemory() {
    Fault fault = fault("r1 = map_by_idx(0) ll\nr0 = *(u64 *)(r1 + 0)\nexit", HASH);
    assertTrue(fault.message().contains("hits map m ("), fault.message());
  }

  @Test
  void whatIsNoMapIsRefused() {
    Fault fault = fault("r1 = r10\nr2 = r10\ncall map_lookup_elem\nexit");
    assertEquals(Fault.Cause.HELPER, fault.cause());
    assertEquals("call of map_lookup_elem: r1 is not a map", fault.message());
    assertEquals(Fault.Cause.UNSUPPORTED, fault("r1 = map_by_idx(3) ll\nexit").cause());
    assertEquals(Fault.Cause.UNSUPPORTED, fault("r1 = map_by_fd(3) ll\nexit").cause());
  }

  @Test
  void aKeyOutsideMemoryIsAFaultOfTheCall() {
    Fault fault =
        fault("r1 = map_by_idx(0) ll\nr2 = r10\nr2 += -3\ncall map_lookup_elem\nexit", HASH);
    assertEquals(Fault.Cause.MEMORY, fault.cause());
    assertEquals(4, fault.slot());
    assertTrue(
        fault.message().startsWith("call of map_lookup_elem: read of 4 bytes at 0x"),
        fault.message());
  }

  @Test
  void hugeMapsCostNothingUntilTheyAreUsed() {
    MapDefinition huge = map("array", 4, -8, -1);
    assertEquals(0, value("r0 = 0\nexit", huge));
    Fault fault = fault(lookup(1) + EXIT, huge);
    assertEquals(Fault.Cause.UNSUPPORTED, fault.cause());
    assertEquals(0, value(lookup(-2) + LOAD + EXIT, map("array", 4, 8, -1)));
  }

  @Test
  void aHashThatRunsOutOfMemorySaysSo() {
    String program = """
          r6 = 1
        again:
          *(u32 *)(r10 - 4) = r6
          r1 = map_by_idx(0) ll
          r2 = r10
          r2 += -4
          r3 = r10
          r3 += -16
          r4 = 0
          call map_update_elem
          r6 += 1
          if r0 == 0 goto again
          exit
        """;
    assertEquals(
        Errno.ENOMEM,
        value(machine(program, map("hash", 4, 8, -1)).memoryLimit(100_000).build()));
  }

  @Test
  void mapsOfUnknownTypesOrShapesRefuseEverything() {
    assertEquals(0, value(lookup(1) + EXIT, MapDefinition.of("m", 12345, 4, 8, 2)));
    assertEquals(
        0,
        value(
            "r1 = map_by_idx(0) ll\nr2 = r10\nr2 += -2\ncall map_lookup_elem\nexit",
            map("array", 2, 8, 2)));
  }
}
