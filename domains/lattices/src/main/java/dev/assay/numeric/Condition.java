package dev.assay.numeric;

/** A comparison of two words: equality, common bits ({@code SET}: their AND is not zero), or an order (S: signed). */
public enum Condition {
  EQ,
  NE,
  SET,
  NOT_SET,
  GT,
  GE,
  LT,
  LE,
  SGT,
  SGE,
  SLT,
  SLE;

  /** The condition that holds exactly where this one does not. */
  public Condition negated() {
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

  /** The condition that holds for (b, a) exactly where this one holds for (a, b). */
  public Condition mirrored() {
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
