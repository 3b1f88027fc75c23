package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.DeclarationTag;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Enumerator;
import dev.assay.btf.BtfType.Floating;
import dev.assay.btf.BtfType.Forward;
import dev.assay.btf.BtfType.Function;
import dev.assay.btf.BtfType.Int;
import dev.assay.btf.BtfType.Linkage;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Parameter;
import dev.assay.btf.BtfType.Placement;
import dev.assay.btf.BtfType.Pointer;
import dev.assay.btf.BtfType.Prototype;
import dev.assay.btf.BtfType.Qualified;
import dev.assay.btf.BtfType.Qualifier;
import dev.assay.btf.BtfType.Section;
import dev.assay.btf.BtfType.TypeTag;
import dev.assay.btf.BtfType.Typedef;
import dev.assay.btf.BtfType.Variable;
import java.util.ArrayList;
import java.util.List;

/** Makes the type that one record describes. */
final class TypeReader {
  private final BtfBytes bytes;
  private final int record;

  /** Of the record at an offset, which {@link BtfScan} has checked. */
  TypeReader(BtfBytes bytes, int record) {
    this.bytes = bytes;
    this.record = record;
  }

  BtfType read() {
    BtfKind kind = bytes.kind(record);
    String name = bytes.string(bytes.word(record));
    int word = bytes.word(record + 8);
    boolean flag = bytes.flag(record);
    int extra = record + 12;
    return switch (kind) {
      case INT -> integer(name, word, bytes.word(extra));
      case PTR -> new Pointer(word);
      case ARRAY -> new Array(bytes.word(extra), bytes.word(extra + 4), bytes.word(extra + 8));
      case STRUCT, UNION -> new Composite(name, kind == BtfKind.UNION, word, members(flag));
      case ENUM -> new Enumeration(name, word, flag, enumerators(flag));
      case ENUM64 -> new Enumeration(name, word, flag, wideEnumerators());
      case FWD -> new Forward(name, flag);
      case TYPEDEF -> new Typedef(name, word);
      case VOLATILE -> new Qualified(Qualifier.VOLATILE, word);
      case CONST -> new Qualified(Qualifier.CONST, word);
      case RESTRICT -> new Qualified(Qualifier.RESTRICT, word);
      case FUNC -> new Function(name, word, linkage(bytes.length(record)));
      case FUNC_PROTO -> new Prototype(word, parameters());
      case VAR -> new Variable(name, word, linkage(bytes.word(extra)));
      case DATASEC -> new Section(name, word, placements());
      case FLOAT -> new Floating(name, word);
      case DECL_TAG -> new DeclarationTag(name, word, bytes.word(extra));
      case TYPE_TAG -> new TypeTag(name, word);
    };
  }

  /*
   * word 0 of an integer: unused:4  encoding:4 (bool, char, signed)  offset:8  unused:8  bits:8
   */
  private static Int integer(String name, int size, int word) {
    int encoding = word >>> 24 & 0xf;
    return new Int(
        name,
        size,
        word >>> 16 & 0xff,
        word & 0xff,
        (encoding & 1) != 0,
        (encoding & 2) != 0,
        (encoding & 4) != 0);
  }

  private List<Member> members(boolean withBitfields) {
    int count = bytes.length(record);
    List<Member> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = record + 12 + 12 * i;
      int offset = bytes.word(at + 8);
      members.add(new Member(
          bytes.string(bytes.word(at)),
          bytes.word(at + 4),
          withBitfields ? offset & 0xffffff : offset,
          withBitfields ? offset >>> 24 : 0));
    }
    return members;
  }

  private List<Enumerator> enumerators(boolean signed) {
    int count = bytes.length(record);
    List<Enumerator> enumerators = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = record + 12 + 8 * i;
      int value = bytes.word(at + 4);
      enumerators.add(new Enumerator(
          bytes.string(bytes.word(at)), signed ? value : Integer.toUnsignedLong(value)));
    }
    return enumerators;
  }

  private List<Enumerator> wideEnumerators() {
    int count = bytes.length(record);
    List<Enumerator> enumerators = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = record + 12 + 12 * i;
      long value = Integer.toUnsignedLong(bytes.word(at + 4)) | (long) bytes.word(at + 8) << 32;
      enumerators.add(new Enumerator(bytes.string(bytes.word(at)), value));
    }
    return enumerators;
  }

  private List<Parameter> parameters() {
    int count = bytes.length(record);
    List<Parameter> parameters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = record + 12 + 8 * i;
      parameters.add(new Parameter(bytes.string(bytes.word(at)), bytes.word(at + 4)));
    }
    return parameters;
  }

  private List<Placement> placements() {
    int count = bytes.length(record);
    List<Placement> placements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = record + 12 + 12 * i;
      placements.add(new Placement(bytes.word(at), bytes.word(at + 4), bytes.word(at + 8)));
    }
    return placements;
  }

  private static Linkage linkage(int number) {
    return switch (number) {
      case 0 -> Linkage.STATIC;
      case 2 -> Linkage.EXTERN;
      default -> Linkage.GLOBAL;
    };
  }
}
