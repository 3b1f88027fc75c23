package dev.assay.cli;

import dev.assay.cli.config.Suggestion;
import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.platform.ProgramKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which conformance groups (RFC 9669, section 2.4) the user adds to, or takes away from, those that a host has by default;
 * {@code packet} is among them only for program kinds with legacy packet access.
 */
record GroupChoice(List<String> included, List<String> excluded) {
  private static final String DEFAULT = "default";
  private static final String PACKET = "packet";

  /**
   * Makes sure that the names are those of groups.
   *
   * @throws UsageException if one is not
   */
  static GroupChoice of(List<String> included, List<String> excluded) throws UsageException {
    check("--include-groups", included);
    check("--exclude-groups", excluded);
    return new GroupChoice(List.copyOf(included), List.copyOf(excluded));
  }

  /** The groups for programs of {@code kind}; empty if the user changes nothing. */
  Optional<Set<String>> groups(ProgramKind kind) {
    if (included.isEmpty() && excluded.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner choice = new StringJoiner(",").add(DEFAULT);
    if (kind.legacyPacketAccess()) {
      choice.add(PACKET);
    }
    included.forEach(choice::add);
    excluded.forEach(name -> choice.add("-" + name));
    return Optional.of(ConformanceGroups.standard().select(choice.toString()));
  }

  private static void check(String option, List<String> names) throws UsageException {
    List<String> known =
        ConformanceGroups.standard().all().stream().map(ConformanceGroup::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException("%s: \"%s\" is no conformance group%s; the groups are %s"
            .formatted(option, name, Suggestion.question(name, known), String.join(", ", known)));
      }
    }
  }
}
