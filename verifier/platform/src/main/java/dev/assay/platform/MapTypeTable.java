package dev.assay.platform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The map types of a platform, by number. */
final class MapTypeTable {
  private final List<MapType> types = new ArrayList<>();

  MapTypeTable(Table table) {
    for (Table.Row row : table.rows()) {
      if (row.number("number") != types.size() + 1) {
        throw row.error("number", "the numbers have to rise from 1 in steps of 1");
      }
      types.add(new MapType(
          row.number("number"),
          row.text("name"),
          row.constant("key", row.text("key"), MapType.Key.class),
          row.constant("lookup", row.text("lookup"), MapType.Lookup.class),
          row.yes("dense"),
          row.yes("percpu"),
          row.yes("writable"),
          row.yes("direct"),
          row.text("since")));
    }
  }

  List<MapType> all() {
    return List.copyOf(types);
  }

  Optional<MapType> find(int number) {
    return number < 1 || number > types.size()
        ? Optional.empty()
        : Optional.of(types.get(number - 1));
  }

  Optional<MapType> find(String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** The numbers of the types that a column of another table lists. */
  BitSet select(Table.Row row, String column) {
    BitSet selected = new BitSet();
    for (String name : row.list(column)) {
      selected.set(find(name).orElseThrow(() -> row.unknown(column, name)).number());
    }
    return selected;
  }
}
