/** Tests of the maps. */
@NullMarked
package dev.assay.interpreter.map;

import org.jspecify.annotations.NullMarked;
