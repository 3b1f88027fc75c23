package dev.assay.graph;

import dev.assay.isa.WideImmediate;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@link Origin} as a long, for the forward pass.
 *
 * <pre>
 *   63              3 2   0
 *  ┌─────────────────┬─────┐   payload  ELSEWHERE: 0; NUMBER: the value; IMMEDIATE and CODE: an index into a list of
 *  │     payload     │ tag │            immediates; FRAME: the offset from r10; MAYBE: 0
 *  └─────────────────┴─────┘
 * </pre>
 *
 * Plain values (the first three) are neither pointers into the frame nor code addresses; {@code MAYBE} may be anything.
 */
final class FrameValue {
  static final long ELSEWHERE = 0;
  static final long MAYBE = 5;

  private static final int NUMBER_TAG = 1;
  private static final int IMMEDIATE_TAG = 2;
  private static final int CODE_TAG = 3;
  private static final int FRAME_TAG = 4;

  /** Larger numbers and offsets are not followed. */
  private static final long LIMIT = 1L << 60;

  private static final int OFFSET_LIMIT = 1 << 29;

  private FrameValue() {}

  static long number(long value) {
    return value > -LIMIT && value < LIMIT ? value << 3 | NUMBER_TAG : ELSEWHERE;
  }

  static long immediate(int index) {
    return (long) index << 3 | IMMEDIATE_TAG;
  }

  static long code(int index) {
    return (long) index << 3 | CODE_TAG;
  }

  static long frame(long offset) {
    return offset > -OFFSET_LIMIT && offset < OFFSET_LIMIT ? offset << 3 | FRAME_TAG : MAYBE;
  }

  private static int tag(long value) {
    return (int) value & 7;
  }

  static boolean isPlain(long value) {
    return tag(value) <= IMMEDIATE_TAG;
  }

  static boolean isNumber(long value) {
    return tag(value) == NUMBER_TAG;
  }

  /** Whether it is a pointer into the frame at a known offset. */
  static boolean isFrame(long value) {
    return tag(value) == FRAME_TAG;
  }

  static boolean mayBeFrame(long value) {
    return tag(value) >= FRAME_TAG;
  }

  static boolean mayBeCode(long value) {
    return tag(value) == CODE_TAG || value == MAYBE;
  }

  /** The number, or the offset. */
  static long payload(long value) {
    return value >> 3;
  }

  static long join(long left, long right) {
    if (left == right) {
      return left;
    }
    return isPlain(left) && isPlain(right) ? ELSEWHERE : MAYBE;
  }

  static long add(long left, long right) {
    if (isNumber(left) && isNumber(right)) {
      return number(payload(left) + payload(right));
    }
    if (isFrame(left) && isNumber(right) || isNumber(left) && isFrame(right)) {
      return frame(payload(left) + payload(right));
    }
    return mayBeFrame(left) || mayBeFrame(right) ? MAYBE : ELSEWHERE;
  }

  static long subtract(long left, long right) {
    if (isNumber(left) && isNumber(right)) {
      return number(payload(left) - payload(right));
    }
    if (isFrame(left) && isNumber(right)) {
      return frame(payload(left) - payload(right));
    }
    boolean difference = isFrame(left) && isFrame(right);
    return mayBeFrame(left) && !difference ? MAYBE : ELSEWHERE;
  }

  static Origin origin(long value, List<WideImmediate> immediates) {
    return switch (tag(value)) {
      case NUMBER_TAG -> new Origin.Number(payload(value));
      case IMMEDIATE_TAG, CODE_TAG -> new Origin.Immediate(immediates.get((int) payload(value)));
      case FRAME_TAG -> new Origin.Frame(OptionalInt.of((int) payload(value)));
      case (int) MAYBE -> new Origin.Frame(OptionalInt.empty());
      default -> new Origin.Elsewhere();
    };
  }
}
