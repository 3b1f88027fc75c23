package dev.assay.btf;

/**
 * The kinds of BTF records, by their number from 1 (Linux, {@code include/uapi/linux/btf.h}; ENUM64
 * came last, with Linux 6.0).
 */
enum BtfKind {
  INT(4, 0),
  PTR(0, 0),
  ARRAY(12, 0),
  STRUCT(0, 12),
  UNION(0, 12),
  ENUM(0, 8),
  FWD(0, 0),
  TYPEDEF(0, 0),
  VOLATILE(0, 0),
  CONST(0, 0),
  RESTRICT(0, 0),
  FUNC(0, 0),
  FUNC_PROTO(0, 8),
  VAR(4, 0),
  DATASEC(0, 12),
  FLOAT(0, 0),
  DECL_TAG(4, 0),
  TYPE_TAG(0, 0),
  ENUM64(0, 12);

  private static final BtfKind[] ALL = values();

  private final int fixedBytes;
  private final int elementBytes;

  BtfKind(int fixedBytes, int elementBytes) {
    this.fixedBytes = fixedBytes;
    this.elementBytes = elementBytes;
  }

  /** Whether {@code number} is the number of a kind. */
  static boolean known(int number) {
    return number >= 1 && number <= ALL.length;
  }

  /** The kind with a number, which must be known. */
  static BtfKind of(int number) {
    return ALL[number - 1];
  }

  /** The bytes that follow a record's three words, where it has {@code length} elements. */
  int extraBytes(int length) {
    return fixedBytes + elementBytes * length;
  }
}
