/**
 * The BPF instruction set of RFC 9669: instructions as immutable values, their encoding and their text, and the
 * one definition of what arithmetic and comparison compute.
 *
 * <p>Knows nothing of object files, control flow, hosts or abstract domains.
 */
@NullMarked
package dev.assay.isa;

import org.jspecify.annotations.NullMarked;
