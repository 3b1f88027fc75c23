/**
 * Random programs for the referee: valid as control flow, mostly safe, and now and then subtly wrong.
 *
 * <p>Knows instructions, objects and the platform's tables, and of the referee {@code Subject} and {@code CodeBuilder}. Must not know the
 * verifier's core, the domains or the interpreter: what is generated may not depend on what they can do. {@link
 * dev.assay.referee.generator.ProgramGenerator} is the way in, {@link dev.assay.referee.generator.Statements} the list of what is written.
 */
@NullMarked
package dev.assay.referee.generator;

import org.jspecify.annotations.NullMarked;
