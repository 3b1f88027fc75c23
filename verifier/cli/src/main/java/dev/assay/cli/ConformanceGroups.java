package dev.assay.cli;

import dev.assay.cli.config.Suggestion;
import dev.assay.platform.ProgramKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which conformance groups (RFC 9669, section 2.4) the user adds to, or takes away from, those that a host has by default:
 * all but {@code packet}, which only program kinds with legacy packet access have, and {@code callx}, which is no group of
 * the RFC.
 */
record ConformanceGroups(List<String> included, List<String> excluded) {
  private static final String PACKET = "packet";
  private static final List<String> DEFAULT =
      List.of("atomic32", "atomic64", "base32", "base64", "divmul32", "divmul64");
  private static final List<String> EXTRA = List.of(PACKET, "callx");

  /**
   * Makes sure that the names are those of groups.
   *
   * @throws UsageException if one is not
   */
  static ConformanceGroups of(List<String> included, List<String> excluded) throws UsageException {
    check("--include-groups", included);
    check("--exclude-groups", excluded);
    return new ConformanceGroups(List.copyOf(included), List.copyOf(excluded));
  }

  /** The groups for programs of {@code kind}; empty if the user changes nothing. */
  Optional<Set<String>> of(ProgramKind kind) {
    if (included.isEmpty() && excluded.isEmpty()) {
      return Optional.empty();
    }
    Set<String> groups = new TreeSet<>(DEFAULT);
    if (kind.legacyPacketAccess()) {
      groups.add(PACKET);
    }
    groups.addAll(included);
    excluded.forEach(groups::remove);
    return Optional.of(groups);
  }

  private static void check(String option, List<String> names) throws UsageException {
    List<String> known = new ArrayList<>(DEFAULT);
    known.addAll(EXTRA);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException("%s: \"%s\" is no conformance group%s; the groups are %s"
            .formatted(option, name, Suggestion.question(name, known), String.join(", ", known)));
      }
    }
  }
}
