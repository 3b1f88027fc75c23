package dev.assay.platform;

/**
 * Bounds that hold for every program of a platform.
 *
 * @param stackBytes stack of all frames along one call chain
 * @param stackBytesAboveTailCall stack of all the frames above when a subprogram makes a tail call
 * @param callDepth frames along one call chain, the entry function's included
 * @param tailCalls tail calls in one run
 * @param packetBytes the largest offset from {@code data} that a comparison with {@code data_end} can prove
 * @param mapValueBytes the largest map value
 * @param pointerOffset the largest magnitude of an offset in pointer arithmetic, in bytes
 * @param loopRounds the most rounds of {@code bpf_loop}
 */
public record Limits(
    int stackBytes,
    int stackBytesAboveTailCall,
    int callDepth,
    int tailCalls,
    int packetBytes,
    int mapValueBytes,
    int pointerOffset,
    int loopRounds) {}
