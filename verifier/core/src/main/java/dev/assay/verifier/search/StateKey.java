package dev.assay.verifier.search;

import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps two states at a point apart: the kinds of what is live, and always what must agree exactly (references, the lock's kind, critical sections).
 * States with equal keys are joined.
 */
final class StateKey {
  /** How much of a state enters its key; each level leaves out what the one before still had. */
  enum Detail {
    /** Also all that is known of what the failed checks depend on. */
    PATHS(4096),
    /** The same, but at loop heads not of what the loop changes. */
    FOLDED_PATHS(512),
    /** Also constants that are tested later. */
    CONSTANTS,
    /** Kinds everywhere, and which stack bytes are initialised. */
    ALL,
    /** Kinds of registers, saved registers and stack cells. */
    KINDS,
    /** Kinds of registers and saved registers. */
    REGISTERS,
    /** Kinds of the registers of the innermost function. */
    INNERMOST,
    /** Only what must agree. */
    NOTHING;

    private static final int MOST_STATES = 64;

    private final int most;

    Detail() {
      this(MOST_STATES);
    }

    Detail(int most) {
      this.most = most;
    }

    /** More states than this at a point make its keys coarser. */
    int mostStates() {
      return most;
    }

    /** The next coarser level. */
    Detail coarser() {
      return values()[Math.min(ordinal() + 1, values().length - 1)];
    }

    boolean has(Detail detail) {
      return compareTo(detail) <= 0;
    }
  }

  private final List<Object> parts;
  private final int hash;

  private StateKey(List<Object> parts) {
    this.parts = parts;
    this.hash = parts.hashCode();
  }

  static StateKey of(State state, Detail detail, Interest interest) {
    List<Object> parts = new ArrayList<>(32);
    for (int reference : state.references()) {
      parts.add(reference);
    }
    parts.add(state.lock().kind());
    parts.add(state.sections());
    if (detail.has(Detail.INNERMOST)) {
      for (int r = 0; r < 10; r++) {
        add(parts, state.register(r));
      }
    }
    for (int f = 0; f < state.depth(); f++) {
      add(parts, state.frame(f), detail);
    }
    if (detail.has(Detail.CONSTANTS)) {
      addConstants(parts, state, interest);
    }
    if (detail.has(Detail.FOLDED_PATHS)) {
      new Fingerprint(state, parts).add(interest, detail.has(Detail.PATHS));
    }
    return new StateKey(parts);
  }

  private static void addConstants(List<Object> parts, State state, Interest interest) {
    for (int r = 0; r < 10; r++) {
      Value value = state.register(r);
      if ((interest.tested() >>> r & 1) != 0 && value.isNumber() && value.isLiteral()) {
        parts.add(-r);
        parts.add(value.shift());
      }
    }
    StackFrame stack = state.innermost().stack();
    for (int i = 0; i < stack.cells(); i++) {
      Value value = stack.value(i);
      if (value.isNumber() && value.isLiteral() && interest.testedCell(stack.start(i))) {
        parts.add(stack.start(i));
        parts.add(value.shift());
      }
    }
  }

  private static void add(List<Object> parts, Frame frame, Detail detail) {
    if (detail.has(Detail.REGISTERS)) {
      for (Value saved : frame.saved()) {
        add(parts, saved);
      }
    }
    StackFrame stack = frame.stack();
    if (detail.has(Detail.KINDS)) {
      for (int i = 0; i < stack.cells(); i++) {
        if (!stack.value(i).isNumber()) {
          parts.add(stack.start(i));
          add(parts, stack.value(i));
        }
      }
    }
    if (detail.has(Detail.ALL)) {
      for (int w = 0; w < stack.initialisedWords(); w++) {
        parts.add(stack.initialisedWord(w));
      }
    }
  }

  /** The kind, and a stack pointer's offset: which of two variables a pointer points to is as much as a kind. */
  private static void add(List<Object> parts, Value value) {
    parts.add(value.kind());
    if (value.kind() instanceof Kind.FramePointer && value.isLiteral()) {
      parts.add(value.shift());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateKey that && hash == that.hash && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
