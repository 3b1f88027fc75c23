/**
 * Control flow of a program: basic blocks, calls, the nesting of loops, liveness of registers and stack bytes, and
 * pictures of them.
 *
 * <p>Knows instructions and linked programs. Knows nothing of abstract domains, and nothing of hosts: what a call of a
 * helper reads and writes comes in through {@link dev.assay.graph.CallEffects}. No analysis here recurses on the
 * program's shape, so that no input overflows the stack.
 */
@NullMarked
package dev.assay.graph;

import org.jspecify.annotations.NullMarked;
