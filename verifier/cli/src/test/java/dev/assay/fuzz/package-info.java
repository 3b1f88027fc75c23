/**
 * Bytes that nobody chose, given to everything that reads bytes: targets for a coverage-guided fuzzer, their seeds, and
 * the tests that run the same targets in every build. See {@code docs/fuzzing.md}.
 *
 * <p>Targets need no fuzzer to compile or to run: each is a method that takes bytes.
 */
@NullMarked
package dev.assay.fuzz;

import org.jspecify.annotations.NullMarked;
