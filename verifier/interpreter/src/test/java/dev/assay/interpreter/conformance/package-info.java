/** The instruction tests of bpf_conformance: their files, their assembly, and the run of each. */
@NullMarked
package dev.assay.interpreter.conformance;

import org.jspecify.annotations.NullMarked;
