package dev.assay.btf;

import java.util.List;

/**
 * One type of a {@link BtfTypes}. Other types are named by their id in the same {@code BtfTypes};
 * id 0 is {@code void}. Names are empty where the type is anonymous. Sizes are in bytes unless said
 * otherwise.
 */
public sealed interface BtfType {

  /** The type's name, or empty if it is anonymous or of a kind without name. */
  default String name() {
    return "";
  }

  /** {@code void}, id 0. */
  record Void() implements BtfType {
    @Override
    public String name() {
      return "void";
    }
  }

  /**
   * An integer.
   *
   * @param size of the storage, 1 to 16
   * @param bitOffset where the value starts within it
   * @param bits how wide the value is
   */
  record Int(
      String name,
      int size,
      int bitOffset,
      int bits,
      boolean signed,
      boolean character,
      boolean bool)
      implements BtfType {}

  /** A pointer to {@code target}. */
  record Pointer(int target) implements BtfType {}

  /**
   * An array.
   *
   * @param length the number of elements, unsigned; 0 for a flexible one
   */
  record Array(int element, int index, int length) implements BtfType {}

  /** A struct or a union, with its members in the order of the source. */
  record Composite(String name, boolean union, int size, List<Member> members) implements BtfType {
    public Composite {
      members = List.copyOf(members);
    }
  }

  /**
   * A member of a struct or a union.
   *
   * @param bitOffset from the start of the struct, unsigned
   * @param bitfieldBits the width if it is a bitfield, else 0
   */
  record Member(String name, int type, int bitOffset, int bitfieldBits) {}

  /**
   * An enumeration, with 32-bit or 64-bit values.
   *
   * @param size of a variable of this type: 1, 2, 4 or 8
   */
  record Enumeration(String name, int size, boolean signed, List<Enumerator> enumerators)
      implements BtfType {
    public Enumeration {
      enumerators = List.copyOf(enumerators);
    }
  }

  /** A value of an enumeration, extended to 64 bits by the enumeration's sign. */
  record Enumerator(String name, long value) {}

  /** A struct or union that is declared and not defined. */
  record Forward(String name, boolean union) implements BtfType {}

  /** Another name for {@code target}. */
  record Typedef(String name, int target) implements BtfType {}

  /** {@code target} with a qualifier. */
  record Qualified(Qualifier qualifier, int target) implements BtfType {}

  /** The qualifiers of C. */
  enum Qualifier {
    CONST,
    VOLATILE,
    RESTRICT
  }

  /** A function; {@code prototype} is the id of a {@link Prototype}. */
  record Function(String name, int prototype, Linkage linkage) implements BtfType {}

  /**
   * Parameters and result of a function. A last parameter without name and of type 0 stands for
   * {@code ...}.
   */
  record Prototype(int result, List<Parameter> parameters) implements BtfType {
    public Prototype {
      parameters = List.copyOf(parameters);
    }
  }

  /** A parameter of a function. */
  record Parameter(String name, int type) {}

  /** A global or static variable. */
  record Variable(String name, int type, Linkage linkage) implements BtfType {}

  /** Where a function or variable is visible. */
  enum Linkage {
    STATIC,
    GLOBAL,
    EXTERN
  }

  /** The variables that lie in one ELF section. */
  record Section(String name, int size, List<Placement> variables) implements BtfType {
    public Section {
      variables = List.copyOf(variables);
    }
  }

  /** Where in its section a variable (or an extern function) lies. */
  record Placement(int type, int offset, int size) {}

  /** A floating point number. */
  record Floating(String name, int size) implements BtfType {}

  /**
   * A tag on a declaration ({@code btf_decl_tag}).
   *
   * @param component the index of the member or parameter that has the tag, or -1 for the whole
   */
  record DeclarationTag(String name, int target, int component) implements BtfType {}

  /** {@code target} with a tag ({@code btf_type_tag}). */
  record TypeTag(String name, int target) implements BtfType {}
}
