package dev.assay.graph;

/** The code has no control flow graph: control leaves the code or a function by another way than an exit. */
public final class MalformedGraphException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int slot;

  MalformedGraphException(int slot, String message) {
    super("slot " + slot + ": " + message);
    this.slot = slot;
  }

  /** The slot of the instruction at fault; the message names it too. */
  public int slot() {
    return slot;
  }
}
