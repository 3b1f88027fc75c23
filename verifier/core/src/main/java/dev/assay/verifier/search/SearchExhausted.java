package dev.assay.verifier.search;

/** The search made more abstract steps than it may. */
public final class SearchExhausted extends Exception {
  private static final long serialVersionUID = 1;

  SearchExhausted(long steps) {
    super("the search ended after " + steps + " abstract steps", null, false, false);
  }
}
