/**
 * What a host offers to a BPF program: program kinds and their contexts, helpers, map types, limits and policies.
 * Linux's are read from tables, one row a fact, each with its source and the release since which it holds.
 *
 * <p>Knows the instruction set and object files. Knows nothing of abstract domains or of how programs are proved: a
 * contract says what a function demands and promises, not how that is checked.
 */
@NullMarked
package dev.assay.platform;

import org.jspecify.annotations.NullMarked;
