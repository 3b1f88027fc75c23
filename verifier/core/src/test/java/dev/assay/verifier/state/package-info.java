/** Tests of states and their lattice. */
@NullMarked
package dev.assay.verifier.state;

import org.jspecify.annotations.NullMarked;
