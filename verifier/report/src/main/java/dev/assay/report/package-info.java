/**
 * A verdict as text for people and as JSON for programs.
 *
 * <p>Knows verdicts only: not how they were found, nor where the output goes.
 */
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
