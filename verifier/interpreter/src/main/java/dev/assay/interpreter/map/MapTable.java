package dev.assay.interpreter.map;

import static java.util.Map.entry;

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
  /** By the platform's names of map types. */
  private static final Map<String, Maker> MAKERS = Map.ofEntries(
      entry("hash", (map, memory, cpus) -> new HashTable(map, memory, cpus, false, false)),
      entry("percpu_hash", (map, memory, cpus) -> new HashTable(map, memory, cpus, true, false)),
      entry("lru_hash", (map, memory, cpus) -> new HashTable(map, memory, cpus, false, true)),
      entry("lru_percpu_hash", (map, memory, cpus) -> new HashTable(map, memory, cpus, true, true)),
      entry("array", (map, memory, cpus) -> new ArrayMap(map, memory, 1)),
      entry("percpu_array", ArrayMap::new),
      entry("lpm_trie", (map, memory, cpus) -> new PrefixTrie(map, memory)),
      entry("ringbuf", (map, memory, cpus) -> new RingBuffer(map, memory)),
      entry("perf_event_array", (map, memory, cpus) -> new EventArray(map, memory)),
      entry("prog_array", (map, memory, cpus) -> new ProgramArray(map, memory)),
      entry("array_of_maps", (map, memory, cpus) -> new MapOfMaps(map, memory, true)),
      entry("hash_of_maps", (map, memory, cpus) -> new MapOfMaps(map, memory, false)),
      entry("queue", (map, memory, cpus) -> new Sequence(map, memory, false)),
      entry("stack", (map, memory, cpus) -> new Sequence(map, memory, true)),
      entry("devmap", (map, memory, cpus) -> new TargetArray(map, memory, true)),
      entry("devmap_hash", (map, memory, cpus) -> new TargetArray(map, memory, false)),
      entry("cpumap", (map, memory, cpus) -> new TargetArray(map, memory, true)),
      entry("xskmap", (map, memory, cpus) -> new TargetArray(map, memory, true)),
      entry("sockmap", (map, memory, cpus) -> new TargetArray(map, memory, true)),
      entry("sockhash", (map, memory, cpus) -> new TargetArray(map, memory, false)),
      entry("cgroup_array", (map, memory, cpus) -> new TargetArray(map, memory, true)),
      entry("reuseport_sockarray", (map, memory, cpus) -> new TargetArray(map, memory, true)));

  private final List<BpfMap> maps = new ArrayList<>();
  private final Map<Long, BpfMap> byAddress = new HashMap<>();
  private final Map<String, MapContents> byName = new LinkedHashMap<>();

  /** How a map of one type is made. */
  @FunctionalInterface
  private interface Maker {
    BpfMap make(MapDefinition map, AddressSpace memory, int cpus);
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
    Optional<Maker> maker = type.filter(any -> keyFits).map(known -> MAKERS.get(known.name()));
    return maker.isPresent()
        ? maker.get().make(definition, memory, cpus)
        : new UnmodelledMap(definition, memory);
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
