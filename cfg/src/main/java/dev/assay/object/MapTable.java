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
  int add(MapDefinition map) throws MalformedObjectException {
    check(map);
    maps.add(map);
    return maps.size() - 1;
  }

  /** Adds a map that is defined at an offset of a section; returns its index. */
  int addAt(ElfSection section, int offset, MapDefinition map) throws MalformedObjectException {
    definitions.computeIfAbsent(section.index(), _ -> new TreeMap<>()).put(offset, maps.size());
    return add(map);
  }

  /** Notes that the map with an index stands for a section of variables. */
  void setData(ElfSection section, int map) {
    dataSections.put(section.index(), map);
  }

  /** The index of the first map of a type. */
  Optional<Integer> ofType(int type) {
    for (int map = 0; map < maps.size(); map++) {
      if (maps.get(map).type() == type) {
        return Optional.of(map);
      }
    }
    return Optional.empty();
  }

  /** Replaces the map with an index by one that tells more. */
  void replace(int index, MapDefinition map) throws MalformedObjectException {
    check(map);
    maps.set(index, map);
  }

  int count() {
    return maps.size();
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

  private static void check(MapDefinition map) throws MalformedObjectException {
    if (map.keySize() < 0 || map.valueSize() < 0) {
      throw new MalformedObjectException(
          "map %s has a key of %s bytes and a value of %s bytes; both have to be below 2^31"
              .formatted(
                  map.name(),
                  Integer.toUnsignedString(map.keySize()),
                  Integer.toUnsignedString(map.valueSize())));
    }
  }
}
