package dev.assay.verifier.search;

/** The locations of the innermost function of which more than their kinds is worth keeping apart at a point. */
interface Interest {
  /** The registers whose constants are soon tested, bit n for register n. */
  int tested();

  /** Whether the constant of the cell whose lowest byte is at {@code index} is soon tested. */
  boolean testedCell(int index);

  /**
   * The registers that a failed check depends on.
   *
   * @param folded whether, at a loop head, those that the loop changes are left out
   */
  int relevant(boolean folded);

  /** Whether a failed check depends on the cell whose lowest byte is at {@code index}. */
  boolean relevantCell(int index, int length, boolean folded);

  /** No location. */
  Interest NONE = new OfRegisters(0, 0);

  /** Of a callee its result, which its caller tests, and what it learnt of the registers that it left to its caller. */
  Interest RESULT = new OfRegisters(1, 0b11_1100_0001);

  /** The same registers everywhere, and no cells. */
  record OfRegisters(int tested, int relevant) implements Interest {
    @Override
    public boolean testedCell(int index) {
      return false;
    }

    @Override
    public int relevant(boolean folded) {
      return relevant;
    }

    @Override
    public boolean relevantCell(int index, int length, boolean folded) {
      return false;
    }
  }
}
