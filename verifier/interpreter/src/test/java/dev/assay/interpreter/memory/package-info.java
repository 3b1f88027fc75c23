/** Tests of the address space. */
@NullMarked
package dev.assay.interpreter.memory;

import org.jspecify.annotations.NullMarked;
