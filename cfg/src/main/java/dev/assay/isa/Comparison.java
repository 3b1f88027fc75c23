package dev.assay.isa;

/** The condition of a conditional jump (RFC 9669, section 4.3); an {@code S} marks a signed reading. */
public enum Comparison {
  EQ("=="),
  NE("!="),
  SET("&"),
  NOT_SET("!&"),
  GT(">"),
  GE(">="),
  LT("<"),
  LE("<="),
  SGT("s>"),
  SGE("s>="),
  SLT("s<"),
  SLE("s<=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /**
   * What stands between the operands in assembly, such as {@code s>=}; {@code !&} for {@code NOT_SET},
   * which is not assembly.
   */
  public String symbol() {
    return symbol;
  }

  /** The comparison that holds exactly where this one does not. {@code NOT_SET} has no opcode of its own. */
  public Comparison negated() {
    return switch (this) {
      case EQ -> NE;
      case NE -> EQ;
      case SET -> NOT_SET;
      case NOT_SET -> SET;
      case GT -> LE;
      case LE -> GT;
      case GE -> LT;
      case LT -> GE;
      case SGT -> SLE;
      case SLE -> SGT;
      case SGE -> SLT;
      case SLT -> SGE;
    };
  }

  /** The comparison that holds for (b, a) exactly where this one holds for (a, b). */
  public Comparison mirrored() {
    return switch (this) {
      case EQ, NE, SET, NOT_SET -> this;
      case GT -> LT;
      case LT -> GT;
      case GE -> LE;
      case LE -> GE;
      case SGT -> SLT;
      case SLT -> SGT;
      case SGE -> SLE;
      case SLE -> SGE;
    };
  }
}
