package dev.assay.object;

import java.util.Map;
import java.util.NavigableMap;

/**
 * One function with everything in its code resolved except for the distances to other functions.
 * Slots count from its start.
 *
 * @param code its bytes
 * @param references the functions that it calls or takes the address of, by the slot that does
 * @param btfFunction the id of its {@code FUNC}, or 0
 */
record LinkedFunction(
    CodeFunction function,
    Bytes code,
    NavigableMap<Integer, CodeFunction> references,
    Map<Integer, ExternalSymbol> externals,
    Map<Integer, String> poisoned,
    NavigableMap<Integer, SourceLine> lines,
    int btfFunction) {}
