/**
 * The maps of one machine: their elements are regions of its address space, at addresses that stay.
 *
 * <p>Knows objects, the platform's map types and memory; knows nothing of instructions or helpers.
 */
@NullMarked
package dev.assay.interpreter.map;

import org.jspecify.annotations.NullMarked;
