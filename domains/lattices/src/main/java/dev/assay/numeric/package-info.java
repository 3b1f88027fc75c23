/**
 * What can be known of numbers: of one machine word ({@link dev.assay.numeric.Scalar}) and of the differences between
 * several ({@link dev.assay.numeric.Relations}).
 *
 * <p>All types are immutable lattice elements; the order is inclusion of the sets of concrete values they stand for.
 * Knows nothing of instructions, registers, object files or Linux; a caller translates its operators into
 * {@link dev.assay.numeric.Operation} and {@link dev.assay.numeric.Condition}.
 */
@NullMarked
package dev.assay.numeric;

import org.jspecify.annotations.NullMarked;
