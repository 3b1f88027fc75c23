/**
 * Control flow of a program: basic blocks, calls, the nesting of loops, liveness of registers and stack bytes, and
 * pictures of them.
 *
 * <p>Start with {@link dev.assay.graph.ControlFlowGraph}, which has a {@link dev.assay.graph.FunctionGraph} for each
 * function. {@link dev.assay.graph.WeakTopologicalOrder} says in which order to visit the blocks of one, {@link
 * dev.assay.graph.Liveness} what may be forgotten on the way, {@link dev.assay.graph.LoopFacts} where to widen to.
 *
 * <p>Knows instructions and linked programs. Knows nothing of abstract domains, and nothing of hosts: what a call of a
 * helper reads and writes comes in through {@link dev.assay.graph.CallEffects}. No analysis here recurses on the
 * program's shape, and none takes more than nearly linear time on it (times the height of its lattice), so that no
 * input overflows the stack or makes it hang.
 */
@NullMarked
package dev.assay.graph;

import org.jspecify.annotations.NullMarked;
