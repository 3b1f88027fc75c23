/**
 * Runs a program on real input, every access checked.
 *
 * <p>Registers hold 64-bit addresses of an address space that each {@link dev.assay.interpreter.Machine} lays out for
 * itself; memory is made of regions, and each access lies in one of them or is a
 * {@link dev.assay.interpreter.Fault}. So it sees pointers as a processor does, not as the analysis does, and
 * can be held against it. Whatever the program, nothing outside the regions is read or written.
 *
 * <p>Knows the instruction set, objects and the platform; knows nothing of abstract domains or of the proof.
 */
@NullMarked
package dev.assay.interpreter;

import org.jspecify.annotations.NullMarked;
