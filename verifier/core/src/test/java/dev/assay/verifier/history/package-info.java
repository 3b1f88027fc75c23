/**
 * Holes that verifiers had: what each of them accepted although it was unsafe, written in our own assembly, must be rejected here, at the
 * instruction that was unsafe. Its twin, which differs in what made it so, must be accepted, so that the test speaks of the hole.
 *
 * <p>Comments say what went wrong, and where: the CVE or the subject of the commit that closed the hole, with the Linux release that had it
 * first, or the number in PREVAIL's repository. Not among them are holes that only speculative execution opens; those of the host's own code, which no verifier sees (as
 * CVE-2021-3489, CVE-2021-41864, CVE-2022-2785, CVE-2022-2905 and CVE-2024-56614); and those of dynptrs and iterators (as CVE-2023-39191), which are not
 * modelled, so that programs with them are rejected.
 */
@NullMarked
package dev.assay.verifier.history;

import org.jspecify.annotations.NullMarked;
