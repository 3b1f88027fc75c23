package dev.assay.isa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conformance groups, as the table {@code conformance-groups.tsv} has them, and choices among them. */
public final class ConformanceGroups {
  private static final String COLUMNS =
      "name includes status origin default reference without text";
  private static final ReadOnce<ConformanceGroups> STANDARD =
      new ReadOnce<>(ConformanceGroups::load);

  private final Map<String, ConformanceGroup> byName = new LinkedHashMap<>();

  private ConformanceGroups(List<ResourceTable.Row> rows) {
    for (ResourceTable.Row row : rows) {
      if (byName.put(row.text("name"), group(row)) != null) {
        throw row.error("name", "\"" + row.text("name") + "\" stands in the table twice");
      }
    }
    for (ResourceTable.Row row : rows) {
      for (String included : row.list("includes")) {
        if (!byName.containsKey(included)) {
          throw row.notOneOf("includes", included, byName.keySet());
        }
      }
    }
  }

  /** The groups of RFC 9669 and the extensions. */
  public static ConformanceGroups standard() {
    return STANDARD.get();
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

  /**
   * A short choice that {@link #select} reads as these groups and what they include: as many of the default groups as
   * possible at once.
   *
   * @param names names of groups, at least one
   */
  public String choice(Set<String> names) {
    Set<String> all = new LinkedHashSet<>();
    names.forEach(name -> all.addAll(withIncluded(name)));
    List<String> named = outermost(all);
    Set<String> defaults = select("default");
    List<String> changed = new ArrayList<>(List.of("default"));
    Set<String> gone = new LinkedHashSet<>(defaults);
    gone.removeAll(all);
    gone.stream()
        .filter(name -> withIncluded(name).stream()
            .noneMatch(included -> !included.equals(name) && gone.contains(included)))
        .forEach(name -> changed.add("-" + name));
    named.stream().filter(name -> !defaults.contains(name)).forEach(changed::add);
    boolean sameGroups = select(String.join(",", changed)).equals(all);
    return String.join(
        ",", sameGroups && (gone.isEmpty() || changed.size() < named.size()) ? changed : named);
  }

  /** Those of some groups that no other one of them includes, in the order of the table. */
  private List<String> outermost(Set<String> names) {
    return byName.keySet().stream()
        .filter(names::contains)
        .filter(name -> names.stream()
            .noneMatch(other -> !other.equals(name) && withIncluded(other).contains(name)))
        .toList();
  }

  private static ConformanceGroups load() {
    return new ConformanceGroups(ResourceTable.read("conformance-groups.tsv", COLUMNS));
  }

  /**
   * Reads a table such as {@code conformance-groups.tsv}.
   *
   * @param name what errors call it
   * @throws MalformedRegistryException if it breaks its own rules
   */
  static ConformanceGroups parse(String name, String text) {
    return new ConformanceGroups(ResourceTable.parse(name, text, COLUMNS));
  }

  private static ConformanceGroup group(ResourceTable.Row row) {
    return new ConformanceGroup(
        row.text("name"),
        Collections.unmodifiableSet(new LinkedHashSet<>(row.list("includes"))),
        row.constant("status", Status.class),
        row.isFirst("origin", "extension", "rfc9669"),
        row.isFirst("default", "yes", "no"),
        row.text("reference"),
        row.text("without"),
        row.text("text"));
  }
}
