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
   * Makes sure that the names are those of groups. Blanks around a word, and words without letters, do not matter.
   *
   * @param chosen the words of {@code --groups}; empty for the default
   * @param included groups besides the chosen ones
   * @param excluded groups that are taken away
   * @throws UsageException for a word that is none
   */
  static GroupChoice of(List<String> chosen, List<String> included, List<String> excluded)
      throws UsageException {
    List<String> words = new ArrayList<>(words(chosen));
    if (words.isEmpty() && !chosen.isEmpty()) {
      throw UsageException.of("--groups", "names no group; for the default, write default");
    }
    boolean fromDefault = words.isEmpty() || words.getFirst().startsWith("-");
    for (String word : words) {
      checkWord(word);
    }
    for (String name : words(included)) {
      check("--include-groups", name);
      words.add(name);
    }
    for (String name : words(excluded)) {
      check("--exclude-groups", name);
      words.add("-" + name);
    }
    if (!words.isEmpty() && fromDefault) {
      words.addFirst(DEFAULT);
    }
    return new GroupChoice(List.copyOf(words));
  }

  /** The words of a list as the user wrote it. */
  static List<String> words(List<String> written) {
    return written.stream().map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private static void checkWord(String word) throws UsageException {
    if (word.equals(DEFAULT) || word.equals(ALL)) {
      return;
    }
    if (word.equals("-" + DEFAULT) || word.equals("-" + ALL)) {
      throw UsageException.of(
          "--groups",
          "\"%s\" leaves nothing; name the groups that the host has, for example base64"
              .formatted(word));
    }
    if (word.startsWith("-")) {
      check("--groups", word.substring(1));
    } else {
      check("--groups", word, DEFAULT, ALL);
    }
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

  /**
   * Makes sure that a name is that of a group.
   *
   * @param option whose value it is
   * @param others words that may stand there as well, and so may have been meant
   */
  static void check(String option, String name, String... others) throws UsageException {
    List<String> known =
        ConformanceGroups.standard().all().stream().map(ConformanceGroup::name).toList();
    if (!known.contains(name)) {
      List<String> meant = new ArrayList<>(known);
      meant.addAll(List.of(others));
      throw UsageException.of(
          option,
          "\"%s\" is no conformance group%s; the groups are %s"
              .formatted(name, Suggestion.question(name, meant), String.join(", ", known)));
    }
  }
}
