/**
 * What instructions need so as to be safe: the names of the checks, bounds of accesses to regions, and how the host accesses them.
 *
 * <p>Functions of a state and a request; knows nothing of the search, and changes no state.
 */
@NullMarked
package dev.assay.verifier.check;

import org.jspecify.annotations.NullMarked;
