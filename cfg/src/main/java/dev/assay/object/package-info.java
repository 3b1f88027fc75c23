/**
 * BPF object files: ELF bytes in, a linked {@link dev.assay.object.BpfObject} out. Reads hostile
 * files: every offset and count is checked against the file, nothing is allocated by a number that
 * the file claims, and work that a small file could multiply has a limit.
 *
 * <p>Knows nothing of abstract domains, and of Linux only what object files themselves say.
 * libbpf's behaviour is the yardstick for objects with BTF, the loaders of the kernel's samples and
 * of iproute2 for older ones.
 *
 * <p>The ELF reader is our own. The one at hand, {@code net.fornwall:jelf} 0.9.0, believes the
 * file: it allocates arrays of the sizes that headers claim, divides by entry sizes of 0, and scans
 * strings past their table. Of 3,000 damaged copies of a small object it answered a sixth with
 * runtime exceptions or by running out of 1 GiB of memory; nor does it give the bytes of a section.
 */
@NullMarked
package dev.assay.object;

import org.jspecify.annotations.NullMarked;
