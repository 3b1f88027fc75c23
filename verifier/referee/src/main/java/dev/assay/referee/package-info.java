/**
 * The verifier's core held against the interpreter: generated programs that the core accepts are run, and neither may they fault or run
 * longer than was proved, nor may a concrete state lie outside what the core claims of its point.
 *
 * <p>Knows the core and the interpreter; knows nothing of terminals or of how findings are shown.
 */
@NullMarked
package dev.assay.referee;

import org.jspecify.annotations.NullMarked;
