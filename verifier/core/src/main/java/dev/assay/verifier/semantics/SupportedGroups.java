package dev.assay.verifier.semantics;

import dev.assay.isa.Code;
import dev.assay.isa.ConformanceGroups;
import dev.assay.isa.Instruction;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.RegistryRow;
import dev.assay.platform.ProgramKind;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * The conformance groups (RFC 9669, section 2.4) that a host supports, with all that they include. If nothing else is said: the default ones of
 * the table, and {@code packet} for program kinds that have legacy packet access.
 */
public final class SupportedGroups {
  private static final String PACKET = "packet";

  private final Set<String> names;

  private SupportedGroups(Set<String> names) {
    this.names = names;
  }

  /** The groups for programs of a kind, or those that were asked for. */
  public static SupportedGroups of(ProgramKind kind, Optional<Set<String>> asked) {
    ConformanceGroups groups = ConformanceGroups.standard();
    Set<String> names = new LinkedHashSet<>();
    if (asked.isPresent()) {
      asked.get().forEach(name -> names.addAll(groups.withIncluded(name)));
    } else {
      names.addAll(groups.select(defaultChoice(kind)));
    }
    return new SupportedGroups(names);
  }

  /** The choice of groups that holds for programs of a kind if nothing else is said, as {@link ConformanceGroups#select} reads it. */
  public static String defaultChoice(ProgramKind kind) {
    return kind.legacyPacketAccess() ? "default," + PACKET : "default";
  }

  /** Hands over each instruction that belongs to no supported group, as its row of the registry and its slot. */
  public void forEachUnsupported(Code code, ObjIntConsumer<RegistryRow> consumer) {
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        Instruction instruction = code.at(slot);
        Optional<RegistryRow> row = InstructionRegistry.standard().row(instruction);
        if (row.isPresent() && row.get().groups().stream().noneMatch(names::contains)) {
          consumer.accept(row.get(), slot);
        }
      }
    }
  }
}
