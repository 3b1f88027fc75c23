/**
 * The numeric domains of the Apron library (Jeannet and Miné, "Apron: A Library of Numerical Abstract Domains for Static Analysis", CAV 2009), by way
 * of JNA: {@link dev.assay.apron.Workspace} and {@link dev.assay.apron.Element} are its level 0 interface as far as it is needed,
 * {@link dev.assay.apron.ApronDomains} offers boxes, octagons and polyhedra as {@link dev.assay.numeric.Relations}.
 *
 * <p>Knows the lattices of numbers, and nothing of programs. Without the library everything but this package works.
 */
@NullMarked
package dev.assay.apron;

import org.jspecify.annotations.NullMarked;
