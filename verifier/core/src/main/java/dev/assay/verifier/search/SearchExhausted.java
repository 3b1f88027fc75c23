package dev.assay.verifier.search;

/** The search reached a limit of what it may spend. */
public final class SearchExhausted extends Exception {
  private static final long serialVersionUID = 1;

  private final Limit limit;

  /** What there is a limit of. */
  public enum Limit {
    /** Abstract steps: the search ends at the same point on every machine. */
    STEPS("the search ended after %d abstract steps"),
    /** Time on the clock. */
    TIME("the search reached its time limit after %d abstract steps");

    private final String message;

    Limit(String message) {
      this.message = message;
    }
  }

  SearchExhausted(Limit limit, long steps) {
    super(limit.message.formatted(steps), null, false, false);
    this.limit = limit;
  }

  /** The limit that was reached. */
  public Limit limit() {
    return limit;
  }
}
