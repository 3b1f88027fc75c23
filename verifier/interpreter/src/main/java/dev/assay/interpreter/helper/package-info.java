/**
 * The helpers, kernel functions and C library functions that programs call, by name, in families.
 *
 * <p>They access the program's memory as the program does: every access is checked. Knows memory, maps, context and the
 * platform's names; of the machine that calls them only {@link dev.assay.interpreter.helper.Environment}.
 */
@NullMarked
package dev.assay.interpreter.helper;

import org.jspecify.annotations.NullMarked;
