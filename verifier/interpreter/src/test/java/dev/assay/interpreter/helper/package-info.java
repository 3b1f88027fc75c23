/** Tests of the functions that programs call. */
@NullMarked
package dev.assay.interpreter.helper;

import org.jspecify.annotations.NullMarked;
