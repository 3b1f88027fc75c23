package dev.assay.object;

import dev.assay.isa.Code;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One entry function with its callees, linked: local calls and code addresses have their slot offsets, maps are
 * {@code MapByIndex} and {@code MapValueByIndex} with indices into {@link BpfObject#maps}.
 *
 * @param section the section that holds the entry function
 * @param function the entry function's name
 * @param code the entry function from slot 0, then each subprogram that it reaches
 * @param subprograms the functions of the code in order, the entry function first
 * @param externals what the instruction at a slot calls or loads, where that is a symbol that the object does not define
 * @param sourceLines for each slot at which a new line begins, the line
 */
public record BpfProgram(
    String section,
    String function,
    Code code,
    List<Subprogram> subprograms,
    Map<Integer, ExternalSymbol> externals,
    NavigableMap<Integer, SourceLine> sourceLines) {
  public BpfProgram {
    subprograms = List.copyOf(subprograms);
    externals = Map.copyOf(externals);
    sourceLines = java.util.Collections.unmodifiableNavigableMap(new java.util.TreeMap<>(sourceLines));
  }

  /** The C line that the instruction at {@code slot} comes from; lines do not run over the end of a function. */
  public Optional<SourceLine> sourceAt(int slot) {
    Map.Entry<Integer, SourceLine> line = sourceLines.floorEntry(slot);
    return line == null ? Optional.empty() : Optional.of(line.getValue());
  }
}
