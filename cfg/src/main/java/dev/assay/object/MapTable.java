package dev.assay.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The object's maps as they are found, and which of them a place in a section stands for. */
final class MapTable {
  private final List<MapDefinition> maps = new ArrayList<>();
  private final Map<Integer, NavigableMap<Integer, Integer>> definitions = new HashMap<>();
  private final Map<Integer, Integer> dataSections = new HashMap<>();

  /** Adds a map that no place in the file stands for; returns its index. */
  int add(MapDefinition map) {
    maps.add(map);
    return maps.size() - 1;
  }

  /** Adds a map that is defined at an offset of a section; returns its index. */
  int addAt(ElfSection section, int offset, MapDefinition map) {
    definitions.computeIfAbsent(section.index(), _ -> new TreeMap<>()).put(offset, maps.size());
    return add(map);
  }

  /** Adds a section of variables as a map; returns its index. */
  int addData(ElfSection section, MapDefinition map) {
    dataSections.put(section.index(), maps.size());
    return add(map);
  }

  /** Replaces the map with an index by one that tells more. */
  void replace(int index, MapDefinition map) {
    maps.set(index, map);
  }

  MapDefinition get(int index) {
    return maps.get(index);
  }

  /** The index of the map whose definition starts at an offset of a section. */
  Optional<Integer> definedAt(int section, long offset) {
    NavigableMap<Integer, Integer> here = definitions.get(section);
    return here == null || offset != (int) offset
        ? Optional.empty()
        : Optional.ofNullable(here.get((int) offset));
  }

  /**
   * The index of the last map whose definition starts at or before an offset of a section, by that
   * start.
   */
  Optional<Map.Entry<Integer, Integer>> definedBefore(int section, int offset) {
    NavigableMap<Integer, Integer> here = definitions.get(section);
    return here == null ? Optional.empty() : Optional.ofNullable(here.floorEntry(offset));
  }

  /** Whether a section holds definitions of maps. */
  boolean defines(int section) {
    return definitions.containsKey(section);
  }

  /** The index of the map that stands for a section of variables. */
  Optional<Integer> ofData(int section) {
    return Optional.ofNullable(dataSections.get(section));
  }

  List<MapDefinition> all() {
    return List.copyOf(maps);
  }
}
