/** The meaning of instructions on values, held against that on words. */
@NullMarked
package dev.assay.verifier.semantics;

import org.jspecify.annotations.NullMarked;
