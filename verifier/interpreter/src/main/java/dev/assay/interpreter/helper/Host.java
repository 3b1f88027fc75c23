package dev.assay.interpreter.helper;

import java.util.function.LongSupplier;

/**
 * What the host of a run looks like to the program.
 *
 * @param xdp whether the program is an XDP program, for helpers that mean one thing there and another elsewhere
 * @param cpus how many CPUs there are
 * @param cpu the one that the program runs on, from 0
 * @param clock the time since boot in nanoseconds
 * @param seed decides the pseudo-random numbers
 */
public record Host(boolean xdp, int cpus, int cpu, LongSupplier clock, long seed) {}
