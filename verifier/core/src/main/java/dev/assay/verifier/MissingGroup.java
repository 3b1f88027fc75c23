package dev.assay.verifier;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.RegistryRow;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.semantics.SupportedGroups;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What to say of an instruction that belongs to no conformance group that the host has, and what helps. */
final class MissingGroup {
  private static final String PACKET = "packet";

  private final ConformanceGroups groups = ConformanceGroups.standard();
  private final InstructionRegistry registry = InstructionRegistry.standard();
  private final ProgramKind kind;
  private final Set<String> supported;

  /**
   * For programs of a kind.
   *
   * @param asked the groups that the host has; empty for the default of the kind
   */
  MissingGroup(ProgramKind kind, Optional<Set<String>> asked) {
    this.kind = kind;
    this.supported = new LinkedHashSet<>();
    asked
        .orElseGet(() -> groups.select(SupportedGroups.defaultChoice(kind)))
        .forEach(name -> supported.addAll(groups.withIncluded(name)));
  }

  /** What is wrong. */
  String message(RegistryRow row) {
    ConformanceGroup group = group(row);
    String deprecated = registry.isDeprecated(row) && !group.isDeprecated()
        ? "the instruction is deprecated (status historical) and belongs"
        : "the instruction belongs";
    return deprecated + " to conformance group " + String.join(" or ", row.groups())
        + standing(group) + ", which is not supported here";
  }

  /** What would have to hold, how the user says that it does, and what to do if it does not. */
  String required(RegistryRow row) {
    ConformanceGroup group = group(row);
    if (group.name().equals(PACKET) && !kind.legacyPacketAccess()) {
      return "another program type: " + kind.name() + " has no legacy packet access; or "
          + group.without();
    }
    Set<String> wanted = new LinkedHashSet<>(supported);
    wanted.add(group.name());
    return "the host supports %s (if it does: --groups %s); or %s"
        .formatted(String.join(" or ", row.groups()), groups.choice(wanted), without(group));
  }

  private ConformanceGroup group(RegistryRow row) {
    return groups.named(row.groups().iterator().next());
  }

  /** Of a group that includes another that the host lacks, the other one counts: its remedy needs less. */
  private String without(ConformanceGroup group) {
    for (String included : group.includes()) {
      if (!supported.contains(included)) {
        return without(groups.named(included));
      }
    }
    if (!group.isAvoidedByCompiler()) {
      return group.without();
    }
    Set<String> lacking = new LinkedHashSet<>();
    groups.all().forEach(each -> lacking.add(each.name()));
    lacking.removeAll(supported);
    return registry
        .cpuWithout(lacking)
        .map(cpu -> "compile with -mcpu=" + cpu + ", with which LLVM does without it")
        .orElse("do without it in the source: LLVM may emit it with every -mcpu");
  }

  private static String standing(ConformanceGroup group) {
    return switch (group.status()) {
      case HISTORICAL -> ", deprecated by " + group.reference();
      case PERMANENT -> "";
      case PROVISIONAL -> group.isExtension() ? ", an extension of RFC 9669" : ", provisional";
    };
  }
}
