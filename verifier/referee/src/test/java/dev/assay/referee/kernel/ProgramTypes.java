package dev.assay.referee.kernel;

import dev.assay.object.MapDefinition;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types that the kernel wants to be told: where the lock stands in a value, and that functions of a program are static, which callbacks
 * have to be.
 *
 * <pre>
 * struct btf_header                       struct btf_type, then what the kind adds
 *  +0  u16 magic = 0xeb9f                  +0 u32 name_off
 *  +2  u8  version = 1                     +4 u32 info: kind in bits 24-28, count or linkage in bits 0-15
 *  +3  u8  flags                           +8 u32 size, or the type that it refers to
 *  +4  u32 hdr_len = 24
 *  +8  u32 type_off, type_len             INT adds    u32 bits
 *  +16 u32 str_off, str_len               STRUCT adds for each member u32 name_off, type, bit offset
 * </pre>
 *
 * Source: {@code include/uapi/linux/btf.h}.
 */
final class ProgramTypes {
  private static final int BPF_BTF_LOAD = 18;

  private static final int INT = 1;
  private static final int STRUCT = 4;
  private static final int FUNC = 12;
  private static final int FUNC_PROTO = 13;

  private final ByteBuffer types = ByteBuffer.allocate(1 << 12).order(ByteOrder.nativeOrder());
  private final StringBuilder names = new StringBuilder("\0");
  private final Map<Integer, Integer> values = new HashMap<>();
  private int count;

  private final int integer = add("int", INT, 0, 4, 32);
  private final int function = add("function", FUNC, 0, add("", FUNC_PROTO, 0, integer));

  /** The types for programs with these maps. */
  ProgramTypes(List<MapDefinition> maps) {
    for (int i = 0; i < maps.size(); i++) {
      MapDefinition map = maps.get(i);
      if (!map.specialFields().isEmpty()) {
        values.put(i, value(map));
      }
    }
  }

  /** A struct of the value's size with its special fields, each of which holds one number. */
  private int value(MapDefinition map) {
    List<MapDefinition.SpecialField> fields = map.specialFields();
    int[] members = new int[3 * fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      MapDefinition.SpecialField field = fields.get(i);
      members[3 * i] = name("field" + i);
      members[3 * i + 1] =
          add(field.typeName(), STRUCT, 1, field.size(), name("number"), integer, 0);
      members[3 * i + 2] = 8 * field.offset();
    }
    return add("value", STRUCT, fields.size(), map.valueSize(), members);
  }

  /** The type of keys of maps whose values have a type. */
  int key() {
    return integer;
  }

  /** The type of the values of the map with this index, or 0. */
  int value(int map) {
    return values.getOrDefault(map, 0);
  }

  /** The type of every function. */
  int function() {
    return function;
  }

  /** Hands the types to the kernel. */
  SystemCall.Result load() {
    byte[] strings = names.toString().getBytes(StandardCharsets.US_ASCII);
    int length = types.position();
    ByteBuffer blob =
        ByteBuffer.allocate(24 + length + strings.length).order(ByteOrder.nativeOrder());
    blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    blob.putInt(0).putInt(length).putInt(length).putInt(strings.length);
    blob.put(types.array(), 0, length).put(strings);
    try (Arena arena = Arena.ofConfined()) {
      return new Attribute(arena)
          .bytes(0, blob.array())
          .number(16, blob.capacity())
          .call(BPF_BTF_LOAD);
    }
  }

  private int add(String name, int kind, int low, int word, int... extra) {
    types.putInt(name(name)).putInt(kind << 24 | low).putInt(word);
    for (int each : extra) {
      types.putInt(each);
    }
    return ++count;
  }

  private int name(String name) {
    if (name.isEmpty()) {
      return 0;
    }
    int offset = names.length();
    names.append(name).append('\0');
    return offset;
  }
}
