/** The verifier as a whole, held against small programs: what it must accept, and what it must reject and where. */
@NullMarked
package dev.assay.verifier;

import org.jspecify.annotations.NullMarked;
