/**
 * {@code assay.toml}: what objects do not say themselves, and defaults for the command's options.
 *
 * <p>Knows the file's form. Knows nothing of program types or of what an option means.
 */
@NullMarked
package dev.assay.cli.config;

import org.jspecify.annotations.NullMarked;
