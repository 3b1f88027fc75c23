package dev.assay.object;

/**
 * A symbol.
 *
 * @param binding 0 local, 1 global, 2 weak
 * @param type 0 none, 1 variable, 2 function, 3 section
 * @param hidden whether other objects cannot see it although its binding is global
 * @param section the index of the section that defines it, or {@link #UNDEFINED} or a reserved
 *     number from 0xff00 on
 * @param value bytes from the start of the section, unsigned
 * @param size bytes, unsigned; 0 if not known
 */
record ElfSymbol(
    int index,
    String name,
    int binding,
    int type,
    boolean hidden,
    int section,
    long value,
    long size) {
  static final int UNDEFINED = 0;

  private static final int LOCAL = 0;
  private static final int WEAK = 2;
  private static final int NO_TYPE = 0;
  private static final int OBJECT = 1;
  private static final int FUNCTION = 2;
  private static final int SECTION = 3;

  boolean local() {
    return binding == LOCAL;
  }

  boolean weak() {
    return binding == WEAK;
  }

  boolean undefined() {
    return section == UNDEFINED;
  }

  boolean isFunction() {
    return type == FUNCTION;
  }

  /**
   * Whether it names a variable; compilers before LLVM 7 gave variables no type, and their own
   * labels neither.
   */
  boolean isVariable() {
    return type == OBJECT || (type == NO_TYPE && !local());
  }

  boolean isSection() {
    return type == SECTION;
  }

  /** Whether it may name code: a function, or a label that is visible from outside. */
  boolean namesCode() {
    return type == FUNCTION || (type == NO_TYPE && !local());
  }
}
