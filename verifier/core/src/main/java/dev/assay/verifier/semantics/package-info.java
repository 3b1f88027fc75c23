/**
 * What each instruction does to a state, and which checks it needs: functions of (instruction, state, platform, options).
 *
 * <p>Knows nothing of the search: no widening, no liveness, no budget.
 */
@NullMarked
package dev.assay.verifier.semantics;

import org.jspecify.annotations.NullMarked;
