/**
 * The 64-bit address space of one machine: regions of bytes, and nothing between them.
 *
 * <p>Knows nothing of instructions, maps or helpers.
 */
@NullMarked
package dev.assay.interpreter.memory;

import org.jspecify.annotations.NullMarked;
