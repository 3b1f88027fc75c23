/**
 * The search for invariants: keyed sets of states at cut points, iterated along the weak topological order with widening and narrowing.
 * Whatever it proposes is checked by the judge, so that a mistake here costs precision, not safety.
 */
@NullMarked
package dev.assay.verifier.search;

import org.jspecify.annotations.NullMarked;
