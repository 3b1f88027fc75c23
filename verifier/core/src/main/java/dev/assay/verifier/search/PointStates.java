package dev.assay.verifier.search;

import dev.assay.numeric.Thresholds;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateJoin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The states at one cut point: one for each key, and which of them have still to be run. */
final class PointStates {
  private static final int JOINS_BEFORE_WIDENING = 2;
  private static final int ARRIVALS_BEFORE_WIDENING = 40;

  private final boolean head;
  private final Thresholds thresholds;
  private final Interest interest;
  private final Merging merging;
  private StateKey.Detail detail;
  private Map<StateKey, Entry> entries = new LinkedHashMap<>();
  private final Set<StateKey> pending = new LinkedHashSet<>();

  private static final class Entry {
    State state;
    int backArrivals;
    int arrivals;

    Entry(State state) {
      this.state = state;
    }
  }

  /**
   * No states yet.
   *
   * @param head whether the point is a loop head, where states are widened
   * @param detail how much keys say at first
   * @param interest what keys say more of than kinds
   * @param merging makes one state of two with the same key
   */
  PointStates(
      boolean head,
      Thresholds thresholds,
      StateKey.Detail detail,
      Interest interest,
      Merging merging) {
    this.head = head;
    this.detail = detail;
    this.interest = interest;
    this.thresholds = thresholds;
    this.merging = merging;
  }

  /** Adds a state that arrives; {@code back} tells that it arrives along a back edge. */
  void add(State state, boolean back) {
    StateKey key = StateKey.of(state, detail, interest);
    Entry entry = entries.get(key);
    if (entry == null) {
      entries.put(key, new Entry(StateJoin.canonical(state)));
      pending.add(key);
      if (entries.size() > detail.mostStates() && detail != StateKey.Detail.NOTHING) {
        coarsen();
      }
      return;
    }
    if (merging.covers(entry.state, state)) {
      return;
    }
    entry.arrivals++;
    if (back) {
      entry.backArrivals++;
    }
    // What enters an inner loop anew grows with the outer one, and is widened there.
    boolean widen = head
        && ((back && entry.backArrivals > JOINS_BEFORE_WIDENING)
            || entry.arrivals > ARRIVALS_BEFORE_WIDENING);
    State joined = merging.join(entry.state, state, head);
    entry.state = widen ? merging.widen(entry.state, joined, thresholds) : joined;
    pending.add(key);
  }

  /** Adds a state that arrives in a descending pass: without widening, and without relating what was not related. */
  void addNarrowing(State state) {
    StateKey key = StateKey.of(state, detail, interest);
    Entry entry = entries.get(key);
    if (entry == null) {
      entries.put(key, new Entry(StateJoin.canonical(state)));
    } else if (!merging.covers(entry.state, state)) {
      entry.state = merging.join(entry.state, state, head);
    }
  }

  /** Keys say less from now on, for good; states that now have the same key are joined. */
  private void coarsen() {
    detail = detail.coarser();
    Map<StateKey, Entry> old = entries;
    entries = new LinkedHashMap<>();
    pending.clear();
    for (Entry entry : old.values()) {
      StateKey key = StateKey.of(entry.state, detail, interest);
      Entry merged = entries.get(key);
      if (merged == null) {
        entries.put(key, entry);
      } else {
        merged.state = merging.join(merged.state, entry.state, false);
        merged.arrivals = Math.max(merged.arrivals, entry.arrivals);
        merged.backArrivals = Math.max(merged.backArrivals, entry.backArrivals);
      }
      pending.add(key);
    }
    if (entries.size() > detail.mostStates() && detail != StateKey.Detail.NOTHING) {
      coarsen();
    }
  }

  /** Whether a state has still to be run. */
  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** The next state that has still to be run, which then no longer has. */
  @Nullable
  State takePending() {
    if (pending.isEmpty()) {
      return null;
    }
    StateKey key = pending.iterator().next();
    pending.remove(key);
    return Objects.requireNonNull(entries.get(key), "a pending key has a state").state;
  }

  /** All states, in the order in which their keys came up. */
  List<State> states() {
    List<State> states = new ArrayList<>(entries.size());
    for (Entry entry : entries.values()) {
      states.add(entry.state);
    }
    return states;
  }

  /** The same point without states, with keys of the same detail. */
  PointStates emptied() {
    return new PointStates(head, thresholds, detail, interest, merging);
  }
}
