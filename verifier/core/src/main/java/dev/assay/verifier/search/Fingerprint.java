package dev.assay.verifier.search;

import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the locations that a failed check depends on, as parts of a key: their numbers, which of them are equal up to a constant, and how far packet
 * pointers are from the packet's end. States that agree on it can be joined without losing what tells their paths apart.
 */
final class Fingerprint {
  private final State state;
  private final List<Object> parts;
  private final Map<Integer, Integer> symbols = new HashMap<>();

  Fingerprint(State state, List<Object> parts) {
    this.state = state;
    this.parts = parts;
  }

  /** Adds the parts; {@code unfolded} tells that what a loop changes counts at its head, too. */
  void add(Interest interest, boolean unfolded) {
    int registers = interest.relevant(!unfolded);
    for (int r = 0; r < 10; r++) {
      if ((registers >>> r & 1) != 0) {
        add(state.register(r));
      }
    }
    StackFrame stack = state.innermost().stack();
    for (int i = 0; i < stack.cells(); i++) {
      if (interest.relevantCell(stack.start(i), stack.length(i), !unfolded)) {
        parts.add(stack.start(i));
        add(stack.value(i));
      }
    }
  }

  private void add(Value value) {
    if (value.isUninitialised()) {
      return;
    }
    parts.add(value.form());
    parts.add(value.shift());
    if (!value.isLiteral()) {
      parts.add(symbols.computeIfAbsent(value.symbol(), symbol -> symbols.size()));
      parts.add(state.scalar(value));
    }
    if (value.kind() == Kind.Basic.PACKET) {
      parts.add(state.numbers().maxDifference(value, state.packetSize()));
    }
  }
}
