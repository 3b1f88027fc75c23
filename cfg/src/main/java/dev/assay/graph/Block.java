package dev.assay.graph;

/**
 * A basic block: instructions that run one after the other, entered at the first and left after the last. Calls are
 * within blocks.
 *
 * @param index the block's number in its function, in reverse post-order from 0, the entry
 * @param firstSlot the slot of its first instruction
 * @param lastSlot the slot of its last instruction, the terminator
 */
public record Block(int index, int firstSlot, int lastSlot) {}
