/**
 * BTF, the type format of BPF objects and kernels: reading {@code .BTF} and {@code .BTF.ext},
 * looking types up, and matching the types that a program was compiled against with those of
 * another kernel (CO-RE).
 *
 * <p>Knows bytes, types and strings. Knows nothing of ELF, instructions, or what a kernel does with
 * the types.
 */
@NullMarked
package dev.assay.btf;

import org.jspecify.annotations.NullMarked;
