/**
 * BPF object files: ELF bytes in, a linked {@link dev.assay.object.BpfObject} out. Reads hostile
 * files: every offset and count is checked against the file.
 *
 * <p>Knows nothing of abstract domains, and of Linux only what object files themselves say.
 */
@NullMarked
package dev.assay.object;

import org.jspecify.annotations.NullMarked;
