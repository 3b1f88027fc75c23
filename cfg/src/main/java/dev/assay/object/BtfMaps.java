package dev.assay.object;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Pointer;
import dev.assay.btf.BtfType.Prototype;
import dev.assay.btf.BtfType.Variable;
import dev.assay.btf.BtfTypes;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Maps in the section {@code .maps}, each a variable whose type says everything (libbpf 0.0.4 and
 * later): a number N is the length of an array that a member points to, a type is what a member
 * points to.
 *
 * <pre>
 *   struct { int (*type)[1]; key_t *key; value_t *value; int (*max_entries)[8]; } name;
 * </pre>
 *
 * <p>A member {@code values}, an array of pointers, makes a map of maps or a program array;
 * relocations of its elements tell what is in it at the start.
 */
final class BtfMaps {
  private static final String SECTION = ".maps";
  private static final int PROGRAM_ARRAY = 3;
  private static final int POINTER_BYTES = 8;
  private static final int LONGEST_VALUE = 1 << 29;

  /** libbpf knows 12 members; many maps of one huge struct would take forever. */
  private static final int MOST_MEMBERS = 32;

  private final ElfFile elf;
  private final BtfTypes types;
  private final MapTable maps;
  private final SpecialFields specialFields;
  private final Map<Integer, Member> valuesMembers = new HashMap<>();

  private BtfMaps(ElfFile elf, BtfTypes types, MapTable maps) {
    this.elf = elf;
    this.types = types;
    this.maps = maps;
    specialFields = new SpecialFields(types);
  }

  static boolean holdsMaps(ElfSection section) {
    return section.name().equals(SECTION) && section.holdsData();
  }

  /** Adds the object's maps with BTF to the table. */
  static void read(ElfFile elf, BtfTypes types, MapTable maps) throws MalformedObjectException {
    Optional<ElfSection> section = elf.section(SECTION).filter(BtfMaps::holdsMaps);
    if (section.isPresent()) {
      new BtfMaps(elf, types, maps).readSection(section.get());
    }
  }

  private void readSection(ElfSection section) throws MalformedObjectException {
    Map<String, Integer> variables = types.inSection(SECTION);
    NavigableMap<Integer, ElfSymbol> symbols = new TreeMap<>();
    for (ElfSymbol symbol : elf.symbols()) {
      if (symbol.section() == section.index() && symbol.isVariable()) {
        if (symbol.value() < 0 || symbol.value() >= Math.max(section.size(), 1)) {
          throw new MalformedObjectException("map " + symbol.name() + " at "
              + Long.toUnsignedString(symbol.value()) + " lies outside " + section);
        }
        symbols.putIfAbsent((int) symbol.value(), symbol);
      }
    }
    for (ElfSymbol symbol : symbols.values()) {
      Integer id = variables.get(symbol.name());
      if (id == null || !(types.type(id) instanceof Variable variable)) {
        throw new MalformedObjectException(
            "map " + symbol.name() + " in " + section + " has no BTF that describes it");
      }
      int index =
          maps.addAt(section, (int) symbol.value(), MapDefinition.of(symbol.name(), 0, 0, 0, 0));
      maps.replace(index, definition(symbol.name(), variable.type(), Optional.of(index)));
    }
    readInitialEntries(section);
  }

  /** The map that a struct type describes; {@code outer} is its index if it may hold other maps. */
  private MapDefinition definition(String name, int typeId, Optional<Integer> outer)
      throws MalformedObjectException {
    if (!(types.resolved(typeId) instanceof Composite struct) || struct.union()) {
      throw new MalformedObjectException(
          "map " + name + " in section .maps is no struct, according to BTF type " + typeId);
    }
    if (struct.members().size() > MOST_MEMBERS) {
      throw new MalformedObjectException("map " + name + " in section .maps is a struct of "
          + struct.members().size() + " members, but no map has more than " + MOST_MEMBERS);
    }
    Map<String, Integer> numbers = new HashMap<>();
    int keyType = 0;
    int valueType = 0;
    Optional<Integer> inner = Optional.empty();
    for (Member member : struct.members()) {
      switch (member.name()) {
        case "key" -> keyType = target(name, member);
        case "value" -> valueType = target(name, member);
        case "values" -> {
          if (outer.isEmpty()) {
            throw new MalformedObjectException(
                "map " + name + " is the inner map of another and must not have values itself");
          }
          valuesMembers.put(outer.get(), member);
          inner = inner(name, member);
        }
        case "type", "max_entries", "map_flags", "key_size", "value_size", "pinning" ->
          numbers.put(member.name(), number(name, member));
        default -> {
          // numa_node and map_extra do not change what a program may do, and later ones are not
          // known.
        }
      }
    }
    boolean holdsPointers = valuesMembers.containsKey(outer.orElse(-1));
    return new MapDefinition(
        name,
        numbers.getOrDefault("type", 0),
        numbers.containsKey("key_size") ? numbers.get("key_size") : size(name, "key", keyType),
        numbers.containsKey("value_size")
            ? numbers.get("value_size")
            : valueType == 0 && holdsPointers ? 4 : size(name, "value", valueType),
        numbers.getOrDefault("max_entries", 0),
        numbers.getOrDefault("map_flags", 0),
        inner,
        Collections.emptyNavigableMap(),
        numbers.getOrDefault("pinning", 0) != 0,
        keyType,
        valueType,
        Optional.empty(),
        specialFields.of(valueType));
  }

  /** The index of the map that a {@code values} member describes; empty if it holds programs. */
  private Optional<Integer> inner(String name, Member member) throws MalformedObjectException {
    if (types.resolved(member.type()) instanceof Array array
        && types.resolved(array.element()) instanceof Pointer pointer) {
      return switch (types.resolved(pointer.target())) {
        case Prototype _ -> Optional.empty();
        case Composite _ ->
          Optional.of(maps.add(definition(name + ".inner", pointer.target(), Optional.empty())));
        default ->
          throw new MalformedObjectException(
              "map " + name + " holds neither maps nor programs in its values");
      };
    }
    throw new MalformedObjectException("the values of map " + name + " are no array of pointers");
  }

  private int number(String name, Member member) throws MalformedObjectException {
    if (types.resolved(member.type()) instanceof Pointer pointer
        && types.resolved(pointer.target()) instanceof Array array) {
      return array.length();
    }
    throw new MalformedObjectException("the member " + member.name() + " of map " + name
        + " is no pointer to an array, so that its number is not known");
  }

  private int target(String name, Member member) throws MalformedObjectException {
    if (types.resolved(member.type()) instanceof Pointer pointer) {
      return pointer.target();
    }
    throw new MalformedObjectException(
        "the member " + member.name() + " of map " + name + " is no pointer to a type");
  }

  private int size(String name, String what, int type) throws MalformedObjectException {
    if (type == 0) {
      return 0;
    }
    int size = types.size(type).orElse(Integer.MAX_VALUE);
    if (size > LONGEST_VALUE) {
      throw new MalformedObjectException("the " + what + " of map " + name + " is of type "
          + types.describe(type) + ", whose size is not known or too large");
    }
    return size;
  }

  private void readInitialEntries(ElfSection section) throws MalformedObjectException {
    Map<Integer, NavigableMap<Integer, String>> entries = new HashMap<>();
    ByteBuffer contents = elf.contents(section);
    for (ElfRelocation relocation : elf.relocations(section)) {
      Map.Entry<Integer, Integer> place =
          maps.definedBefore(section.index(), relocation.offset()).orElse(Map.entry(0, -1));
      Member values = valuesMembers.get(place.getValue());
      if (values != null && relocation.offset() + POINTER_BYTES <= contents.limit()) {
        int offset = relocation.offset() - place.getKey() - values.bitOffset() / 8;
        Optional<String> name =
            nameAt(place.getValue(), relocation, contents.getLong(relocation.offset()));
        if (name.isPresent() && offset >= 0 && offset % POINTER_BYTES == 0) {
          entries
              .computeIfAbsent(place.getValue(), _ -> new TreeMap<>())
              .put(offset / POINTER_BYTES, name.get());
        }
      }
    }
    for (Map.Entry<Integer, NavigableMap<Integer, String>> entry : entries.entrySet()) {
      int map = entry.getKey();
      maps.replace(map, maps.get(map).withInitialEntries(entry.getValue()));
    }
  }

  /** The name of the map or program that an element of {@code values} points to. */
  private Optional<String> nameAt(int map, ElfRelocation relocation, long addend) {
    ElfSymbol symbol = relocation.symbol();
    if (maps.get(map).type() == PROGRAM_ARRAY) {
      return symbol.isFunction() ? Optional.of(symbol.name()) : Optional.empty();
    }
    return maps.definedAt(symbol.section(), symbol.value() + addend + relocation.addend())
        .map(index -> maps.get(index).name());
  }
}
