/**
 * Prepares what was built for a quick start: class files that the JVM's cache of loaded classes takes, with less to link when they run. Knows class files and jars, and nothing of what is in
 * them.
 */
@NullMarked
package dev.assay.cli.start;

import org.jspecify.annotations.NullMarked;
