package dev.assay.platform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The program kinds of a platform, and the groups by which other tables mean several of them. */
final class KindTable {
  private static final String PREFIX = "bpf_prog_type_";

  private final List<ProgramKind> kinds = new ArrayList<>();
  private final Map<String, ProgramKind> byName = new HashMap<>();
  private final Map<String, BitSet> groups = new HashMap<>();

  KindTable(Table table, LayoutTable layouts) {
    for (Table.Row row : table.rows()) {
      ProgramKind kind = kind(row, layouts, kinds.size());
      if (byName.put(kind.name(), kind) != null) {
        throw row.error("name", "\"" + kind.name() + "\" stands in the table twice");
      }
      kinds.add(kind);
      group("*").set(kind.index());
      group(typeName(kind) + "/*").set(kind.index());
      row.list("groups").forEach(group -> group(group).set(kind.index()));
    }
    for (ProgramKind kind : kinds) {
      byName.putIfAbsent(typeName(kind), kind);
      group(kind.name()).set(kind.index());
    }
  }

  List<ProgramKind> all() {
    return List.copyOf(kinds);
  }

  /** The kind of this name, or the first of the program type of this name. */
  Optional<ProgramKind> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        byName.get(lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower));
  }

  /** The indices of the kinds that a column of another table lists. */
  BitSet select(Table.Row row, String column) {
    BitSet selected = new BitSet();
    for (String word : row.list(column)) {
      boolean without = word.startsWith("-");
      BitSet group = groups.get(without ? word.substring(1) : word);
      if (group == null) {
        throw row.error(column, "\"" + word + "\" is neither a kind nor a group of kinds");
      }
      if (without) {
        selected.andNot(group);
      } else {
        selected.or(group);
      }
    }
    return selected;
  }

  private BitSet group(String name) {
    return groups.computeIfAbsent(name, key -> new BitSet());
  }

  private static String typeName(ProgramKind kind) {
    int slash = kind.name().indexOf('/');
    return slash < 0 ? kind.name() : kind.name().substring(0, slash);
  }

  private static ProgramKind kind(Table.Row row, LayoutTable layouts, int index) {
    String context = row.text("context");
    String target = row.text("target");
    return new ProgramKind(
        index,
        row.text("name"),
        row.number("type"),
        row.number("attach"),
        row.yes("sleepable"),
        layouts
            .find(context)
            .orElseThrow(() -> row.error("context", "there is no layout " + context)),
        row.constant("policy", row.text("policy"), Policy.class),
        row.yes("legacy"),
        row.constant("packet", row.text("packet"), PacketAccess.class),
        row.rangeOrAny("result"),
        row.isOpen("target") ? Optional.empty() : Optional.of(target.equals("*") ? "" : target),
        row.yes("locks"),
        row.text("since"));
  }
}
