package dev.assay.referee;

import dev.assay.graph.IntSequence;
import dev.assay.graph.WeakTopologicalOrder;
import dev.assay.interpreter.Observer;
import dev.assay.isa.Register;
import java.util.HashMap;
import java.util.Map;

/** One activation of a function in a run: its frame, the registers that it left to its callee, and how often its loops went round. */
final class Activation {
  private final long frameTop;
  private final WeakTopologicalOrder order;
  private final long[] saved = new long[4];
  private final Map<Integer, Long> rounds = new HashMap<>();
  private int block = -1;

  Activation(long frameTop, WeakTopologicalOrder order) {
    this.frameTop = frameTop;
    this.order = order;
  }

  /** The address after the frame's last byte. */
  long frameTop() {
    return frameTop;
  }

  /** r6 to r9 as they were when the callee was entered. */
  long saved(int index) {
    return saved[index];
  }

  void leaveRegisters(Observer.Registers registers) {
    for (int i = 0; i < saved.length; i++) {
      saved[i] = registers.get(Register.of(6 + i));
    }
  }

  /** How often the loop with this head went round since it was entered; it is active. */
  long rounds(int head) {
    return rounds.getOrDefault(head, 0L);
  }

  /** The run arrives at the start of a block of this activation. */
  void arrive(int to) {
    IntSequence heads = order.enclosingHeads(to);
    for (int i = 0; i < heads.size(); i++) {
      int head = heads.at(i);
      if (block < 0 || !within(block, head)) {
        rounds.put(head, 0L);
      } else if (head == to) {
        rounds.merge(head, 1L, Long::sum);
      }
    }
    block = to;
  }

  private boolean within(int inner, int head) {
    IntSequence heads = order.enclosingHeads(inner);
    for (int i = 0; i < heads.size(); i++) {
      if (heads.at(i) == head) {
        return true;
      }
    }
    return false;
  }
}
