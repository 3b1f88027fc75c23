package dev.assay.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which bytes of a context, or of a socket, programs may load and store, and what a load gives. */
public final class Layout {
  private final String name;
  private final int size;
  private final List<Field> fields;

  /** The layout with these fields, in any order; {@code name} is the C struct's. */
  public Layout(String name, List<Field> fields) {
    this.name = name;
    this.fields = fields.stream().sorted(Comparator.comparingInt(Field::offset)).toList();
    this.size =
        fields.stream().mapToInt(field -> field.offset() + field.size()).max().orElse(0);
  }

  /** The C struct, for example {@code __sk_buff}. */
  public String name() {
    return name;
  }

  /** Bytes from the start to the end of the last field. */
  public int size() {
    return size;
  }

  /** All fields, by offset. */
  public List<Field> fields() {
    return fields;
  }

  /**
   * The field that an access lies in, or empty if the access is not legal.
   *
   * @param offset bytes from the start; any value
   * @param size 1, 2, 4 or 8 bytes
   * @param write whether it is a store, else a load
   */
  public Optional<Field> access(int offset, int size, boolean write) {
    for (Field field : fields) {
      if (field.offset() > offset) {
        break;
      }
      if (field.permits(offset, size, write)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
