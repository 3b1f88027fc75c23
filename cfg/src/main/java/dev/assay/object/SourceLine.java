package dev.assay.object;

/**
 * A line of C that instructions come from, as {@code .BTF.ext} tells.
 *
 * @param file the path that the compiler saw
 * @param line 1-based
 * @param column 1-based, or 0 if not known
 * @param text the line itself, or empty if not known
 */
public record SourceLine(String file, int line, int column, String text) {}
