package dev.assay.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The layouts of a platform, by name: {@code __sk_buff/tc} is the C struct in one of its forms, {@code xdp_md} has the fields that are
 * in all forms of it.
 */
final class LayoutTable {
  private static final String EVERY_FORM = "*";

  private final Map<String, Layout> layouts = new LinkedHashMap<>();

  LayoutTable(Table table) {
    Map<String, List<Entry>> structs = new LinkedHashMap<>();
    for (Table.Row row : table.rows()) {
      structs
          .computeIfAbsent(row.text("struct"), name -> new ArrayList<>())
          .add(new Entry(row.list("forms"), field(row)));
    }
    structs.forEach(this::addForms);
  }

  /** A field, and the forms of its struct that have it. */
  private record Entry(List<String> forms, Field field) {}

  private void addForms(String struct, List<Entry> entries) {
    Set<String> forms = new TreeSet<>();
    entries.forEach(entry -> forms.addAll(entry.forms));
    for (String form : forms) {
      List<Field> fields = new ArrayList<>();
      for (Entry entry : entries) {
        if (entry.forms.contains(form) || entry.forms.contains(EVERY_FORM)) {
          fields.add(entry.field);
        }
      }
      layouts.put(
          form.equals(EVERY_FORM) ? struct : struct + "/" + form, new Layout(struct, fields));
    }
  }

  /** The layout of this name. */
  Optional<Layout> find(String name) {
    return Optional.ofNullable(layouts.get(name));
  }

  private static Field field(Table.Row row) {
    return new Field(
        row.text("field"),
        row.number("offset"),
        row.number("size"),
        kind(row),
        rule(row, "load"),
        rule(row, "store"));
  }

  private static Field.Rule rule(Table.Row row, String column) {
    int sizes = 0;
    boolean first = false;
    for (String word : row.list(column)) {
      String digits = word;
      if (word.startsWith("first:")) {
        first = true;
        digits = word.substring("first:".length());
      }
      int size = row.number(column, digits);
      if (size < 1 || size > 8 || Integer.bitCount(size) != 1) {
        throw row.error(column, "accesses have 1, 2, 4 or 8 bytes, not " + size);
      }
      sizes |= size;
    }
    return new Field.Rule(sizes, first);
  }

  private static FieldKind kind(Table.Row row) {
    String column = "gives";
    Word word = Word.of(row.text(column));
    return switch (word.head()) {
      case "scalar" -> new FieldKind.Scalar();
      case "packet-data" -> new FieldKind.PacketData();
      case "packet-end" -> new FieldKind.PacketEnd();
      case "packet-meta" -> new FieldKind.PacketMeta();
      case "flow-keys" -> new FieldKind.FlowKeys();
      case "buffer" -> new FieldKind.Buffer();
      case "argument" -> new FieldKind.BtfArgument();
      case "socket" ->
        new FieldKind.Socket(
            row.constant(column, word.part(row, column, 0), SocketClass.class), word.nullable());
      case "object" -> new FieldKind.KernelObject(word.part(row, column, 0), word.nullable());
      default -> throw row.unknown(column, row.text(column));
    };
  }
}
