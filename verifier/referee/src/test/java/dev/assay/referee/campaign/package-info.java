/** Generated programs held against the verifier. */
@NullMarked
package dev.assay.referee.campaign;

import org.jspecify.annotations.NullMarked;
