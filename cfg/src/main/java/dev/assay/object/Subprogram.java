package dev.assay.object;

/**
 * A function within a program's code.
 *
 * @param name the symbol's name
 * @param firstSlot where it starts
 * @param slots how long it is
 * @param global whether it has global linkage, so that it is verified on its own against its
 *     signature
 * @param btfFunction the id of its {@code FUNC} in the object's BTF, or 0 if it has none
 */
public record Subprogram(String name, int firstSlot, int slots, boolean global, int btfFunction) {}
