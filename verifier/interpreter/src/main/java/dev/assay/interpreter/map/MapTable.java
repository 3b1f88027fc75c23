package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.MapType;
import dev.assay.platform.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The maps of one machine, by their index in the object, their address and their name. */
public final class MapTable {
  private static final Map<String, Maker> MAKERS = makers();

  private final List<BpfMap> maps = new ArrayList<>();
  private final Map<Long, BpfMap> byAddress = new HashMap<>();
  private final Map<String, MapContents> byName = new LinkedHashMap<>();

  /** How a map of one type is made. */
  @FunctionalInterface
  private interface Maker {
    BpfMap make(MapDefinition definition, AddressSpace memory, int cpus);
  }

  private static Map<String, Maker> makers() {
    Map<String, Maker> makers = new HashMap<>();
    makers.put(
        "hash",
        (definition, memory, cpus) -> new HashTable(definition, memory, cpus, false, false));
    makers.put(
        "percpu_hash",
        (definition, memory, cpus) -> new HashTable(definition, memory, cpus, true, false));
    makers.put(
        "lru_hash",
        (definition, memory, cpus) -> new HashTable(definition, memory, cpus, false, true));
    makers.put(
        "lru_percpu_hash",
        (definition, memory, cpus) -> new HashTable(definition, memory, cpus, true, true));
    makers.put("array", (definition, memory, cpus) -> new ArrayMap(definition, memory, 1));
    makers.put("percpu_array", ArrayMap::new);
    makers.put("lpm_trie", (definition, memory, cpus) -> new PrefixTrie(definition, memory));
    makers.put("ringbuf", (definition, memory, cpus) -> new RingBuffer(definition, memory));
    makers.put(
        "perf_event_array", (definition, memory, cpus) -> new EventArray(definition, memory));
    makers.put("prog_array", (definition, memory, cpus) -> new ProgramArray(definition, memory));
    makers.put(
        "array_of_maps", (definition, memory, cpus) -> new MapOfMaps(definition, memory, true));
    makers.put(
        "hash_of_maps", (definition, memory, cpus) -> new MapOfMaps(definition, memory, false));
    makers.put("queue", (definition, memory, cpus) -> new Sequence(definition, memory, false));
    makers.put("stack", (definition, memory, cpus) -> new Sequence(definition, memory, true));
    for (String name :
        List.of("devmap", "cpumap", "xskmap", "sockmap", "cgroup_array", "reuseport_sockarray")) {
      makers.put(name, (definition, memory, cpus) -> new TargetArray(definition, memory, true));
    }
    for (String name : List.of("devmap_hash", "sockhash")) {
      makers.put(name, (definition, memory, cpus) -> new TargetArray(definition, memory, false));
    }
    return makers;
  }

  /**
   * The maps of an object, filled with what the object says.
   *
   * @param cpus how many values an element of a per-CPU map has
   */
  public MapTable(Platform platform, BpfObject object, AddressSpace memory, int cpus) {
    for (MapDefinition definition : object.maps()) {
      BpfMap map = make(platform, definition, memory, cpus);
      maps.add(map);
      byAddress.put(map.address(), map);
      byName.putIfAbsent(definition.name(), map);
    }
    Map<String, BpfProgram> programs = new HashMap<>();
    object.programs().forEach(program -> programs.putIfAbsent(program.function(), program));
    maps.forEach(map -> fill(map, programs));
  }

  private static BpfMap make(
      Platform platform, MapDefinition definition, AddressSpace memory, int cpus) {
    Optional<MapType> type = platform.mapType(definition.type());
    boolean keyFits =
        switch (type.map(MapType::key).orElse(MapType.Key.BYTES)) {
          case INDEX -> definition.keySize() == Integer.BYTES;
          case PREFIX -> definition.keySize() > Integer.BYTES;
          case BYTES, OBJECT, NONE -> true;
        };
    Maker unmodelled = (shape, space, count) -> new UnmodelledMap(shape, space);
    Maker maker =
        type.filter(any -> keyFits).map(known -> MAKERS.get(known.name())).orElse(unmodelled);
    return maker.make(definition, memory, cpus);
  }

  private void fill(BpfMap map, Map<String, BpfProgram> programs) {
    map.definition().initialEntries().forEach((index, name) -> {
      BpfProgram program = programs.get(name);
      MapContents inner = byName.get(name);
      if (Integer.compareUnsigned(index, map.definition().maxEntries()) >= 0) {
        return;
      }
      if (program != null && map instanceof ProgramArray array) {
        array.putProgram(index, program);
      } else if (inner != null
          && map instanceof MapOfMaps outer
          && outer.definition().keySize() == 4) {
        outer.putMap(outer.indexKey(index), inner);
      }
    });
  }

  /** The map with an index in the object, if there is one. */
  public Optional<BpfMap> at(int index) {
    return index >= 0 && index < maps.size() ? Optional.of(maps.get(index)) : Optional.empty();
  }

  /** The map that an address stands for, if it does. */
  public Optional<BpfMap> atAddress(long address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** All maps by name, in the object's order; of several with one name, the first. */
  public Map<String, MapContents> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
