/** Generated programs counted, and changed. */
@NullMarked
package dev.assay.referee.generator;

import org.jspecify.annotations.NullMarked;
