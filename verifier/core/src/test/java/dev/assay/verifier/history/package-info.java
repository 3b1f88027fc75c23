/**
 * Holes that verifiers had: what each of them accepted although it was unsafe, written in our own assembly, must be rejected here, at the
 * instruction that was unsafe. Its twin, which differs in what made it so, must be accepted, so that the test speaks of the hole.
 *
 * <p>Comments say what went wrong, and where: the CVE or the subject of the commit that closed the hole, with the Linux release that had it
 * first, or the number in PREVAIL's repository. Holes that only speculative execution opens are not among them, nor those of the host's code
 * that no verifier could see.
 */
@NullMarked
package dev.assay.verifier.history;

import org.jspecify.annotations.NullMarked;
