package dev.assay.numeric;

/** Receives the stored bounds of a {@link Relations}, one call each. */
@FunctionalInterface
public interface DifferenceVisitor {
  /** It is known that x − y ≤ bound. */
  void visit(int x, int y, long bound);
}
