package dev.assay.verifier.state;

import java.util.ArrayList;
import java.util.List;

/** A few {@link Fact}s, the latest last. Immutable. */
public final class Facts {
  /** More are not kept: the oldest goes first, which only loses precision. */
  private static final int MOST = 24;

  /** None. */
  static final Facts NONE = new Facts(List.of());

  private final List<Fact> facts;

  private Facts(List<Fact> facts) {
    this.facts = facts;
  }

  /** These and one more. */
  Facts with(Fact fact) {
    if (facts.contains(fact)) {
      return this;
    }
    List<Fact> more = new ArrayList<>(facts.size() + 1);
    more.addAll(facts.size() < MOST ? facts : facts.subList(1, facts.size()));
    more.add(fact);
    return new Facts(List.copyOf(more));
  }

  /** All of them. */
  public List<Fact> all() {
    return facts;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return facts.isEmpty();
  }

  boolean contains(Fact fact) {
    return facts.contains(fact);
  }

  @Override
  public String toString() {
    return facts.toString();
  }
}
