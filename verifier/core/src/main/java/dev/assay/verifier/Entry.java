package dev.assay.verifier;

/** What a program finds in its argument registers. */
public sealed interface Entry {

  /** What programs of its kind find: in {@code r1} the address of their context. */
  record Context() implements Entry {}

  /**
   * Plain memory that may be read and written, with any contents: its address in {@code r1}, or 0 if there are no bytes, and
   * its size in {@code r2}.
   *
   * @param bytes not negative
   */
  record Memory(int bytes) implements Entry {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Memory {
      if (bytes < 0) {
        throw new IllegalArgumentException("memory has at least 0 bytes, not " + bytes);
      }
    }
  }
}
