/** Holds the abstract semantics against before/after tests of another verifier, PREVAIL's. */
@NullMarked
package dev.assay.verifier.invariants;

import org.jspecify.annotations.NullMarked;
