package dev.assay.isa;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The conformance groups, as the table {@code conformance-groups.tsv} has them, and choices among them. */
public final class ConformanceGroups {
  private static final ConformanceGroups STANDARD = load();

  private final Map<String, ConformanceGroup> byName = new LinkedHashMap<>();

  private ConformanceGroups(List<ConformanceGroup> groups) {
    groups.forEach(group -> byName.put(group.name(), group));
  }

  /** The groups of RFC 9669 and the extensions. */
  public static ConformanceGroups standard() {
    return STANDARD;
  }

  /** All groups in the order of the table. */
  public List<ConformanceGroup> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The group with a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public ConformanceGroup named(String name) {
    ConformanceGroup group = byName.get(name);
    if (group == null) {
      throw new IllegalArgumentException(
          "no conformance group '" + name + "'; there are " + String.join(", ", byName.keySet()));
    }
    return group;
  }

  /**
   * Reads a choice such as {@code base64,divmul32} or {@code default,callx,-packet}: names separated by commas,
   * from left to right; {@code default} and {@code all} stand for several. A group brings those that it includes;
   * a group with a minus sign goes, and with it those that include it.
   *
   * @return the names of the groups that are in, with all that they include
   * @throws IllegalArgumentException for a name that is no group
   */
  public Set<String> select(String choice) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : choice.split(",", -1)) {
      String word = part.strip();
      switch (word) {
        case "all" -> chosen.addAll(byName.keySet());
        case "default" ->
          all().stream()
              .filter(ConformanceGroup::isDefault)
              .forEach(group -> include(group, chosen));
        default -> {
          if (word.startsWith("-")) {
            ConformanceGroup gone = named(word.substring(1));
            chosen.removeIf(name -> withIncluded(name).contains(gone.name()));
          } else {
            include(named(word), chosen);
          }
        }
      }
    }
    return Collections.unmodifiableSet(chosen);
  }

  /** The name and the names of all groups that the group includes, directly or not. */
  public Set<String> withIncluded(String name) {
    Set<String> names = new LinkedHashSet<>();
    include(named(name), names);
    return names;
  }

  private void include(ConformanceGroup group, Set<String> names) {
    if (names.add(group.name())) {
      group.includes().forEach(included -> include(named(included), names));
    }
  }

  private static ConformanceGroups load() {
    String columns = "name includes status origin default text";
    return new ConformanceGroups(ResourceTable.read("conformance-groups.tsv", columns).stream()
        .map(ConformanceGroups::group)
        .toList());
  }

  private static ConformanceGroup group(List<String> cells) {
    return new ConformanceGroup(
        cells.get(0),
        cells.get(1).equals("-") ? Set.of() : Set.of(cells.get(1).split(",", -1)),
        Status.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
        cells.get(3).equals("extension"),
        cells.get(4).equals("yes"),
        cells.get(5));
  }
}
