package dev.assay.referee.generator;

import dev.assay.object.MapDefinition;
import dev.assay.object.MapDefinition.SpecialField;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The maps that every generated program has, by their indices. */
final class SubjectMaps {
  static final int HASH = 0;
  static final int ARRAY = 1;
  static final int PERCPU_ARRAY = 2;
  static final int LRU_HASH = 3;
  static final int ARRAY_OF_MAPS = 4;
  static final int RING = 5;
  static final int EVENTS = 6;
  static final int PROGRAMS = 7;
  static final int LOCKED = 8;
  static final int PERCPU_HASH = 9;
  static final int TRIE = 10;
  static final int QUEUE = 11;
  static final int STACK = 12;
  static final int LONG_ARRAY = 13;
  static final int LONG_VALUE = 14;

  /** Where the lock stands in a value of {@link #LOCKED}, and its size. */
  static final int LOCK_OFFSET = 4;

  static final int LOCK_SIZE = 4;

  /** The maps of which lookups give values without special fields. */
  static final int[] PLAIN = {HASH, ARRAY, PERCPU_ARRAY, LRU_HASH, PERCPU_HASH, TRIE, LONG_ARRAY};

  /** The maps that the kernel calls a function for each element of. */
  static final int[] ITERABLE = {HASH, ARRAY, PERCPU_ARRAY, LRU_HASH, PERCPU_HASH, LONG_ARRAY};

  /** Programs that were saved name maps by their index here: others are added at the end only. */
  static final List<MapDefinition> ALL = List.of(
      MapDefinition.of("hash", 1, 4, 48, 4),
      MapDefinition.of("array", 2, 4, 48, 1),
      MapDefinition.of("percpu_array", 6, 4, 16, 3),
      MapDefinition.of("lru_hash", 9, 8, 24, 4),
      MapDefinition.of("array_of_maps", 12, 4, 4, 3)
          .withInnerMap(ARRAY)
          .withInitialEntries(first("array")),
      MapDefinition.of("ring", 27, 0, 0, 4096),
      MapDefinition.of("events", 4, 4, 4, 2),
      MapDefinition.of("programs", 3, 4, 4, 2).withInitialEntries(first("main")),
      locked(),
      MapDefinition.of("percpu_hash", 5, 4, 20, 4),
      MapDefinition.of("trie", 11, 8, 12, 4),
      MapDefinition.of("queue", 22, 0, 16, 4),
      MapDefinition.of("stack", 23, 0, 8, 4),
      MapDefinition.of("long_array", 2, 4, 64, 5),
      MapDefinition.of("long_value", 2, 4, 64, 1));

  private SubjectMaps() {}

  static MapDefinition at(int index) {
    return ALL.get(index);
  }

  private static NavigableMap<Integer, String> first(String name) {
    NavigableMap<Integer, String> entries = new TreeMap<>();
    entries.put(0, name);
    return entries;
  }

  private static MapDefinition locked() {
    return new MapDefinition(
        "locked",
        1,
        4,
        32,
        4,
        0,
        Optional.empty(),
        Collections.emptyNavigableMap(),
        false,
        0,
        0,
        Optional.empty(),
        List.of(new SpecialField("bpf_spin_lock", LOCK_OFFSET, LOCK_SIZE, 0)));
  }
}
