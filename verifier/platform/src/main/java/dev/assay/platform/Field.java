package dev.assay.platform;

/**
 * Adjacent bytes of a layout that are accessed by one rule.
 *
 * @param name the C field's name
 * @param offset bytes from the start of the layout
 * @param size bytes
 * @param kind what a load gives
 * @param load which loads are legal
 * @param store which stores are legal
 */
public record Field(String name, int offset, int size, FieldKind kind, Rule load, Rule store) {

  /** Whether an access of {@code bytes} bytes at {@code at}, from the start of the layout, is legal by this field. */
  public boolean permits(int at, int bytes, boolean write) {
    Rule rule = write ? store : load;
    return at >= offset
        && bytes <= size
        && at - offset <= size - bytes
        && rule.permits(bytes)
        && at % bytes == 0
        && (!rule.first || at == offset);
  }

  /**
   * Which accesses are legal. An access lies within the field and is aligned to its size, counted from the start of the layout.
   *
   * @param sizes the legal sizes, of 1, 2, 4 and 8 bytes, or-ed
   * @param first whether an access has to start where the field does
   */
  public record Rule(int sizes, boolean first) {
    /** No access at all. */
    public static final Rule NONE = new Rule(0, false);

    /** Whether an access of so many bytes may be legal. */
    public boolean permits(int bytes) {
      return Integer.bitCount(bytes) == 1 && bytes <= 8 && (sizes & bytes) != 0;
    }
  }
}
