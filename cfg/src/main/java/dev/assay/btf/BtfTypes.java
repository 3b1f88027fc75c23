package dev.assay.btf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The types of one object or kernel, by id and by name. Immutable and safe for use by several threads. */
public final class BtfTypes {

  private BtfTypes() {}

  /**
   * Reads a {@code .BTF} section or file, of either byte order.
   *
   * @throws MalformedBtfException if the bytes are not BTF
   */
  public static BtfTypes read(byte[] bytes) throws MalformedBtfException {
    throw new UnsupportedOperationException();
  }

  /** The number of types, {@code void} included: ids go from 0 to one less. */
  public int count() {
    throw new UnsupportedOperationException();
  }

  /**
   * The type with an id.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public BtfType type(int id) {
    throw new UnsupportedOperationException();
  }

  /** The ids of all types of any kind with this name, ascending. */
  public List<Integer> named(String name) {
    throw new UnsupportedOperationException();
  }

  /** The id of the first type of this kind with this name. */
  public OptionalInt find(String name, Class<? extends BtfType> kind) {
    throw new UnsupportedOperationException();
  }

  /** The id of what is left when typedefs, qualifiers and type tags are taken off; 0 where they go in a circle. */
  public int resolve(int id) {
    throw new UnsupportedOperationException();
  }

  /** The size of a value in bytes; empty for {@code void}, functions, forward declarations and what is larger than an int. */
  public OptionalInt size(int id) {
    throw new UnsupportedOperationException();
  }

  /** The member with this name of a struct or union, looked for in anonymous members too, with its offset from the outermost. */
  public Optional<BtfType.Member> member(int composite, String name) {
    throw new UnsupportedOperationException();
  }

  /** The type as C would write it in a declaration, for messages, for example {@code struct sk_buff *}. */
  public String describe(int id) {
    throw new UnsupportedOperationException();
  }
}
