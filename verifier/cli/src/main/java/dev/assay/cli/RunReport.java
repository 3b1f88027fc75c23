package dev.assay.cli;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.interpreter.map.MapContents;
import dev.assay.object.BpfProgram;
import dev.assay.object.Bytes;
import dev.assay.platform.ProgramKind;
import dev.assay.report.Palette;
import dev.assay.report.Printable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run did: its result, and everything that it changed. */
final class RunReport {
  private static final int BYTES_PER_LINE = 16;

  private final PrintWriter out;
  private final Palette palette;
  private final byte[] packet;
  private final Map<String, List<MapContents.Entry>> before;

  /**
   * Takes note of how things are before the run.
   *
   * @param machine ready to run
   * @param packet what it was given
   */
  RunReport(PrintWriter out, Palette palette, Machine machine, byte[] packet) {
    this.out = out;
    this.palette = palette;
    this.packet = packet;
    this.before = machine.maps().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, map -> map.getValue().entries()));
  }

  /** Writes what has changed since then. */
  void print(Machine machine, Outcome outcome, BpfProgram program, ProgramKind kind) {
    print(outcome, program, kind);
    machine.trace().forEach(line -> out.println("trace: " + Printable.of(line.stripTrailing())));
    if (!Arrays.equals(packet, machine.packet())) {
      out.println("packet changed:");
      print(machine.packet());
    }
    new TreeMap<>(machine.maps()).forEach(this::print);
  }

  private void print(Outcome outcome, BpfProgram program, ProgramKind kind) {
    switch (outcome) {
      case Outcome.Returned returned -> {
        String name = ReturnNames.of(kind.name(), (int) returned.value())
            .map(text -> " " + palette.strong(text))
            .orElse("");
        out.println("%s returned %s%s after %s"
            .formatted(
                Printable.of(program.function()),
                number(returned.value()),
                name,
                instructions(returned.instructions())));
      }
      case Outcome.Faulted faulted -> {
        out.println("%s %s after %s"
            .formatted(
                Printable.of(program.function()),
                palette.bad("faulted"),
                instructions(faulted.instructions())));
        out.println("  " + Printable.of(faulted.fault().toString()));
        if (faulted.fault().function().equals(program.function())) {
          program
              .sourceAt(faulted.fault().slot())
              .ifPresent(source -> out.println("  at "
                  + Printable.of(
                      source.file() + ":" + source.line() + "  " + source.text().strip())));
        }
      }
    }
  }

  private void print(String name, MapContents map) {
    List<MapContents.Entry> entriesBefore =
        Optional.ofNullable(before.get(name)).orElse(List.of());
    Map<Bytes, List<Bytes>> old = values(entriesBefore);
    Map<Bytes, List<Bytes>> now = values(map.entries());
    old.forEach((key, values) -> {
      if (!now.containsKey(key)) {
        out.println("map %s: %s is gone".formatted(Printable.of(name), hex(key)));
      }
    });
    now.forEach((key, values) -> {
      if (!values.equals(old.get(key))) {
        out.println("map %s: %s is now %s".formatted(Printable.of(name), hex(key), hex(values)));
      }
    });
    for (Bytes sent : map.records()) {
      out.println("map %s: record of %d bytes".formatted(Printable.of(name), sent.size()));
      print(sent.toArray());
    }
  }

  private static Map<Bytes, List<Bytes>> values(List<MapContents.Entry> entries) {
    Map<Bytes, List<Bytes>> values = new LinkedHashMap<>();
    entries.forEach(entry -> values.put(entry.key(), entry.values()));
    return values;
  }

  /** Writes bytes as a hexadecimal dump with their offsets and their ASCII characters. */
  private void print(byte[] bytes) {
    for (int from = 0; from < bytes.length; from += BYTES_PER_LINE) {
      byte[] line = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BYTES_PER_LINE));
      StringBuilder characters = new StringBuilder();
      for (byte b : line) {
        characters.append(b >= ' ' && b <= '~' ? (char) b : '.');
      }
      out.println(String.format(
          Locale.ROOT,
          "  %04x  %-47s  %s",
          from,
          HexFormat.ofDelimiter(" ").formatHex(line),
          characters));
    }
  }

  private static String number(long value) {
    return value >= Integer.MIN_VALUE && value <= 0xffff_ffffL
        ? Integer.toString((int) value)
        : Long.toString(value);
  }

  private static String instructions(long count) {
    return String.format(Locale.ROOT, "%,d instruction%s", count, count == 1 ? "" : "s");
  }

  private static String hex(List<Bytes> values) {
    return values.stream().map(RunReport::hex).collect(Collectors.joining(", "));
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
