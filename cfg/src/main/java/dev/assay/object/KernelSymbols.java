package dev.assay.object;

import static java.util.Objects.requireNonNull;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the object expects the kernel to define: functions, variables, and values of its
 * configuration. The latter are gathered in a map {@code .kconfig}, laid out as libbpf does: by
 * falling alignment, then size, then name.
 */
final class KernelSymbols {
  private static final String CONFIGURATION = ".kconfig";
  private static final String SYMBOLS = ".ksyms";
  private static final int ARRAY = 2;
  private static final int READ_ONLY_FOR_PROGRAM = 1 << 7;
  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, Integer> types = new HashMap<>();
  private final Map<String, Integer> configuration = new HashMap<>();
  private int configurationMap = -1;

  /** Where a value of the configuration lies. */
  record Place(int map, int offset) {}

  /** Finds the undefined symbols of the object; adds the map {@code .kconfig} if it uses any. */
  static KernelSymbols read(ElfFile elf, Optional<BtfTypes> types, MapTable maps)
      throws MalformedObjectException {
    KernelSymbols symbols = new KernelSymbols();
    if (types.isPresent()) {
      symbols.readTypes(elf, types.get(), maps);
    }
    return symbols;
  }

  /** What an undefined symbol stands for. */
  ExternalSymbol external(ElfSymbol symbol, boolean function) {
    return new ExternalSymbol(
        symbol.name(), function, symbol.weak(), types.getOrDefault(symbol.name(), 0));
  }

  /** The place of a symbol that is a value of the configuration. */
  Optional<Place> configured(ElfSymbol symbol) {
    return Optional.ofNullable(configuration.get(symbol.name()))
        .map(offset -> new Place(configurationMap, offset));
  }

  private void readTypes(ElfFile elf, BtfTypes btf, MapTable maps) throws MalformedObjectException {
    Map<String, Integer> wanted = btf.inSection(CONFIGURATION);
    Map<String, Integer> known = btf.inSection(SYMBOLS);
    List<BtfType.Variable> values = new ArrayList<>();
    for (ElfSymbol symbol : elf.symbols()) {
      if (!symbol.undefined() || symbol.name().isEmpty() || types.containsKey(symbol.name())) {
        continue;
      }
      Integer value = wanted.get(symbol.name());
      if (value != null && btf.type(value) instanceof BtfType.Variable variable) {
        types.put(symbol.name(), value);
        values.add(variable);
      } else if (known.containsKey(symbol.name())) {
        types.put(symbol.name(), requireNonNull(known.get(symbol.name())));
      } else {
        // Functions that are not declared to be the kernel's, and objects of old compilers.
        btf.find(symbol.name(), BtfType.Function.class)
            .ifPresent(id -> types.put(symbol.name(), id));
      }
    }
    if (!values.isEmpty()) {
      configurationMap = maps.add(layOut(btf, values));
    }
  }

  private MapDefinition layOut(BtfTypes btf, List<BtfType.Variable> values)
      throws MalformedObjectException {
    record Sized(String name, int size, int alignment) {}
    List<Sized> sized = new ArrayList<>();
    for (BtfType.Variable value : values) {
      int size = btf.size(value.type()).orElse(0);
      if (size <= 0 || size > MOST_BYTES) {
        throw new MalformedObjectException("the value " + value.name()
            + " of section .kconfig has no size or is larger than 1 MiB");
      }
      sized.add(new Sized(value.name(), size, alignment(btf, value.type(), size)));
    }
    sized.sort(Comparator.comparingInt(Sized::alignment)
        .reversed()
        .thenComparing(Comparator.comparingInt(Sized::size).reversed())
        .thenComparing(Sized::name));
    List<DataSection.Variable> variables = new ArrayList<>();
    int end = 0;
    for (Sized value : sized) {
      int offset = (end + value.alignment - 1) / value.alignment * value.alignment;
      configuration.put(value.name, offset);
      variables.add(new DataSection.Variable(value.name, offset, value.size, true));
      end = offset + value.size;
      if (end > MOST_BYTES) {
        throw new MalformedObjectException(
            "the values of section .kconfig are together larger than 1 MiB");
      }
    }
    return new MapDefinition(
        CONFIGURATION,
        ARRAY,
        4,
        end,
        1,
        READ_ONLY_FOR_PROGRAM,
        Optional.empty(),
        Collections.emptyNavigableMap(),
        false,
        0,
        0,
        Optional.of(new DataSection(true, Bytes.zeros(end), variables)),
        List.of());
  }

  private static int alignment(BtfTypes btf, int type, int size) {
    return switch (btf.resolved(type)) {
      case BtfType.Array array -> alignment(btf.size(array.element()).orElse(1));
      default -> alignment(size);
    };
  }

  private static int alignment(int size) {
    return Math.clamp(Integer.highestOneBit(Math.max(size, 1)), 1, 8);
  }
}
