package dev.assay.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.collections4.MultiValuedMap;
import org.apache.commons.collections4.multimap.HashSetValuedHashMap;

/**
 * Where functions start and end in the sections of code, and which of them are programs.
 *
 * <p>A function starts where a function symbol says so, where a call or an address of code leads,
 * and at the start of a section that no function symbol points into: compilers before LLVM 7 gave
 * functions symbols without type, so there the section's name stands for its only program.
 *
 * <p>Programs are the functions outside {@code .text}; of an object without such, those in {@code
 * .text}. Local functions that others call are not programs: their arguments are not a context.
 */
final class FunctionTable {
  private static final String TEXT = ".text";

  private final ElfFile elf;
  private final Map<Integer, NavigableMap<Integer, CodeFunction>> functions = new HashMap<>();
  private final MultiValuedMap<Integer, Integer> calledSlots = new HashSetValuedHashMap<>();
  private final Map<Integer, Map<Integer, ElfSymbol>> symbols = new HashMap<>();

  FunctionTable(ElfFile elf) throws MalformedObjectException {
    this.elf = elf;
    readSymbols();
    for (ElfSection section : elf.sections()) {
      if (section.holdsCode()) {
        if (section.size() % 8 != 0) {
          throw new MalformedObjectException(
              section + " of " + section.size() + " bytes is not a whole number of slots");
        }
        findCalled(section);
      }
    }
    for (ElfSection section : elf.sections()) {
      if (section.holdsCode()) {
        functions.put(section.index(), cut(section));
      }
    }
  }

  /** The programs, in the order of sections and offsets. */
  List<CodeFunction> programs() {
    boolean onlyText = elf.sections().stream()
        .filter(ElfSection::holdsCode)
        .allMatch(section -> section.name().equals(TEXT));
    List<CodeFunction> programs = new ArrayList<>();
    for (ElfSection section : elf.sections()) {
      if (!section.holdsCode() || (section.name().equals(TEXT) && !onlyText)) {
        continue;
      }
      NavigableMap<Integer, CodeFunction> all =
          functions.getOrDefault(section.index(), new TreeMap<>());
      boolean anySymbol = all.values().stream().anyMatch(CodeFunction::symbol);
      for (CodeFunction function : all.values()) {
        boolean local = !function.global()
            && calledSlots.containsMapping(section.index(), function.firstSlot());
        if (function.symbol() ? !local : !anySymbol && function.firstSlot() == 0) {
          programs.add(function);
        }
      }
    }
    return programs;
  }

  /** The function that starts at a slot of a section. */
  Optional<CodeFunction> startingAt(int section, long slot) {
    NavigableMap<Integer, CodeFunction> all = functions.get(section);
    return all == null || slot != (int) slot
        ? Optional.empty()
        : Optional.ofNullable(all.get((int) slot));
  }

  /**
   * The slot, in the section of its symbol, that a relocation leads to: functions that the compiler
   * knows only by their section stand as a distance in the immediate, in slots for calls and in
   * bytes for addresses.
   */
  static long target(ElfRelocation relocation, SlotBytes code, int slot) {
    long value = relocation.symbol().value() + relocation.addend();
    int immediate = code.immediate(slot);
    return code.opcode(slot) == SlotBytes.CALL
        ? value / 8 + immediate + 1
        : (value + immediate) / 8;
  }

  private void readSymbols() throws MalformedObjectException {
    for (ElfSymbol symbol : elf.symbols()) {
      if (!symbol.namesCode()
          || symbol.undefined()
          || symbol.section() >= elf.sections().size()) {
        continue;
      }
      ElfSection section = elf.sections().get(symbol.section());
      if (!section.holdsCode()) {
        continue;
      }
      long value = symbol.value();
      long size = symbol.size();
      if (!symbol.isFunction() && value % 8 != 0) {
        continue;
      }
      if (value < 0
          || value >= section.size()
          || size < 0
          || size > section.size() - value
          || (value | size) % 8 != 0) {
        throw new MalformedObjectException(
            "symbol %s at %s with %s bytes does not fit the slots of %s with %d bytes"
                .formatted(
                    symbol.name(),
                    Long.toUnsignedString(value),
                    Long.toUnsignedString(size),
                    section,
                    section.size()));
      }
      symbols
          .computeIfAbsent(section.index(), _ -> new HashMap<>())
          .merge((int) value / 8, symbol, FunctionTable::preferred);
    }
  }

  /** Of two symbols for one place, the one that says more. */
  private static ElfSymbol preferred(ElfSymbol one, ElfSymbol other) {
    if (one.isFunction() != other.isFunction()) {
      return one.isFunction() ? one : other;
    }
    return one.local() && !other.local() ? other : one;
  }

  private void findCalled(ElfSection section) {
    SlotBytes code = new SlotBytes(elf.contents(section));
    Set<Integer> relocated = new HashSet<>();
    for (ElfRelocation relocation : elf.relocations(section)) {
      int slot = relocation.offset() / 8;
      relocated.add(slot);
      if (slot < code.slots()
          && (code.opcode(slot) == SlotBytes.CALL || code.loadsImmediate(slot))) {
        addCalled(relocation.symbol().section(), target(relocation, code, slot));
      }
    }
    for (int slot = 0; slot < code.slots(); slot++) {
      if (!relocated.contains(slot)) {
        OptionalInt target = localTarget(code, slot);
        if (target.isPresent()) {
          addCalled(section.index(), target.getAsInt());
        }
      }
      if (code.loadsImmediate(slot)) {
        slot++;
      }
    }
  }

  /** Where a call or an address of code leads that needs no relocation. */
  static OptionalInt localTarget(SlotBytes code, int slot) {
    boolean call = code.opcode(slot) == SlotBytes.CALL && code.source(slot) == SlotBytes.LOCAL_CALL;
    boolean address = code.loadsImmediate(slot) && code.source(slot) == SlotBytes.CODE_ADDRESS;
    return call || address ? OptionalInt.of(slot + 1 + code.immediate(slot)) : OptionalInt.empty();
  }

  private void addCalled(int section, long slot) {
    if (section > 0
        && section < elf.sections().size()
        && elf.sections().get(section).holdsCode()) {
      if (slot >= 0 && slot < elf.sections().get(section).size() / 8) {
        calledSlots.put(section, (int) slot);
      }
    }
  }

  private NavigableMap<Integer, CodeFunction> cut(ElfSection section) {
    Map<Integer, ElfSymbol> here = symbols.getOrDefault(section.index(), Map.of());
    NavigableMap<Integer, Optional<ElfSymbol>> starts = new TreeMap<>();
    here.forEach((slot, symbol) -> {
      if (symbol.isFunction()) {
        starts.put(slot, Optional.of(symbol));
      }
    });
    starts.putIfAbsent(0, Optional.empty());
    int end = section.size() / 8;
    for (int slot : calledSlots.get(section.index())) {
      starts.putIfAbsent(slot, Optional.ofNullable(here.get(slot)));
    }
    NavigableMap<Integer, CodeFunction> result = new TreeMap<>();
    starts.forEach((slot, symbol) -> {
      Integer next = starts.higherKey(slot);
      int rest = (next == null ? end : next) - slot;
      if (rest > 0) {
        result.put(slot, function(section, slot, rest, symbol));
      }
    });
    return result;
  }

  private static CodeFunction function(
      ElfSection section, int slot, int rest, Optional<ElfSymbol> symbol) {
    if (symbol.isEmpty()) {
      return new CodeFunction(
          section,
          slot == 0 ? section.name() : section.name() + "+" + slot,
          slot,
          rest,
          slot == 0,
          false);
    }
    ElfSymbol named = symbol.get();
    int slots = named.size() == 0 ? rest : (int) (named.size() / 8);
    return new CodeFunction(
        section, named.name(), slot, slots, !named.local() && !named.hidden(), named.isFunction());
  }
}
