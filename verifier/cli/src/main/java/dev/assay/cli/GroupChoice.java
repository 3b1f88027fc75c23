package dev.assay.cli;

import dev.assay.cli.config.Suggestion;
import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.semantics.SupportedGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The conformance groups (RFC 9669, section 2.4) that the user says the host has.
 *
 * @param words in the order in which they count: groups, {@code default}, {@code all}, and groups after a minus sign
 */
record GroupChoice(List<String> words) {
  private static final String DEFAULT = "default";
  private static final String ALL = "all";

  /**
   * Makes sure that the names are those of groups.
   *
   * @param chosen the words of {@code --groups}; empty for the default
   * @param included groups besides the chosen ones
   * @param excluded groups that are taken away
   * @throws UsageException for a word that is none
   */
  static GroupChoice of(List<String> chosen, List<String> included, List<String> excluded)
      throws UsageException {
    for (String word : chosen) {
      if (!word.equals(DEFAULT) && !word.equals(ALL)) {
        check("--groups", word.startsWith("-") ? word.substring(1) : word);
      }
    }
    List<String> words = new ArrayList<>(chosen);
    for (String name : included) {
      check("--include-groups", name);
      words.add(name);
    }
    for (String name : excluded) {
      check("--exclude-groups", name);
      words.add("-" + name);
    }
    if (!words.isEmpty() && (chosen.isEmpty() || chosen.getFirst().startsWith("-"))) {
      words.addFirst(DEFAULT);
    }
    return new GroupChoice(List.copyOf(words));
  }

  /**
   * The groups for programs of {@code kind}; empty if the user changes nothing. The default is that of
   * the kind.
   */
  Optional<Set<String>> groups(ProgramKind kind) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner choice = new StringJoiner(",");
    for (String word : words) {
      choice.add(word.equals(DEFAULT) ? SupportedGroups.defaultChoice(kind) : word);
    }
    return Optional.of(ConformanceGroups.standard().select(choice.toString()));
  }

  /** Makes sure that a name is that of a group. */
  static void check(String option, String name) throws UsageException {
    List<String> known =
        ConformanceGroups.standard().all().stream().map(ConformanceGroup::name).toList();
    if (!known.contains(name)) {
      throw new UsageException("%s: \"%s\" is no conformance group%s; the groups are %s"
          .formatted(option, name, Suggestion.question(name, known), String.join(", ", known)));
    }
  }
}
