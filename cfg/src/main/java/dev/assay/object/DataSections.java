package dev.assay.object;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.object.MapDefinition.SpecialField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.collections4.MultiValuedMap;
import org.apache.commons.collections4.multimap.ArrayListValuedHashMap;

/**
 * Sections of variables as maps: an array with one value each, as libbpf makes them. Those are
 * {@code .data}, {@code .bss}, {@code .rodata} and what is named after them, and any other that
 * code refers to.
 */
final class DataSections {
  private static final String ARENA_VARIABLES = ".addr_space.1";
  private static final int ARENA = 33;
  private static final int ARRAY = 2;
  private static final int READ_ONLY_FOR_PROGRAM = 1 << 7;
  private static final int MAPPABLE = 1 << 10;

  private final ElfFile elf;
  private final Optional<BtfTypes> types;
  private final MapTable maps;
  private final Optional<Integer> arenaMap;
  private final Optional<SpecialFields> special;
  private final MultiValuedMap<Integer, ElfSymbol> symbols = new ArrayListValuedHashMap<>();
  private final Map<String, Map<String, Integer>> inSection = new HashMap<>();

  /** A variable; {@code id} is that of its declaration in BTF, or 0. */
  private record Described(ElfSymbol symbol, int offset, int size, int id) {}

  private DataSections(ElfFile elf, Optional<BtfTypes> types, MapTable maps) {
    this.elf = elf;
    this.maps = maps;
    arenaMap = maps.ofType(ARENA);
    this.types = types;
    special = types.map(SpecialFields::new);
    for (ElfSymbol symbol : elf.symbols()) {
      if (symbol.isVariable() && !symbol.name().isEmpty()) {
        symbols.put(symbol.section(), symbol);
      }
    }
  }

  /** Adds the object's sections of variables to the table. */
  static void read(ElfFile elf, Optional<BtfTypes> types, MapTable maps)
      throws MalformedObjectException {
    DataSections data = new DataSections(elf, types, maps);
    Set<Integer> used = data.usedByCode();
    for (ElfSection section : elf.sections()) {
      boolean wanted = named(section.name()) || used.contains(section.index());
      if (section.holdsData() && wanted && !maps.defines(section.index()) && section.size() > 0) {
        data.add(section);
      }
    }
  }

  /** Variables in the address space of an arena lie in that map; others have a map of their own. */
  private void add(ElfSection section) throws MalformedObjectException {
    MapDefinition own = map(section);
    Optional<Integer> arena = section.name().equals(ARENA_VARIABLES) ? arenaMap : Optional.empty();
    if (arena.isPresent()) {
      maps.replace(arena.get(), maps.get(arena.get()).withData(own.data().orElseThrow()));
      maps.setData(section, arena.get());
    } else {
      maps.setData(section, maps.add(own));
    }
  }

  private static boolean named(String name) {
    return name.equals(".data")
        || name.startsWith(".data.")
        || name.startsWith(".bss")
        || name.startsWith(".rodata");
  }

  private Set<Integer> usedByCode() {
    Set<Integer> used = new HashSet<>();
    for (ElfSection section : elf.sections()) {
      if (section.holdsCode()) {
        elf.relocations(section)
            .forEach(relocation -> used.add(relocation.symbol().section()));
      }
    }
    return used;
  }

  private MapDefinition map(ElfSection section) throws MalformedObjectException {
    List<Described> variables = described(section);
    boolean readOnly = !section.writable() || section.name().startsWith(".rodata");
    ByteBuffer contents = elf.contents(section);
    byte[] bytes = new byte[contents.limit()];
    contents.get(0, bytes);
    Bytes value =
        section.type() == ElfSection.NO_BITS ? Bytes.zeros(section.size()) : Bytes.copyOf(bytes);
    return new MapDefinition(
        section.name(),
        ARRAY,
        4,
        section.size(),
        1,
        MAPPABLE | (readOnly ? READ_ONLY_FOR_PROGRAM : 0),
        Optional.empty(),
        Collections.emptyNavigableMap(),
        false,
        0,
        0,
        Optional.of(new DataSection(
            readOnly, value, variables.stream().map(this::variable).toList())),
        specialFields(variables));
  }

  /** The symbols of a section with what BTF says of them. */
  private List<Described> described(ElfSection section) {
    Map<String, Integer> typed = types.isEmpty()
        ? Map.of()
        : inSection.computeIfAbsent(section.name(), types.get()::inSection);
    List<Described> variables = new ArrayList<>();
    for (ElfSymbol symbol : symbols.get(section.index())) {
      // A static variable of a function has the symbol "function.variable", in BTF "variable".
      String inFunction = symbol.name().substring(symbol.name().lastIndexOf('.') + 1);
      int id = typed.getOrDefault(symbol.name(), typed.getOrDefault(inFunction, 0));
      int size = (int) Math.min(Math.max(symbol.size(), 0), section.size());
      if (symbol.value() >= 0 && symbol.value() <= section.size() - size) {
        variables.add(new Described(symbol, (int) symbol.value(), size, id));
      }
    }
    variables.sort(Comparator.comparingInt(Described::offset));
    return variables;
  }

  private DataSection.Variable variable(Described described) {
    boolean constant = described.id != 0 && volatileConstant(types.orElseThrow(), described.id);
    return new DataSection.Variable(
        described.symbol.name(), described.offset, described.size, constant);
  }

  private List<SpecialField> specialFields(List<Described> variables)
      throws MalformedObjectException {
    List<SpecialField> fields = new ArrayList<>();
    for (Described variable : variables) {
      if (variable.id != 0
          && types.orElseThrow().type(variable.id) instanceof BtfType.Variable typed) {
        for (SpecialField field : special.orElseThrow().of(typed.type())) {
          fields.add(field.shifted(variable.offset));
        }
      }
    }
    return fields;
  }

  /**
   * Whether a variable's type has both qualifiers, in whichever order, itself or as an array's
   * elements.
   */
  private static boolean volatileConstant(BtfTypes btf, int variable) {
    boolean constant = false;
    boolean isVolatile = false;
    int at = variable;
    for (int step = 0; step < 32; step++) {
      switch (btf.type(at)) {
        case BtfType.Qualified qualified -> {
          constant |= qualified.qualifier() == BtfType.Qualifier.CONST;
          isVolatile |= qualified.qualifier() == BtfType.Qualifier.VOLATILE;
          at = qualified.target();
        }
        case BtfType.Variable declared -> at = declared.type();
        case BtfType.Typedef typedef -> at = typedef.target();
        case BtfType.TypeTag tag -> at = tag.target();
        case BtfType.Array array -> at = array.element();
        default -> {
          return constant && isVolatile;
        }
      }
    }
    return false;
  }
}
