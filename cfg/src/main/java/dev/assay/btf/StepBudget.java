package dev.assay.btf;

/**
 * How much work the CO-RE relocations of one object may make, so that entangled types cannot keep
 * the reader busy. Looking at a type costs a step, and one for each of its members.
 */
final class StepBudget {
  private static final long STEPS = 20_000_000;

  private long left = STEPS;

  /** Looks at a type. */
  BtfType look(BtfTypes types, int id) throws MalformedBtfException {
    spend(1 + types.elements(id));
    return types.type(id);
  }

  void spend(int steps) throws MalformedBtfException {
    left -= steps;
    if (left < 0) {
      throw new MalformedBtfException(
          "the object's CO-RE relocations need more than " + STEPS + " steps to compare types");
    }
  }
}
