package dev.assay.object;

import dev.assay.isa.Code;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entry function with its callees, linked: local calls and code addresses have their slot
 * offsets, maps are {@code MapByIndex} and {@code MapValueByIndex} with indices into {@link
 * BpfObject#maps}.
 *
 * @param section the section that holds the entry function
 * @param function the entry function's name
 * @param code the entry function from slot 0, then each subprogram that it reaches
 * @param subprograms the functions of the code in order, the entry function first
 * @param externals what the instruction at a slot calls or loads, where that is a symbol that the
 *     object does not define
 * @param poisoned slots whose CO-RE relocation failed ({@link ObjectReader#POISON} stands there),
 *     each with the reason
 * @param sourceLines for each slot at which a new line begins, the line
 */
public record BpfProgram(
    String section,
    String function,
    Code code,
    List<Subprogram> subprograms,
    Map<Integer, ExternalSymbol> externals,
    Map<Integer, String> poisoned,
    NavigableMap<Integer, SourceLine> sourceLines) {
  public BpfProgram {
    subprograms = List.copyOf(subprograms);
    externals = Map.copyOf(externals);
    poisoned = Map.copyOf(poisoned);
    sourceLines = Collections.unmodifiableNavigableMap(new TreeMap<>(sourceLines));
  }

  /** A program of one function that needs no linking. */
  public static BpfProgram of(String section, String function, Code code) {
    Subprogram entry = new Subprogram(function, 0, code.size(), true, 0);
    return new BpfProgram(
        section,
        function,
        code,
        List.of(entry),
        Map.of(),
        Map.of(),
        Collections.emptyNavigableMap());
  }

  /** The same program with other instructions in the same slots. */
  BpfProgram withCode(Code other) {
    return new BpfProgram(section, function, other, subprograms, externals, poisoned, sourceLines);
  }

  /**
   * The C line that the instruction at {@code slot} comes from; lines do not run over the end of a
   * function.
   */
  public Optional<SourceLine> sourceAt(int slot) {
    Map.Entry<Integer, SourceLine> line = sourceLines.floorEntry(slot);
    return line == null || line.getKey() < functionAt(slot).firstSlot()
        ? Optional.empty()
        : Optional.of(line.getValue());
  }

  /**
   * The function that a slot belongs to.
   *
   * @throws IndexOutOfBoundsException if {@code slot} is outside the code
   */
  public Subprogram functionAt(int slot) {
    Objects.checkIndex(slot, code.size());
    int low = 0;
    int high = subprograms.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (subprograms.get(middle).firstSlot() <= slot) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return subprograms.get(low);
  }
}
