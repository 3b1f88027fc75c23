package dev.assay.numeric;

/**
 * Two operands after a condition between them was assumed.
 *
 * @param left what remains of the left operand; bottom exactly if {@code right} is
 * @param right what remains of the right operand
 */
public record Refined(Scalar left, Scalar right) {
  /** Whether the condition was found to be impossible. */
  public boolean isBottom() {
    return left.isBottom();
  }
}
