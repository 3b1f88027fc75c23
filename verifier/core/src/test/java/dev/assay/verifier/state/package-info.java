/** States held against concrete machine states: what they describe, and the lattice laws. */
@NullMarked
package dev.assay.verifier.state;

import org.jspecify.annotations.NullMarked;
