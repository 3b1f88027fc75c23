package dev.assay.cli;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.RegistryRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay isa}. */
@Command(
    name = "isa",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Prints the instructions that Assay knows: RFC 9669's, and extensions.")
final class InstructionSetCommand implements Callable<Integer> {
  private static final List<String> HEADINGS =
      List.of("opcode", "src", "offset", "imm", "groups", "status", "mcpu", "reference", "does");

  private final Streams streams;

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      split = ",",
      description = "Only instructions of these conformance groups, without what they include.")
  private List<String> groups = List.of();

  @Option(
      names = "--cpu",
      paramLabel = "CPU",
      description = "Only instructions that LLVM may emit for this -mcpu: v1, v2, v3 or v4.")
  private Optional<String> cpu = Optional.empty();

  @Option(
      names = "--coverage",
      description = "For each group how many of its instructions tests cover.")
  private boolean coverage;

  @Option(names = "--markdown", description = "With --coverage: the page docs/conformance.md.")
  private boolean markdown;

  InstructionSetCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws UsageException {
    if (markdown && !coverage) {
      throw new UsageException("--markdown: goes with --coverage only");
    }
    if (coverage && cpu.isPresent()) {
      throw new UsageException(
          "--cpu: goes with the list of instructions, not with --coverage, which counts them all");
    }
    if (markdown && !groups.isEmpty()) {
      throw new UsageException("--group: does not go with --markdown, whose page has all groups");
    }
    if (markdown) {
      streams.out().print(new ConformancePage(Coverage.read()).text());
    } else if (coverage) {
      Coverage.read().table(chosenGroups()).print(streams.out());
    } else {
      instructions().print(streams.out());
    }
    return ExitStatus.DONE;
  }

  private List<ConformanceGroup> chosenGroups() throws UsageException {
    List<ConformanceGroup> all = ConformanceGroups.standard().all();
    Set<String> names = new HashSet<>(all.stream().map(ConformanceGroup::name).toList());
    List<String> chosen = GroupChoice.words(groups);
    for (String group : chosen) {
      GroupChoice.check("--group", group);
    }
    if (!chosen.isEmpty()) {
      names.retainAll(chosen);
    } else if (!groups.isEmpty()) {
      throw new UsageException("--group: names no group");
    }
    return all.stream().filter(group -> names.contains(group.name())).toList();
  }

  private Table instructions() throws UsageException {
    List<String> cpus = InstructionRegistry.cpus();
    if (cpu.isPresent() && !cpus.contains(cpu.get())) {
      throw new UsageException(
          "--cpu: \"%s\" is none of %s".formatted(cpu.get(), String.join(", ", cpus)));
    }
    List<String> names = chosenGroups().stream().map(ConformanceGroup::name).toList();
    List<List<String>> cells = new ArrayList<>();
    for (RegistryRow row : InstructionRegistry.standard().rows()) {
      if (row.groups().stream().anyMatch(names::contains)
          && row.cpu().compareTo(cpu.orElse(row.cpu())) <= 0) {
        cells.add(List.of(
            "0x%02x".formatted(row.opcode()),
            row.source().toString(),
            row.offset().toString(),
            row.immediate().toString(),
            String.join(",", row.groups()),
            row.status().name().toLowerCase(Locale.ROOT),
            row.cpu(),
            row.reference(),
            row.text()));
      }
    }
    return new Table(HEADINGS, cells);
  }
}
