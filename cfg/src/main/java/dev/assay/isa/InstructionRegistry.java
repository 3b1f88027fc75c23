package dev.assay.isa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All instructions that there are, as the table {@code instructions.tsv} has them: RFC 9669, appendix A, and the known
 * extensions. Decoder and encoder go by it.
 */
public final class InstructionRegistry {
  private static final InstructionRegistry STANDARD = load();

  private final List<RegistryRow> rows;
  private final List<List<RegistryRow>> byOpcode;
  private final Map<Operation, RegistryRow> byOperation;

  private InstructionRegistry(List<RegistryRow> rows) {
    this.rows = rows;
    List<List<RegistryRow>> index = new ArrayList<>(Collections.nCopies(256, List.of()));
    Map<Operation, RegistryRow> operations = new HashMap<>();
    for (RegistryRow row : rows) {
      List<RegistryRow> same = new ArrayList<>(index.get(row.opcode()));
      same.add(row);
      index.set(row.opcode(), List.copyOf(same));
      if (operations.put(row.operation(), row) != null) {
        throw new IllegalStateException("two rows for " + row.operation());
      }
    }
    this.byOpcode = List.copyOf(index);
    this.byOperation = Map.copyOf(operations);
  }

  /** The registry. */
  public static InstructionRegistry standard() {
    return STANDARD;
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
   * The conformance groups that a runtime must have so as to run {@code code}, in the order of the table of
   * groups; what they include is not listed.
   */
  public Set<String> groups(Code code) {
    Set<String> used = new LinkedHashSet<>();
    for (Instruction instruction : code.instructions()) {
      row(instruction).ifPresent(row -> used.addAll(row.groups()));
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (ConformanceGroup group : ConformanceGroups.standard().all()) {
      if (used.contains(group.name())) {
        ordered.add(group.name());
      }
    }
    return Collections.unmodifiableSet(ordered);
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
    String columns =
        "opcode dst src offset imm next_imm operation groups status mcpu reference text";
    return new InstructionRegistry(ResourceTable.read("instructions.tsv", columns).stream()
        .map(InstructionRegistry::row)
        .toList());
  }

  private static RegistryRow row(List<String> cells) {
    return new RegistryRow(
        Integer.decode(cells.get(0)),
        FieldPattern.parse(cells.get(1)),
        FieldPattern.parse(cells.get(2)),
        FieldPattern.parse(cells.get(3)),
        FieldPattern.parse(cells.get(4)),
        cells.get(5).equals("-") ? Optional.empty() : Optional.of(FieldPattern.parse(cells.get(5))),
        Operation.parse(cells.get(6)),
        Set.of(cells.get(7).split(",", -1)),
        Status.valueOf(cells.get(8).toUpperCase(Locale.ROOT)),
        cells.get(9),
        cells.get(10),
        cells.get(11));
  }
}
