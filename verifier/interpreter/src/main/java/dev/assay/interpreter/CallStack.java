package dev.assay.interpreter;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The active frames. A level's memory stays at its addresses and is out of reach while the level is not in use. */
final class CallStack {
  private final AddressSpace memory;
  private final int frameSize;
  private final int maxDepth;
  private final boolean garbage;
  private final SplittableRandom random;
  private final List<Frame> frames = new ArrayList<>();
  private int active;

  CallStack(AddressSpace memory, Settings settings) {
    this.memory = memory;
    this.frameSize = settings.stackSize();
    this.maxDepth = settings.callDepth();
    this.garbage = settings.garbage();
    this.random = new SplittableRandom(settings.seed());
  }

  /** How many frames are active below the top one. */
  int depth() {
    return active - 1;
  }

  /** Whether there may be another frame. */
  boolean hasRoom() {
    return active < maxDepth;
  }

  /** The frame of the function that runs. */
  Frame top() {
    return frames.get(active - 1);
  }

  /** What registers hold before they are written: 0, or garbage. */
  long unwritten() {
    return garbage ? random.nextLong() : 0;
  }

  /** Adds a frame, for which there is room; returns the address after its last byte, which is what r10 holds. */
  long push() {
    if (active == frames.size()) {
      frames.add(new Frame(
          memory.allocate(Role.STACK_FRAME, "stack frame " + active, new byte[frameSize], true)));
    }
    active++;
    Frame frame = top();
    frame.stack().permit(true, true);
    if (garbage) {
      random.nextBytes(frame.stack().bytes());
    } else {
      Arrays.fill(frame.stack().bytes(), (byte) 0);
    }
    return frame.stack().base() + frameSize;
  }

  /** Removes the top frame and returns it. */
  Frame pop() {
    Frame frame = top();
    frame.stack().permit(false, false);
    active--;
    return frame;
  }
}
