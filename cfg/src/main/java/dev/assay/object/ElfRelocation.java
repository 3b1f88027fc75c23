package dev.assay.object;

/**
 * A relocation: the place at {@code offset} depends on a symbol.
 *
 * @param offset bytes from the start of the section that it changes
 * @param addend what to add to the symbol, where the place itself does not say it
 */
record ElfRelocation(int offset, ElfSymbol symbol, int type, long addend) {}
