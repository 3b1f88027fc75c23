package dev.assay.verifier;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.verdict.Verdict;

/**
 * A verdict, and what was proved of the program's result.
 *
 * @param result the numbers that r0 may hold when the program exits; all numbers unless the program is accepted
 */
public record VerifiedProgram(Verdict verdict, Scalar result) {}
