/**
 * What a program is run on: a packet, and the context that leads to it.
 *
 * <p>Knows the platform's context layouts and memory; knows nothing of instructions or helpers.
 */
@NullMarked
package dev.assay.interpreter.context;

import org.jspecify.annotations.NullMarked;
