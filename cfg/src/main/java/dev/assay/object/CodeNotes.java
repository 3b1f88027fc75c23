package dev.assay.object;

import dev.assay.btf.BtfExtension;
import dev.assay.btf.BtfExtension.FunctionInfo;
import dev.assay.btf.BtfExtension.LineInfo;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.CoreRelocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What the extension of BTF says about a function's code. */
final class CodeNotes {
  private static final long MOST_TEXT = 64L << 20;

  private final Optional<BtfTypes> types;
  private final BtfExtension extension;
  private final Map<String, Notes> bySection = new HashMap<>();
  private final Map<LineInfo, SourceLine> sourceLines = new HashMap<>();
  private final Map<Integer, String> texts = new HashMap<>();
  private long textLeft = MOST_TEXT;

  /** The notes on the sections of one name, by byte offset. */
  private record Notes(
      NavigableMap<Integer, CoreRelocation> relocations,
      NavigableMap<Integer, LineInfo> lines,
      NavigableMap<Integer, FunctionInfo> functions) {}

  CodeNotes(Optional<BtfTypes> types, BtfExtension extension) {
    this.types = types;
    this.extension = extension;
  }

  /** The CO-RE relocations of a function, by byte offset from the start of its section. */
  NavigableMap<Integer, CoreRelocation> coreRelocations(CodeFunction function) {
    return within(function, notes(function).relocations);
  }

  /** The lines of a function, by the slot, from its start, at which each begins. */
  NavigableMap<Integer, SourceLine> lines(CodeFunction function) {
    NavigableMap<Integer, SourceLine> lines = new TreeMap<>();
    within(function, notes(function).lines)
        .forEach((offset, line) -> lines.put(
            offset / 8 - function.firstSlot(),
            sourceLines.computeIfAbsent(line, this::sourceLine)));
    return lines;
  }

  /** The id of a function's {@code FUNC}, or 0. */
  int btfFunction(CodeFunction function) {
    FunctionInfo info = notes(function).functions.get(function.firstByte());
    return info == null ? 0 : info.function();
  }

  private static <T> NavigableMap<Integer, T> within(
      CodeFunction function, NavigableMap<Integer, T> byOffset) {
    return byOffset.subMap(function.firstByte(), true, 8 * function.endSlot(), false);
  }

  private Notes notes(CodeFunction function) {
    return bySection.computeIfAbsent(
        function.section().name(),
        section -> new Notes(
            byOffset(extension.relocations(section), CoreRelocation::offset),
            byOffset(extension.lines(section), LineInfo::offset),
            byOffset(extension.functions(section), FunctionInfo::offset)));
  }

  private static <T> NavigableMap<Integer, T> byOffset(List<T> notes, ToIntFunction<T> offset) {
    NavigableMap<Integer, T> sorted = new TreeMap<>();
    notes.forEach(note -> sorted.putIfAbsent(offset.applyAsInt(note), note));
    return sorted;
  }

  private SourceLine sourceLine(LineInfo line) {
    return new SourceLine(text(line.file()), line.line(), line.column(), text(line.text()));
  }

  /** A string of the types; empty once all of them are longer than any honest file's. */
  private String text(int offset) {
    String known = texts.get(offset);
    if (known == null) {
      known = textLeft < 0 ? "" : types.orElseThrow().string(offset);
      textLeft -= known.length();
      texts.put(offset, known);
    }
    return known;
  }
}
