/**
 * The command {@code assay}: what users write and see, and the way from files to verdicts and runs.
 *
 * <p>May know every other room. Decides nothing about programs itself.
 */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
