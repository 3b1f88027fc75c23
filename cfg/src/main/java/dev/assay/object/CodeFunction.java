package dev.assay.object;

/**
 * A function in a section of code.
 *
 * @param name the symbol's, or the section's where no symbol names any code in it
 * @param firstSlot counted from the section's start
 * @param slots how long it is, at least 1
 * @param global whether the symbol is visible from outside
 * @param symbol whether a function symbol names it
 */
record CodeFunction(
    ElfSection section, String name, int firstSlot, int slots, boolean global, boolean symbol) {

  int endSlot() {
    return firstSlot + slots;
  }

  /** The offset in the section of its first byte. */
  int firstByte() {
    return 8 * firstSlot;
  }

  @Override
  public String toString() {
    return name + " in section " + section.name();
  }
}
