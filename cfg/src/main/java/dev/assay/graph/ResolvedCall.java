package dev.assay.graph;

/**
 * What one call does to registers and to the frame of the function that makes it.
 *
 * @param registersRead bit n for register n
 * @param reads the bytes that it may read before it writes them
 * @param maybeWrites the bytes that it may write
 * @param alwaysWrites the bytes that it certainly writes
 * @param returnsFrame whether r0 may be a pointer into the frame
 */
record ResolvedCall(
    int registersRead,
    long[] reads,
    long[] maybeWrites,
    long[] alwaysWrites,
    boolean returnsFrame) {}
