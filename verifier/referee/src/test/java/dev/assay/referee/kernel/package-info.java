/**
 * Linux's own verifier as a second opinion on generated programs: how a program is handed to the kernel that runs here, what the kernel says,
 * and how that is held against Assay's verdict. Tests only; it needs Linux and its administrator's rights.
 */
@NullMarked
package dev.assay.referee.kernel;

import org.jspecify.annotations.NullMarked;
