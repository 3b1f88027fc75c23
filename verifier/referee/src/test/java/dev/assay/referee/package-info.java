/** Generated programs held against the verifier. */
@NullMarked
package dev.assay.referee;

import org.jspecify.annotations.NullMarked;
