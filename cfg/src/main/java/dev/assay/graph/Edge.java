package dev.assay.graph;

/**
 * An edge between two blocks of a function.
 *
 * @param from the block that it leaves
 * @param to the block that it enters
 */
public record Edge(int from, int to, EdgeKind kind) {}
