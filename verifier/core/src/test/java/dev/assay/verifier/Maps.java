package dev.assay.verifier;

import dev.assay.object.Bytes;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.object.MapDefinition.SpecialField;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Maps for test programs. */
public final class Maps {
  private Maps() {}

  public static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;
  public static final int WRITE_ONLY_FOR_PROGRAMS = 1 << 8;

  /** A hash map with keys of 4 bytes: a lookup may give null. */
  public static MapDefinition hash(int valueSize) {
    return MapDefinition.of("hash", 1, 4, valueSize, 16);
  }

  /** An array with 4 entries: a lookup with an index below 4 never gives null. */
  public static MapDefinition array(int valueSize) {
    return MapDefinition.of("array", 2, 4, valueSize, 4);
  }

  /** An array with one entry, whose value has an address that is known in advance. */
  public static MapDefinition single(int valueSize) {
    return MapDefinition.of("array", 2, 4, valueSize, 1);
  }

  public static MapDefinition ofType(String type, int keySize, int valueSize) {
    return MapDefinition.of(
        type, Verification.LINUX.mapType(type).orElseThrow().number(), keySize, valueSize, 16);
  }

  public static MapDefinition programs() {
    return ofType("prog_array", 4, 4);
  }

  public static MapDefinition ringBuffer() {
    return MapDefinition.of("ringbuf", 27, 0, 0, 4096);
  }

  public static MapDefinition withFlags(MapDefinition map, int flags) {
    return copy(map, flags, map.data(), map.specialFields());
  }

  public static MapDefinition withField(MapDefinition map, String typeName, int offset, int size) {
    return copy(map, map.flags(), map.data(), List.of(new SpecialField(typeName, offset, size, 0)));
  }

  /** Read-only data with these variables. */
  public static MapDefinition readOnlyData(byte[] contents, DataSection.Variable... variables) {
    return data(true, contents, variables);
  }

  public static MapDefinition data(
      boolean readOnly, byte[] contents, DataSection.Variable... variables) {
    MapDefinition map = MapDefinition.of(readOnly ? ".rodata" : ".data", 2, 4, contents.length, 1);
    return copy(
        map,
        readOnly ? READ_ONLY_FOR_PROGRAMS : 0,
        Optional.of(new DataSection(readOnly, Bytes.copyOf(contents), List.of(variables))),
        List.of());
  }

  private static MapDefinition copy(
      MapDefinition map, int flags, Optional<DataSection> data, List<SpecialField> fields) {
    return new MapDefinition(
        map.name(),
        map.type(),
        map.keySize(),
        map.valueSize(),
        map.maxEntries(),
        flags,
        map.innerMap(),
        Collections.emptyNavigableMap(),
        map.pinned(),
        map.keyType(),
        map.valueType(),
        data,
        fields);
  }
}
