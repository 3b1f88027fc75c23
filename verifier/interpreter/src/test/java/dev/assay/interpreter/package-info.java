/** Tests of the interpreter. */
@NullMarked
package dev.assay.interpreter;

import org.jspecify.annotations.NullMarked;
