/** Tests of the platform's tables, some of them against facts read off a running kernel. */
@NullMarked
package dev.assay.platform;

import org.jspecify.annotations.NullMarked;
