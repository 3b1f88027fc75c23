package dev.assay.cli;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.RegistryRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/conformance.md}: what {@code assay isa --coverage} knows, and what bpf_conformance's tests show. */
record ConformancePage(Coverage coverage) {
  private static final String CASES = "conformance-cases.tsv";

  String text() {
    return """
        # Conformance

        This page is made by `assay isa --coverage --markdown`. A test fails if it is out of date.

        ## By conformance group

        Each row of the instruction registry (RFC 9669, appendix A, and the extensions) is decoded, encoded and printed; run in
        the interpreter on random operands, and held against the row's own text where that is C on numbers; and run in the
        verifier on random sets of operands, which must yield a set that the interpreter's result lies in. A group's row does
        not count what the group includes. The test is `InstructionCoverageTest`; it fails for a row that lacks a part.

        %s
        Refused means that the instruction has no meaning on a host without arenas: the verifier has a finding for it wherever it
        occurs. These are refused:

        %s
        The default groups of a host are
        %s.
        Deprecated are %s.
        `packet` is on for the Linux program types that have legacy packet access; `callx` is outside the RFC, and off unless asked for: `--groups default,callx`.

        ## By bpf_conformance

        `assay conformance` is a plugin of bpf_conformance: memory in hexadecimal digits as the first argument, the program
        likewise on standard input, r0 on standard output. It verifies the program for any contents of the memory, runs it, and fails
        if r0 is a number that was proved to be impossible.

            printf '#!/bin/sh\\nexec assay conformance --groups default,callx "$@"\\n' > plugin && chmod +x plugin
            bpf_conformance_runner --test_file_directory tests --plugin_path ./plugin --cpu_version v4 --include_groups callx packet

        With `--elf true` the client makes object files, which the plugin reads, too. With `--xdp_prolog true` its programs find a packet
        instead of memory; the plugin is told by `--plugin_options --xdp`, or by the section's name in an object.

        %s\
        """.formatted(groups(), refused(), defaults(), deprecated(), cases());
  }

  private String groups() {
    return row(Coverage.headings())
        + row(Coverage.headings().stream().map(heading -> "---").toList())
        + ConformanceGroups.standard().all().stream()
            .map(group -> row(coverage.cells(group)))
            .collect(Collectors.joining());
  }

  private String refused() {
    return row(List.of("opcode", "src", "offset", "does", "verifier", "interpreter"))
        + row(List.of("---", "---", "---", "---", "---", "---"))
        + InstructionRegistry.standard().rows().stream()
            .filter(row -> Stream.of(Coverage.Part.values())
                .anyMatch(part -> coverage.result(row, part) == Coverage.Result.REFUSED))
            .map(row -> row(List.of(
                "0x%02x".formatted(row.opcode()),
                row.source().toString(),
                row.offset().toString(),
                row.text(),
                word(row, Coverage.Part.PROVED),
                word(row, Coverage.Part.EXECUTED))))
            .collect(Collectors.joining());
  }

  private String word(RegistryRow row, Coverage.Part part) {
    return coverage.result(row, part).name().toLowerCase(Locale.ROOT);
  }

  private static String defaults() {
    return ConformanceGroups.standard().all().stream()
        .filter(ConformanceGroup::isDefault)
        .map(group -> "`" + group.name() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String deprecated() {
    return ConformanceGroups.standard().all().stream()
        .filter(ConformanceGroup::isDeprecated)
        .map(group -> "`" + group.name() + "` (" + group.reference() + ")")
        .collect(Collectors.joining(", "));
  }

  /** What the tests of bpf_conformance show: counts first, then the exceptions. */
  private static String cases() {
    List<String[]> lines =
        Resource.lines(CASES).stream().map(line -> line.split("\t", -1)).toList();
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      if (line[0].equals("all")) {
        text.append(
            "Of %s tests (`ConformanceCorpusTest`), %s run with the expected r0, and %s are accepted and have\ntheir r0 in what was proved."
                .formatted(line[1], line[2], line[3]));
        text.append(" The others:\n\n")
            .append(row(List.of("test", "why")))
            .append(row(List.of("---", "---")));
      } else {
        text.append(row(List.of("`" + line[0] + "`", line[1])));
      }
    }
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
