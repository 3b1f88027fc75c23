package dev.assay.platform;

/**
 * Adjacent bytes of a layout that are accessed by one rule.
 *
 * @param name the C field's name
 * @param offset bytes from the start of the layout
 * @param size bytes
 * @param kind what a load gives
 */
public record Field(String name, int offset, int size, FieldKind kind) {}
