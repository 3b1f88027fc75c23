package dev.assay.btf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code .BTF.ext} says of instructions: their function, their line of C, and what CO-RE has
 * to put into them. Each is found by the name of the code section and has a byte offset in it.
 *
 * <p>The header (Linux, {@code tools/lib/bpf/libbpf_internal.h}) is that of BTF up to its length,
 * then offset and bytes of the function, line and (from 32 bytes of header on) relocation parts. A
 * part is the size of a record, then a run a section:
 *
 * <pre>
 *   0             4                8                 8 + size
 *   section name  number of records  first record      second record ...
 * </pre>
 */
public final class BtfExtension {
  private static final int HEADER = 24;
  private static final int MOST_SECTIONS = 65536;
  private static final int LONGEST_ACCESS = 512;

  private final Map<String, List<FunctionInfo>> functions;
  private final Map<String, List<LineInfo>> lines;
  private final Map<String, List<CoreRelocation>> relocations;

  /**
   * A function starts at {@code offset}; {@code function} is the id of its {@link
   * BtfType.Function}.
   */
  public record FunctionInfo(int offset, int function) {}

  /**
   * The instructions from {@code offset} on come from a line.
   *
   * @param file where the path starts in the strings
   * @param text where the line's text starts in the strings
   * @param line 1-based
   * @param column 1-based, or 0
   */
  public record LineInfo(int offset, int file, int text, int line, int column) {}

  private interface RecordReader<T> {
    T read(ByteBuffer part, int at) throws MalformedBtfException;
  }

  private BtfExtension(
      Map<String, List<FunctionInfo>> functions,
      Map<String, List<LineInfo>> lines,
      Map<String, List<CoreRelocation>> relocations) {
    this.functions = functions;
    this.lines = lines;
    this.relocations = relocations;
  }

  /** The extension that says nothing. */
  public static BtfExtension empty() {
    return new BtfExtension(Map.of(), Map.of(), Map.of());
  }

  /**
   * Reads a {@code .BTF.ext} section.
   *
   * @param types of the same object
   * @throws MalformedBtfException if it is broken
   */
  public static BtfExtension read(ByteBuffer source, BtfTypes types) throws MalformedBtfException {
    ByteBuffer buffer = BtfBytes.ordered(source, ".BTF.ext", HEADER);
    long header = Integer.toUnsignedLong(buffer.getInt(4));
    if (header < HEADER || header > buffer.limit()) {
      throw new MalformedBtfException(".BTF.ext header length " + header
          + " at offset 4 is not between " + HEADER + " and " + buffer.limit());
    }
    Map<String, List<FunctionInfo>> functions = runs(
        BtfBytes.part(buffer, header, 8, ".ext functions"),
        8,
        types,
        (part, at) -> function(part, at, types));
    Map<String, List<LineInfo>> lines =
        runs(BtfBytes.part(buffer, header, 16, ".ext lines"), 16, types, BtfExtension::line);
    Map<String, List<CoreRelocation>> relocations = header < HEADER + 8
        ? Map.of()
        : runs(
            BtfBytes.part(buffer, header, 24, ".ext relocations"),
            16,
            types,
            (part, at) -> relocation(part, at, types));
    return new BtfExtension(functions, lines, relocations);
  }

  /** Where functions start in a code section. */
  public List<FunctionInfo> functions(String section) {
    return functions.getOrDefault(section, List.of());
  }

  /** Where lines start in a code section, in the file's order. */
  public List<LineInfo> lines(String section) {
    return lines.getOrDefault(section, List.of());
  }

  /** The CO-RE relocations of a code section. */
  public List<CoreRelocation> relocations(String section) {
    return relocations.getOrDefault(section, List.of());
  }

  private static <T> Map<String, List<T>> runs(
      ByteBuffer part, int least, BtfTypes types, RecordReader<T> reader)
      throws MalformedBtfException {
    Map<String, List<T>> bySection = new HashMap<>();
    if (part.limit() == 0) {
      return bySection;
    }
    int size = part.limit() < 4 ? 0 : part.getInt(0);
    if (size < least || size % 4 != 0) {
      throw new MalformedBtfException(".BTF.ext record size " + Integer.toUnsignedString(size)
          + " is not a multiple of 4 from " + least + " on");
    }
    int sections = 0;
    int at = 4;
    while (at < part.limit()) {
      if (part.limit() - at < 8) {
        throw new MalformedBtfException(".BTF.ext is cut off in the head of a section's records");
      }
      String section = types.string(part.getInt(at));
      long count = Integer.toUnsignedLong(part.getInt(at + 4));
      if (count == 0 || ++sections > MOST_SECTIONS) {
        throw new MalformedBtfException(".BTF.ext has no records for section " + section
            + ", or records for more than " + MOST_SECTIONS + " sections");
      }
      at += 8;
      if (count * size > part.limit() - at) {
        throw new MalformedBtfException(".BTF.ext claims " + count + " records of " + size
            + " bytes for section " + section + " and has " + (part.limit() - at) + " bytes");
      }
      List<T> run = bySection.computeIfAbsent(section, _ -> new ArrayList<>());
      for (int i = 0; i < count; i++, at += size) {
        run.add(reader.read(part, at));
      }
    }
    bySection.replaceAll((_, run) -> Collections.unmodifiableList(run));
    return bySection;
  }

  private static FunctionInfo function(ByteBuffer part, int at, BtfTypes types)
      throws MalformedBtfException {
    int function = part.getInt(at + 4);
    if (function <= 0
        || function >= types.count()
        || !(types.type(function) instanceof BtfType.Function)) {
      throw new MalformedBtfException(".BTF.ext names type " + Integer.toUnsignedString(function)
          + " as a function, which is none");
    }
    return new FunctionInfo(part.getInt(at), function);
  }

  private static LineInfo line(ByteBuffer part, int at) {
    int position = part.getInt(at + 12);
    return new LineInfo(
        part.getInt(at),
        part.getInt(at + 4),
        part.getInt(at + 8),
        position >>> 10,
        position & 0x3ff);
  }

  private static CoreRelocation relocation(ByteBuffer part, int at, BtfTypes types)
      throws MalformedBtfException {
    int type = part.getInt(at + 4);
    int kind = part.getInt(at + 12);
    if (type < 0 || type >= types.count()) {
      throw new MalformedBtfException("a CO-RE relocation is for type "
          + Integer.toUnsignedString(type) + ", which does not exist");
    }
    if (!CoreKind.known(kind)) {
      throw new MalformedBtfException(
          "CO-RE relocation kind " + Integer.toUnsignedString(kind) + " is not known");
    }
    String access = types.string(part.getInt(at + 8));
    if (access.length() > LONGEST_ACCESS) {
      throw new MalformedBtfException(
          "the access string of a CO-RE relocation is longer than " + LONGEST_ACCESS);
    }
    return new CoreRelocation(part.getInt(at), type, access, CoreKind.of(kind));
  }
}
