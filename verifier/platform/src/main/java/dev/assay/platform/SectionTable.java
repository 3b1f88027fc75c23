package dev.assay.platform;

import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.collections4.trie.PatriciaTrie;

/**
 * What the names of ELF sections stand for. As libbpf has it, a name of the table means itself; where it takes a suffix, also itself, a
 * slash and anything. The longest name that fits holds.
 */
final class SectionTable {
  private final PatriciaTrie<Rule> rules = new PatriciaTrie<>();

  private record Rule(String name, boolean suffix, ProgramKind kind) {
    boolean fits(String section) {
      return section.startsWith(name)
          && (section.length() == name.length()
              || (suffix && section.charAt(name.length()) == '/'));
    }
  }

  SectionTable(Table table, KindTable kinds) {
    for (Table.Row row : table.rows()) {
      String name = row.text("section");
      ProgramKind kind =
          kinds.find(row.text("kind")).orElseThrow(() -> row.unknown("kind", row.text("kind")));
      Rule rule =
          new Rule(name, row.yes("suffix"), row.yes("sleepable") ? kind.asSleepable() : kind);
      if (rules.put(name, rule) != null) {
        throw row.error("section", "\"" + name + "\" stands in the table twice");
      }
    }
  }

  int size() {
    return rules.size();
  }

  /** The kind that a section's name stands for. */
  Optional<ProgramKind> kind(String section) {
    return find(section).map(Rule::kind);
  }

  /** What follows the slash in the name of a section that takes a suffix. */
  Optional<String> target(String section) {
    return find(section)
        .filter(rule -> section.length() > rule.name().length() + 1)
        .map(rule -> section.substring(rule.name().length() + 1));
  }

  /**
   * The rule with the longest name that fits. Every prefix of the section's name that is a key sorts at or before it, and after every
   * shorter one, so the search steps down from the section: to the greatest key at or below it, and where that is no prefix, on to what it
   * has in common with the section.
   */
  private Optional<Rule> find(String section) {
    String bound = section;
    while (!bound.isEmpty()) {
      Rule exact = rules.get(bound);
      if (exact != null) {
        if (exact.fits(section)) {
          return Optional.of(exact);
        }
        bound = bound.substring(0, bound.length() - 1);
        continue;
      }
      SortedMap<String, Rule> below = rules.headMap(bound);
      if (below.isEmpty()) {
        return Optional.empty();
      }
      bound = bound.substring(0, commonPrefix(bound, below.lastKey()));
    }
    return Optional.empty();
  }

  private static int commonPrefix(String a, String b) {
    int length = Math.min(a.length(), b.length());
    int common = 0;
    while (common < length && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    return common;
  }
}
