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
  Interest NONE = new Interest() {
    @Override
    public int tested() {
      return 0;
    }

    @Override
    public boolean testedCell(int index) {
      return false;
    }

    @Override
    public int relevant(boolean folded) {
      return 0;
    }

    @Override
    public boolean relevantCell(int index, int length, boolean folded) {
      return false;
    }
  };

  /** Of a callee its result, which its caller tests, and what it learnt of the registers that it left to its caller. */
  Interest RESULT = new Interest() {
    private static final int RESULT_AND_SAVED = 0b11_1100_0001;

    @Override
    public int tested() {
      return 1;
    }

    @Override
    public boolean testedCell(int index) {
      return false;
    }

    @Override
    public int relevant(boolean folded) {
      return RESULT_AND_SAVED;
    }

    @Override
    public boolean relevantCell(int index, int length, boolean folded) {
      return false;
    }
  };
}
