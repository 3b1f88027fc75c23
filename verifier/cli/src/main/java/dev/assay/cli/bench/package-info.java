/**
 * What the verifier costs with each numeric domain, in time and in memory: measurements, their statistics, tables and plots. Knows nothing of the
 * command's options.
 */
@NullMarked
package dev.assay.cli.bench;

import org.jspecify.annotations.NullMarked;
