package dev.assay.isa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All instructions that there are, as the table {@code instructions.tsv} has them: RFC 9669, appendix A, and the known
 * extensions. Decoder and encoder go by it.
 */
public final class InstructionRegistry {
  private static final String COLUMNS =
      "opcode dst src offset imm next_imm operation groups status mcpu reference text";
  private static final List<String> CPUS = List.of("v1", "v2", "v3", "v4");
  private static final ReadOnce<InstructionRegistry> STANDARD =
      new ReadOnce<>(InstructionRegistry::load);

  private final ConformanceGroups groups;
  private final List<RegistryRow> rows;
  private final List<List<RegistryRow>> byOpcode;
  private final Map<Operation, RegistryRow> byOperation;

  private InstructionRegistry(ConformanceGroups groups, List<ResourceTable.Row> table) {
    this.groups = groups;
    this.rows = table.stream().map(row -> row(groups, row)).toList();
    List<List<RegistryRow>> index = new ArrayList<>(Collections.nCopies(256, List.of()));
    Map<Operation, RegistryRow> operations = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      RegistryRow row = rows.get(i);
      List<RegistryRow> same = new ArrayList<>(index.get(row.opcode()));
      same.add(row);
      index.set(row.opcode(), List.copyOf(same));
      if (operations.put(row.operation(), row) != null) {
        throw table.get(i).error("operation", "another row stands for this, too");
      }
    }
    this.byOpcode = List.copyOf(index);
    this.byOperation = Map.copyOf(operations);
  }

  /** The registry. */
  public static InstructionRegistry standard() {
    return STANDARD.get();
  }

  /** The rows, by ascending opcode. */
  public List<RegistryRow> rows() {
    return rows;
  }

  /** The rows with an opcode, none where it is undefined; where several match an encoding, the first counts. */
  List<RegistryRow> rows(int opcode) {
    return byOpcode.get(opcode);
  }

  /** The row of an instruction; empty if there is no encoding for it, such as a sign-extending move of an immediate. */
  public Optional<RegistryRow> row(Instruction instruction) {
    return Optional.ofNullable(byOperation.get(Operation.of(instruction)));
  }

  /**
   * Conformance groups that suffice to run {@code code}, in the order of the table of groups; what they include is not
   * listed, unless other instructions need it. Of an instruction that belongs to several groups, one is enough: one that other
   * instructions need in any case, else the first in the table that is meant to stay.
   */
  public Set<String> groups(Code code) {
    Set<RegistryRow> used = new LinkedHashSet<>();
    code.instructions().forEach(instruction -> row(instruction).ifPresent(used::add));
    Set<String> needed = new LinkedHashSet<>();
    Set<String> available = new LinkedHashSet<>();
    for (boolean alone : new boolean[] {true, false}) {
      for (RegistryRow row : used) {
        boolean served = !alone && row.groups().stream().anyMatch(available::contains);
        if (alone == (row.groups().size() == 1) && !served) {
          String chosen = row.groups().stream()
              .min(Comparator.comparing(name -> groups.named(name).status()))
              .orElseThrow();
          needed.add(chosen);
          available.addAll(groups.withIncluded(chosen));
        }
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (ConformanceGroup group : groups.all()) {
      if (needed.contains(group.name())) {
        ordered.add(group.name());
      }
    }
    return Collections.unmodifiableSet(ordered);
  }

  /** The versions of LLVM's {@code -mcpu}, ascending. */
  public static List<String> cpus() {
    return CPUS;
  }

  /**
   * The highest {@code -mcpu} of LLVM that emits no instruction of groups that a host lacks; empty if all of them may.
   *
   * @param lacking the names of all groups that the host lacks
   */
  public Optional<String> cpuWithout(Set<String> lacking) {
    return CPUS.reversed().stream()
        .filter(cpu -> rows.stream()
            .noneMatch(row -> row.cpu().compareTo(cpu) <= 0 && lacking.containsAll(row.groups())))
        .findFirst();
  }

  /** Whether nothing new should use an instruction: its row is historical, or all groups that it belongs to. */
  public boolean isDeprecated(RegistryRow row) {
    return row.status() == Status.HISTORICAL
        || row.groups().stream().map(groups::named).allMatch(ConformanceGroup::isDeprecated);
  }

  /**
   * What {@code code} uses that nothing new should use: a sentence for each such group, and each such instruction of another
   * group, with the slots of its first use.
   */
  public List<String> deprecations(Code code) {
    Map<String, List<Integer>> uses = new LinkedHashMap<>();
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        int at = slot;
        row(code.at(slot))
            .filter(this::isDeprecated)
            .ifPresent(row ->
                uses.computeIfAbsent(deprecation(row), _ -> new ArrayList<>()).add(at));
      }
    }
    return uses.entrySet().stream()
        .map(use -> use.getKey() + "; slot " + use.getValue().getFirst()
            + (use.getValue().size() == 1
                ? " uses it"
                : " and %d more use it".formatted(use.getValue().size() - 1)))
        .toList();
  }

  private String deprecation(RegistryRow row) {
    List<ConformanceGroup> of = row.groups().stream().map(groups::named).toList();
    return of.stream().allMatch(ConformanceGroup::isDeprecated)
        ? "conformance group %s is deprecated by %s"
            .formatted(String.join(" or ", row.groups()), of.getFirst().reference())
        : "the instruction \"%s\" of conformance group %s is deprecated (status historical)"
            .formatted(row.text(), String.join(" or ", row.groups()));
  }

  /** The lowest {@code -mcpu} of LLVM that has all instructions of {@code code}, {@code v1} to {@code v4}. */
  public String cpu(Code code) {
    return code.instructions().stream()
        .flatMap(instruction -> row(instruction).stream())
        .map(RegistryRow::cpu)
        .max(String::compareTo)
        .orElse("v1");
  }

  private static InstructionRegistry load() {
    return new InstructionRegistry(
        ConformanceGroups.standard(), ResourceTable.read("instructions.tsv", COLUMNS));
  }

  /**
   * Reads a table such as {@code instructions.tsv}.
   *
   * @param groups the groups that it may name
   * @param name what errors call it
   * @throws MalformedRegistryException if it breaks its own rules
   */
  static InstructionRegistry parse(ConformanceGroups groups, String name, String text) {
    return new InstructionRegistry(groups, ResourceTable.parse(name, text, COLUMNS));
  }

  private static RegistryRow row(ConformanceGroups groups, ResourceTable.Row row) {
    List<String> known = groups.all().stream().map(ConformanceGroup::name).toList();
    List<String> named = row.list("groups");
    if (named.isEmpty()) {
      throw row.error("groups", "names no group; there are " + String.join(", ", known));
    }
    for (String group : named) {
      if (!known.contains(group)) {
        throw row.notOneOf("groups", group, known);
      }
    }
    if (!CPUS.contains(row.text("mcpu"))) {
      throw row.notOneOf("mcpu", row.text("mcpu"), CPUS);
    }
    return new RegistryRow(
        row.parsed("opcode", "a number from 0x00 to 0xff", InstructionRegistry::opcode),
        field(row, "dst"),
        field(row, "src"),
        field(row, "offset"),
        field(row, "imm"),
        row.text("next_imm").equals("-") ? Optional.empty() : Optional.of(field(row, "next_imm")),
        row.parsed(
            "operation",
            "an operation with its parts, as in dev.assay.isa.Operation",
            Operation::parse),
        Collections.unmodifiableSet(new LinkedHashSet<>(named)),
        row.constant("status", Status.class),
        row.text("mcpu"),
        row.text("reference"),
        row.text("text"));
  }

  private static FieldPattern field(ResourceTable.Row row, String column) {
    return row.parsed(column, "\"any\" or a number", FieldPattern::parse);
  }

  private static int opcode(String text) {
    int opcode = Integer.decode(text);
    if (opcode < 0 || opcode > 0xff) {
      throw new IllegalArgumentException(text);
    }
    return opcode;
  }
}
