package dev.assay.object;

/**
 * A section header. Offsets and sizes are checked: what the section holds lies within the file,
 * except for {@link #NO_BITS}.
 *
 * @param index in the file's section table
 * @param type one of {@code SHT_...}
 * @param flags a set of {@code SHF_...}
 * @param link the index of a section that belongs to it, by type
 * @param info for relocations the index of the section that they change
 */
record ElfSection(
    int index,
    String name,
    int type,
    long flags,
    int offset,
    int size,
    int link,
    int info,
    long entrySize) {
  static final int PROGRAM_BITS = 1;
  static final int SYMBOL_TABLE = 2;
  static final int STRING_TABLE = 3;
  static final int RELOCATIONS_WITH_ADDEND = 4;
  static final int NO_BITS = 8;
  static final int RELOCATIONS = 9;
  static final int SYMBOL_INDICES = 18;

  private static final long WRITABLE = 1;
  private static final long ALLOCATED = 2;
  private static final long EXECUTABLE = 4;

  boolean writable() {
    return (flags & WRITABLE) != 0;
  }

  /** Whether it holds instructions. */
  boolean holdsCode() {
    return type == PROGRAM_BITS && (flags & EXECUTABLE) != 0 && size > 0;
  }

  /** Whether it holds variables. */
  boolean holdsData() {
    return (type == PROGRAM_BITS || type == NO_BITS)
        && (flags & ALLOCATED) != 0
        && (flags & EXECUTABLE) == 0;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "section " + index : "section " + name;
  }
}
