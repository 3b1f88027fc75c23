/**
 * The judge: one plain pass that decides whether claimed invariants are invariants, whether every check holds in them, and how long a run can
 * be. The verdict comes from here alone.
 *
 * <p>Knows no widening, narrowing, liveness, pruning or budget, and nothing of how claims are found.
 */
@NullMarked
package dev.assay.verifier.judge;

import org.jspecify.annotations.NullMarked;
