/** Parts of the judge, each by itself. */
@NullMarked
package dev.assay.verifier.judge;

import org.jspecify.annotations.NullMarked;
