package dev.assay.object;

import dev.assay.btf.CoreRelocation;
import dev.assay.btf.CoreResolver;
import dev.assay.btf.MalformedBtfException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Resolves what a function's code refers to: maps, variables, other functions, the kernel's
 * symbols.
 */
final class FunctionLinker {
  private final ElfFile elf;
  private final FunctionTable functions;
  private final MapTable maps;
  private final KernelSymbols kernel;
  private final CodeNotes notes;
  private final Optional<CoreResolver> core;
  private final Map<CodeFunction, LinkedFunction> linked = new HashMap<>();
  private final Map<Integer, NavigableMap<Integer, ElfRelocation>> relocations = new HashMap<>();

  FunctionLinker(
      ElfFile elf,
      FunctionTable functions,
      MapTable maps,
      KernelSymbols kernel,
      CodeNotes notes,
      Optional<CoreResolver> core) {
    this.elf = elf;
    this.functions = functions;
    this.maps = maps;
    this.kernel = kernel;
    this.notes = notes;
    this.core = core;
  }

  /** The function with its references resolved. */
  LinkedFunction link(CodeFunction function) throws LinkException {
    LinkedFunction known = linked.get(function);
    if (known == null) {
      known = resolve(function);
      linked.put(function, known);
    }
    return known;
  }

  private LinkedFunction resolve(CodeFunction function) throws LinkException {
    int first = function.firstByte();
    int end = 8 * function.endSlot();
    byte[] bytes = new byte[end - first];
    elf.contents(function.section()).get(first, bytes);
    SlotBytes code = new SlotBytes(ByteBuffer.wrap(bytes).order(elf.byteOrder()));
    Map<Integer, String> poisoned = new HashMap<>();
    for (CoreRelocation relocation : notes.coreRelocations(function).values()) {
      int slot = relocation.offset() / 8 - function.firstSlot();
      answer(relocation, function, code, slot).ifPresent(reason -> poisoned.put(slot, reason));
    }
    NavigableMap<Integer, CodeFunction> references = new TreeMap<>();
    Map<Integer, ExternalSymbol> externals = new HashMap<>();
    NavigableMap<Integer, ElfRelocation> inside = relocations
        .computeIfAbsent(function.section().index(), _ -> relocations(function.section()))
        .subMap(first, true, end, false);
    for (int slot = 0; slot < code.slots(); slot++) {
      if (!inside.containsKey(first + 8 * slot)) {
        checkMap(code, slot, function);
        OptionalInt target = FunctionTable.localTarget(code, slot);
        if (target.isPresent()) {
          int place = function.firstSlot() + target.getAsInt();
          references.put(slot, functionAt(function.section().index(), place, function, slot));
        }
      }
      if (code.loadsImmediate(slot)) {
        slot++;
      }
    }
    for (ElfRelocation relocation : inside.values()) {
      relocate(relocation, function, code, references, externals);
    }
    return new LinkedFunction(
        function,
        Bytes.copyOf(bytes),
        references,
        externals,
        poisoned,
        notes.lines(function),
        notes.btfFunction(function));
  }

  /** Code may name a map by its index, without a relocation. */
  private void checkMap(SlotBytes code, int slot, CodeFunction function) throws LinkException {
    int source = code.source(slot);
    boolean map = source == SlotBytes.MAP_BY_INDEX || source == SlotBytes.MAP_VALUE_BY_INDEX;
    if (code.loadsImmediate(slot)
        && map
        && Integer.compareUnsigned(code.immediate(slot), maps.count()) >= 0) {
      throw new LinkException("slot " + slot + " of " + function + " refers to map "
          + Integer.toUnsignedString(code.immediate(slot)) + ", but there are only "
          + maps.count());
    }
  }

  private NavigableMap<Integer, ElfRelocation> relocations(ElfSection section) {
    NavigableMap<Integer, ElfRelocation> byOffset = new TreeMap<>();
    elf.relocations(section).forEach(relocation -> byOffset.put(relocation.offset(), relocation));
    return byOffset;
  }

  /** Puts a CO-RE relocation's answer into its instruction; the reason if there is none. */
  private Optional<String> answer(
      CoreRelocation relocation, CodeFunction function, SlotBytes code, int slot)
      throws LinkException {
    if (relocation.offset() % 8 != 0 || core.isEmpty()) {
      throw new LinkException("the CO-RE relocation at offset " + relocation.offset() + " of "
          + function + " is at no slot");
    }
    try {
      return new CorePatch(code, slot).apply(core.get().answer(relocation));
    } catch (MalformedBtfException e) {
      throw new LinkException("slot " + slot + " of " + function + ": " + e.getMessage());
    }
  }

  private void relocate(
      ElfRelocation relocation,
      CodeFunction function,
      SlotBytes code,
      NavigableMap<Integer, CodeFunction> references,
      Map<Integer, ExternalSymbol> externals)
      throws LinkException {
    int slot = relocation.offset() / 8 - function.firstSlot();
    ElfSymbol symbol = relocation.symbol();
    boolean call = code.opcode(slot) == SlotBytes.CALL;
    if (relocation.offset() % 8 != 0 || (!call && !code.loadsImmediate(slot))) {
      throw new LinkException(
          "the relocation at offset %d of %s for %s is at neither a call nor a 64-bit immediate"
              .formatted(relocation.offset(), function.section(), name(symbol)));
    }
    if (symbol.undefined()) {
      linkUndefined(symbol, call, code, slot, externals);
      return;
    }
    if (symbol.section() >= elf.sections().size()) {
      throw new LinkException("slot " + slot + " of " + function + " refers to " + name(symbol)
          + ", which is in no section");
    }
    ElfSection section = elf.sections().get(symbol.section());
    if (section.holdsCode()) {
      CodeFunction target =
          functionAt(section.index(), FunctionTable.target(relocation, code, slot), function, slot);
      code.setSource(slot, call ? SlotBytes.LOCAL_CALL : SlotBytes.CODE_ADDRESS);
      references.put(slot, target);
    } else if (call) {
      throw new LinkException("slot " + slot + " of " + function + " calls " + name(symbol) + " in "
          + section + ", which holds no code");
    } else if (maps.defines(section.index())) {
      int map = maps.definedAt(
              section.index(), symbol.value() + relocation.addend() + code.immediate(slot))
          .orElseThrow(() -> new LinkException("slot " + slot + " of " + function + " refers to "
              + name(symbol) + " in " + section + ", where no map starts"));
      setImmediate(code, slot, SlotBytes.MAP_BY_INDEX, map, 0);
    } else {
      int map = maps.ofData(section.index())
          .orElseThrow(() -> new LinkException("slot " + slot + " of " + function + " refers to "
              + name(symbol) + " in " + section + ", which holds neither maps nor variables"));
      setImmediate(
          code,
          slot,
          SlotBytes.MAP_VALUE_BY_INDEX,
          map,
          (int) (symbol.value() + relocation.addend()) + code.immediate(slot));
    }
  }

  private void linkUndefined(
      ElfSymbol symbol,
      boolean call,
      SlotBytes code,
      int slot,
      Map<Integer, ExternalSymbol> externals) {
    Optional<KernelSymbols.Place> place = kernel.configured(symbol);
    if (call) {
      code.setSource(slot, SlotBytes.BTF_CALL);
      code.setOffset(slot, (short) 0);
      code.setImmediate(slot, 0);
      externals.put(slot, kernel.external(symbol, true));
    } else if (place.isPresent()) {
      setImmediate(
          code,
          slot,
          SlotBytes.MAP_VALUE_BY_INDEX,
          place.get().map(),
          place.get().offset() + code.immediate(slot));
    } else {
      setImmediate(code, slot, SlotBytes.VARIABLE_ADDRESS, 0, 0);
      externals.put(slot, kernel.external(symbol, false));
    }
  }

  private static void setImmediate(
      SlotBytes code, int slot, int source, int immediate, int nextImmediate) {
    code.setSource(slot, source);
    code.setImmediate(slot, immediate);
    code.setImmediate(slot + 1, nextImmediate);
  }

  private CodeFunction functionAt(int section, long place, CodeFunction from, int slot)
      throws LinkException {
    return functions
        .startingAt(section, place)
        .orElseThrow(
            () -> new LinkException("slot %d of %s refers to slot %d of %s, which is outside of it"
                .formatted(slot, from, place, elf.sections().get(section))));
  }

  private static String name(ElfSymbol symbol) {
    return symbol.name().isEmpty() ? "symbol " + symbol.index() : symbol.name();
  }
}
