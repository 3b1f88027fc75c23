/**
 * What a verification ends with, as immutable values: whoever prints, signs, caches or serves a verdict needs nothing
 * else. Knows nothing of how the verdict was found.
 */
@NullMarked
package dev.assay.verifier.verdict;

import org.jspecify.annotations.NullMarked;
