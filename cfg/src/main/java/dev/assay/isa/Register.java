package dev.assay.isa;

/** One of the eleven registers of RFC 9669, section 2.2; {@code R10} is the read-only frame pointer. */
public enum Register {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10;

  private static final Register[] ALL = values();

  /** How many registers there are. */
  public static final int COUNT = 11;

  /**
   * The register with a number.
   *
   * @param number 0 to 10
   * @throws IndexOutOfBoundsException for any other number
   */
  public static Register of(int number) {
    return ALL[number];
  }

  /** The register's number, 0 to 10. */
  public int number() {
    return ordinal();
  }

  /** The register's name in assembly, {@code r0} to {@code r10}. */
  @Override
  public String toString() {
    return "r" + ordinal();
  }
}
