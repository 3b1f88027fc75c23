package dev.assay.interpreter.memory;

/** Where in the address space regions come to lie. Either way the seed decides, and no two overlap. */
public enum Placement {
  /** At rising addresses that look like a kernel's, pages apart, so that addresses are easy to tell from numbers. */
  SPREAD,
  /**
   * Anywhere: in random order, some right beside another, some at either end of the address space or across its middle,
   * where a careless comparison or addition goes wrong. Null and the page around it stay free, and packets stay
   * clear of the ends, as in any kernel.
   */
  HOSTILE
}
