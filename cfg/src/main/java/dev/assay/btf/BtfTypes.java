package dev.assay.btf;

import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Placement;
import dev.assay.btf.BtfType.Section;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The types of one object or kernel, by id and by name. Immutable and safe for use by several
 * threads.
 *
 * <p>Reading checks every record, id and string offset, so that nothing can go wrong later; a type
 * itself is made when it is asked for, so that the 150,000 types of a kernel cost little more than
 * their bytes.
 *
 * <p>A record (Linux, {@code include/uapi/linux/btf.h}) is three words and what its kind adds:
 *
 * <pre>
 *   word 0            word 1                                     word 2
 *   name offset       flag:1  unused:2  kind:5  unused:8  n:16   size in bytes, or id of a type
 * </pre>
 */
public final class BtfTypes {
  /** How deep typedefs, qualifiers and arrays may be nested: as in Linux. */
  static final int DEPTH = 32;

  private final BtfBytes bytes;
  private final int[] records;
  private volatile @Nullable NameIndex names;

  private BtfTypes(BtfBytes bytes, int[] records) {
    this.bytes = bytes;
    this.records = records;
  }

  /**
   * Reads a {@code .BTF} section or file, of either byte order.
   *
   * @throws MalformedBtfException if the bytes are not BTF
   */
  public static BtfTypes read(byte[] bytes) throws MalformedBtfException {
    return read(ByteBuffer.wrap(bytes.clone()));
  }

  /** As {@link #read(byte[])}, of bytes that nobody changes any more. */
  public static BtfTypes read(ByteBuffer buffer) throws MalformedBtfException {
    BtfBytes bytes = BtfBytes.of(buffer);
    return new BtfTypes(bytes, BtfScan.records(bytes));
  }

  /** The number of types, {@code void} included: ids go from 0 to one less. */
  public int count() {
    return records.length;
  }

  /**
   * The type with an id.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public BtfType type(int id) {
    if (id == 0) {
      return new BtfType.Void();
    }
    return new TypeReader(bytes, records[id]).read();
  }

  /** The name of the type with an id: empty if it has none, {@code void} for id 0. */
  public String name(int id) {
    return id == 0 ? "void" : bytes.string(bytes.word(records[id]));
  }

  /**
   * The string at an offset of the string section, cut after 1024 bytes; empty if the offset is
   * outside.
   */
  public String string(int offset) {
    return bytes.string(offset);
  }

  /** The ids of all types of any kind with this name, ascending. */
  public List<Integer> named(String name) {
    List<Integer> ids = new ArrayList<>();
    for (int id : index().candidates(CoreNames.essential(name))) {
      if (name(id).equals(name)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * The ids of all types whose name without its flavour ({@code ___x} at the end) is this one,
   * ascending.
   */
  List<Integer> namedEssentially(String essentialName) {
    return index().candidates(essentialName);
  }

  /** The id of the first type of this kind with this name. */
  public OptionalInt find(String name, Class<? extends BtfType> kind) {
    for (int id : named(name)) {
      if (kind.isInstance(type(id))) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  /** The variables and functions of a section by name, each with the id of its declaration. */
  public Map<String, Integer> inSection(String section) {
    Map<String, Integer> members = new HashMap<>();
    for (int id : named(section)) {
      if (type(id) instanceof Section described) {
        for (Placement placement : described.variables()) {
          members.putIfAbsent(name(placement.type()), placement.type());
        }
      }
    }
    return members;
  }

  /**
   * The id of what is left when typedefs, qualifiers and type tags are taken off; 0 where that
   * takes more than 32 steps.
   */
  public int resolve(int id) {
    int at = id;
    for (int step = 0; step < DEPTH; step++) {
      if (at == 0) {
        return 0;
      }
      switch (kind(at)) {
        case TYPEDEF, CONST, VOLATILE, RESTRICT, TYPE_TAG -> at = bytes.word(records[at] + 8);
        default -> {
          return at;
        }
      }
    }
    return 0;
  }

  /** Whether this tag is among the typedefs, qualifiers and type tags that {@link #resolve} takes off. */
  public boolean tagged(int id, String tag) {
    int at = id;
    for (int step = 0; step < DEPTH && at != 0; step++) {
      switch (kind(at)) {
        case TYPE_TAG -> {
          if (name(at).equals(tag)) {
            return true;
          }
          at = bytes.word(records[at] + 8);
        }
        case TYPEDEF, CONST, VOLATILE, RESTRICT -> at = bytes.word(records[at] + 8);
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /** The type that {@link #resolve} leaves. */
  public BtfType resolved(int id) {
    return type(resolve(id));
  }

  /**
   * The size of a value in bytes; empty for {@code void}, functions, forward declarations and what
   * is larger than an int.
   */
  public OptionalInt size(int id) {
    long factor = 1;
    int at = id;
    for (int step = 0; step < DEPTH; step++) {
      at = resolve(at);
      if (at == 0) {
        return OptionalInt.empty();
      }
      switch (kind(at)) {
        case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT, DATASEC -> {
          return product(factor, Integer.toUnsignedLong(bytes.word(records[at] + 8)));
        }
        case PTR -> {
          return product(factor, 8);
        }
        case VAR -> at = bytes.word(records[at] + 8);
        case ARRAY -> {
          OptionalInt longer =
              product(factor, Integer.toUnsignedLong(bytes.word(records[at] + 20)));
          if (longer.isEmpty()) {
            return longer;
          }
          factor = longer.getAsInt();
          at = bytes.word(records[at] + 12);
        }
        case FWD, FUNC, FUNC_PROTO, DECL_TAG, TYPEDEF, CONST, VOLATILE, RESTRICT, TYPE_TAG -> {
          return OptionalInt.empty();
        }
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt product(long left, long right) {
    long result = left * right;
    return result > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) result);
  }

  /**
   * The member with this name of a struct or union (under typedefs and qualifiers), looked for in
   * anonymous members too; its offset counts from the outermost.
   */
  public Optional<Member> member(int composite, String name) {
    record Place(int type, int bitOffset) {}
    Deque<Place> places = new ArrayDeque<>();
    places.add(new Place(composite, 0));
    for (int visited = 0; visited < 1000 && !places.isEmpty(); visited++) {
      Place place = places.remove();
      if (!(resolved(place.type) instanceof Composite struct)) {
        continue;
      }
      for (Member member : struct.members()) {
        int offset = place.bitOffset + member.bitOffset();
        if (member.name().equals(name)) {
          return Optional.of(new Member(name, member.type(), offset, member.bitfieldBits()));
        }
        if (member.name().isEmpty()) {
          places.add(new Place(member.type(), offset));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The type as C would write it in a declaration, for messages, for example {@code struct sk_buff
   * *}.
   */
  public String describe(int id) {
    return Declaration.of(this, id);
  }

  /** How many members, parameters, enumerators or variables a type has. */
  int elements(int id) {
    return id == 0 || kind(id) == BtfKind.FUNC ? 0 : bytes.length(records[id]);
  }

  BtfKind kind(int id) {
    return bytes.kind(records[id]);
  }

  private NameIndex index() {
    NameIndex index = names;
    if (index == null) {
      index = new NameIndex(bytes, records);
      names = index;
    }
    return index;
  }
}
