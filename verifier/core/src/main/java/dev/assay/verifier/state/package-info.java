/**
 * What is known of a program's memory and registers at one point on one family of paths: kinds, numbers, stack frames, and
 * the lattice of whole states (join, widening, inclusion).
 *
 * <p>Knows nothing of instructions, of Linux, or of how states are searched for.
 */
@NullMarked
package dev.assay.verifier.state;

import org.jspecify.annotations.NullMarked;
