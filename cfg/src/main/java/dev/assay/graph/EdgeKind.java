package dev.assay.graph;

/** Why control goes along an edge. The condition itself is in the terminator of the block that the edge leaves. */
public enum EdgeKind {
  /** The block ends only because the next instruction is a jump target. */
  FALL_THROUGH,
  /** An unconditional jump. */
  JUMP,
  /** A conditional jump whose condition holds, or a {@code may_goto} whose budget is spent. */
  TAKEN,
  /** A conditional jump whose condition does not hold, or a {@code may_goto} with budget left. */
  NOT_TAKEN
}
