/** Tests of the search: what it may get wrong, and that no verdict rests on it. */
@NullMarked
package dev.assay.verifier.search;

import org.jspecify.annotations.NullMarked;
