/**
 * The face of the verifier: a program and what its host offers go in, a {@link dev.assay.verifier.verdict.Verdict} comes
 * out.
 *
 * <p>Knows nothing of terminals, formats or where objects come from.
 */
@NullMarked
package dev.assay.verifier;

import org.jspecify.annotations.NullMarked;
