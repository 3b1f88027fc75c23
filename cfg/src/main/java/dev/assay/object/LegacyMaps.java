package dev.assay.object;

import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfTypes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Maps that are structs of numbers in sections {@code maps} and {@code maps/...}. How long the
 * struct is, and so which one it is, only the distances between symbols tell:
 *
 * <pre>
 *   0     4    8      12           16     20         24       28        32
 *   type  key  value  max entries                                             at least
 *   type  key  value  max entries  flags                                      bpf_map_def of libbpf
 *   type  key  value  max entries  flags  inner map  NUMA node                of Linux samples
 *   type  key  value  max entries  flags  id         pinning  inner id  inner index   of iproute2
 * </pre>
 *
 * An inner map index counts the maps in the order of their places. iproute2's inner id is the id of
 * another map, and its inner index the key under which a map of maps holds that one at first (or
 * -1).
 */
final class LegacyMaps {
  private static final int ARRAY_OF_MAPS = 12;
  private static final int HASH_OF_MAPS = 13;
  private static final String ANNOTATION = "____btf_map_";
  private static final int LEAST = 16;
  private static final int IPROUTE2 = 36;

  /** Words of one struct; those beyond its end are 0. */
  private record Definition(int index, int bytes, int[] words) {
    boolean ofMaps() {
      return words[0] == ARRAY_OF_MAPS || words[0] == HASH_OF_MAPS;
    }

    boolean iproute2() {
      return bytes >= IPROUTE2;
    }
  }

  private final ElfFile elf;
  private final Optional<BtfTypes> types;
  private final Optional<SpecialFields> special;
  private final MapTable maps;
  private final List<Definition> found = new ArrayList<>();
  private final Map<String, Annotation> annotations = new HashMap<>();

  /** Ids of types, or 0. */
  private record Annotation(int keyType, int valueType) {}

  private LegacyMaps(ElfFile elf, Optional<BtfTypes> types, MapTable maps) {
    this.elf = elf;
    this.types = types;
    special = types.map(SpecialFields::new);
    this.maps = maps;
  }

  static boolean holdsMaps(ElfSection section) {
    return section.type() == ElfSection.PROGRAM_BITS
        && (section.name().equals("maps") || section.name().startsWith("maps/"));
  }

  /** Adds the object's legacy maps to the table. */
  static void read(ElfFile elf, Optional<BtfTypes> types, MapTable maps)
      throws MalformedObjectException {
    LegacyMaps legacy = new LegacyMaps(elf, types, maps);
    Map<Integer, NavigableMap<Integer, ElfSymbol>> symbols = new HashMap<>();
    for (ElfSymbol symbol : elf.symbols()) {
      if (symbol.isVariable() && symbol.section() < elf.sections().size()) {
        ElfSection section = elf.sections().get(symbol.section());
        if (holdsMaps(section)) {
          if (symbol.value() < 0 || symbol.value() >= section.size()) {
            throw new MalformedObjectException("map " + symbol.name() + " at "
                + Long.toUnsignedString(symbol.value()) + " lies outside " + section);
          }
          symbols
              .computeIfAbsent(section.index(), _ -> new TreeMap<>())
              .putIfAbsent((int) symbol.value(), symbol);
        }
      }
    }
    for (ElfSection section : elf.sections()) {
      if (symbols.containsKey(section.index())) {
        legacy.readSection(section, symbols.get(section.index()));
      }
    }
    legacy.connect();
  }

  private void readSection(ElfSection section, NavigableMap<Integer, ElfSymbol> symbols)
      throws MalformedObjectException {
    ByteBuffer contents = elf.contents(section);
    for (Map.Entry<Integer, ElfSymbol> entry : symbols.entrySet()) {
      int offset = entry.getKey();
      Integer next = symbols.higherKey(offset);
      int bytes = (next == null ? section.size() : next) - offset;
      if (bytes < LEAST) {
        throw new MalformedObjectException("map " + entry.getValue().name() + " in " + section
            + " has " + bytes + " bytes, but a definition at least 16");
      }
      int[] words = new int[IPROUTE2 / 4];
      for (int i = 0; i < words.length && 4 * i + 4 <= bytes; i++) {
        words[i] = contents.getInt(offset + 4 * i);
      }
      String name = entry.getValue().name();
      Annotation annotation = annotations.computeIfAbsent(name, this::annotation);
      MapDefinition map = new MapDefinition(
          name,
          words[0],
          words[1],
          words[2],
          words[3],
          words[4],
          Optional.empty(),
          Collections.emptyNavigableMap(),
          bytes >= IPROUTE2 && words[6] != 0,
          annotation.keyType,
          annotation.valueType,
          Optional.empty(),
          special.isEmpty() ? List.of() : special.get().of(annotation.valueType));
      found.add(new Definition(maps.addAt(section, offset, map), bytes, words));
    }
  }

  /**
   * The types of a map's key and value, which samples of Linux 5.0 and 5.1 put beside the map as
   * the members of a struct with its name.
   */
  private Annotation annotation(String map) {
    Annotation found = new Annotation(0, 0);
    if (types.isPresent()) {
      for (int id : types.get().named(ANNOTATION + map)) {
        found = new Annotation(member(types.get(), id, "key"), member(types.get(), id, "value"));
      }
    }
    return found;
  }

  private static int member(BtfTypes btf, int struct, String name) {
    return btf.member(struct, name).map(Member::type).orElse(0);
  }

  private void connect() throws MalformedObjectException {
    Map<Integer, Integer> byId = new HashMap<>();
    for (Definition definition : found) {
      if (definition.iproute2() && definition.words[5] != 0) {
        byId.putIfAbsent(definition.words[5], definition.index);
      }
    }
    for (Definition outer : found) {
      if (!outer.ofMaps()) {
        continue;
      }
      MapDefinition map = maps.get(outer.index);
      if (outer.iproute2()) {
        Integer inner = byId.get(outer.words[7]);
        if (inner != null) {
          NavigableMap<Integer, String> entries = outer.words[8] < 0
              ? new TreeMap<>()
              : new TreeMap<>(Map.of(outer.words[8], maps.get(inner).name()));
          maps.replace(outer.index, map.withInnerMap(inner).withInitialEntries(entries));
        }
      } else if (outer.words[5] >= 0 && outer.words[5] < found.size()) {
        maps.replace(outer.index, map.withInnerMap(found.get(outer.words[5]).index));
      }
    }
  }
}
