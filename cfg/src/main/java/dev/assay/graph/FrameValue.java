package dev.assay.graph;

/**
 * What a register or a spill slot holds, for the pass that follows pointers into the frame, as a long.
 *
 * <pre>
 *   63              23 22             3 2   0
 *  ┌──────────────────┬────────────────┬─────┐
 *  │  highest offset  │ lowest offset  │ tag │   FRAME, PERHAPS_FRAME: offsets from r10 in bytes, both inclusive
 *  ├──────────────────┴────────────────┼─────┤
 *  │              payload              │ tag │   NUMBER: its value; IMMEDIATE, CODE: a set in {@link ImmediateSets}
 *  └───────────────────────────────────┴─────┘
 * </pre>
 *
 * {@code ELSEWHERE}, {@code NUMBER} and {@code IMMEDIATE} are plain: neither pointers into the frame nor code addresses.
 * {@code PERHAPS_FRAME} is a pointer into the frame or plain, {@code UNKNOWN} may be anything.
 */
final class FrameValue {
  static final long ELSEWHERE = 0;
  static final long UNKNOWN = 6;

  private static final int NUMBER_TAG = 1;
  private static final int IMMEDIATE_TAG = 2;
  private static final int CODE_TAG = 3;
  private static final int FRAME_TAG = 4;
  private static final int PERHAPS_FRAME_TAG = 5;

  private static final int TAG_BITS = 3;
  private static final int OFFSET_BITS = 20;

  /** Larger numbers are not followed. */
  private static final long NUMBER_LIMIT = 1L << 60;

  /** Offsets stay in between; a pointer that may be at either limit may be anywhere. */
  private static final int OFFSET_LIMIT = 1 << (OFFSET_BITS - 1);

  private static final int LOWEST = -OFFSET_LIMIT;
  private static final int HIGHEST = OFFSET_LIMIT - 1;

  /** Plain, or a pointer anywhere into the frame. */
  private static final long UNKNOWN_OFFSET = frame(PERHAPS_FRAME_TAG, LOWEST, HIGHEST);

  private FrameValue() {}

  static long number(long value) {
    return value > -NUMBER_LIMIT && value < NUMBER_LIMIT
        ? value << TAG_BITS | NUMBER_TAG
        : ELSEWHERE;
  }

  static long immediate(int set) {
    return (long) set << TAG_BITS | IMMEDIATE_TAG;
  }

  /** The pointer to {@code offset} bytes from r10. */
  static long frame(int offset) {
    return frame(FRAME_TAG, offset, offset);
  }

  private static long frame(int tag, long lowest, long highest) {
    boolean anywhere = lowest <= LOWEST || highest >= HIGHEST;
    long from = anywhere ? LOWEST : lowest;
    long to = anywhere ? HIGHEST : highest;
    return to << (TAG_BITS + OFFSET_BITS) | (from & (1 << OFFSET_BITS) - 1) << TAG_BITS | tag;
  }

  private static int tag(long value) {
    return (int) value & (1 << TAG_BITS) - 1;
  }

  static boolean isPlain(long value) {
    return tag(value) <= IMMEDIATE_TAG;
  }

  static boolean isNumber(long value) {
    return tag(value) == NUMBER_TAG;
  }

  /** The code address that is the only member of {@code set}. */
  static long code(int set) {
    return (long) set << TAG_BITS | CODE_TAG;
  }

  static boolean isCode(long value) {
    return tag(value) == CODE_TAG;
  }

  static boolean isImmediate(long value) {
    return tag(value) == IMMEDIATE_TAG;
  }

  /** The value of a number, or the set of an immediate or code address. */
  static long payload(long value) {
    return value >> TAG_BITS;
  }

  static boolean mayBeFrame(long value) {
    return tag(value) >= FRAME_TAG;
  }

  static boolean mayBeCode(long value) {
    return isCode(value) || value == UNKNOWN;
  }

  /** Whether it is certainly a pointer into the frame. */
  static boolean isFrame(long value) {
    return tag(value) == FRAME_TAG;
  }

  /** Whether it is a pointer into the frame, certainly and at one offset. */
  static boolean isExactFrame(long value) {
    return isFrame(value) && lowest(value) == highest(value);
  }

  /** The lowest offset of what may be a pointer into the frame. */
  static int lowest(long value) {
    return value == UNKNOWN
        ? LOWEST
        : (int) (value << (64 - TAG_BITS - OFFSET_BITS) >> (64 - OFFSET_BITS));
  }

  /** The highest offset of what may be a pointer into the frame. */
  static int highest(long value) {
    return value == UNKNOWN ? HIGHEST : (int) (value >> (TAG_BITS + OFFSET_BITS));
  }

  /** The least upper bound of two values that are not both immediates. */
  static long join(long left, long right) {
    if (left == right) {
      return left;
    }
    if (isPlain(left) && isPlain(right)) {
      return ELSEWHERE;
    }
    if (mayBeCode(left) || mayBeCode(right)) {
      return UNKNOWN;
    }
    if (isPlain(left)) {
      return frame(PERHAPS_FRAME_TAG, lowest(right), highest(right));
    }
    if (isPlain(right)) {
      return frame(PERHAPS_FRAME_TAG, lowest(left), highest(left));
    }
    return frame(
        Math.max(tag(left), tag(right)),
        Math.min(lowest(left), lowest(right)),
        Math.max(highest(left), highest(right)));
  }

  /** The value, but with any offset if it may be a pointer into the frame. */
  static long anywhere(long value) {
    return mayBeFrame(value) && value != UNKNOWN ? frame(tag(value), LOWEST, HIGHEST) : value;
  }

  static long add(long left, long right) {
    if (isNumber(left)) {
      return isNumber(right) ? number(payload(left) + payload(right)) : move(right, payload(left));
    }
    if (isNumber(right)) {
      return move(left, payload(right));
    }
    return mayBeFrame(left) || mayBeFrame(right) ? UNKNOWN_OFFSET : ELSEWHERE;
  }

  static long subtract(long left, long right) {
    if (isNumber(right)) {
      return isNumber(left) ? number(payload(left) - payload(right)) : move(left, -payload(right));
    }
    boolean difference = isFrame(left) && isFrame(right);
    return mayBeFrame(left) && !difference ? UNKNOWN_OFFSET : ELSEWHERE;
  }

  private static long move(long value, long distance) {
    if (!mayBeFrame(value)) {
      return ELSEWHERE;
    }
    if (value == UNKNOWN) {
      return UNKNOWN_OFFSET;
    }
    long near = Math.clamp(distance, -OFFSET_LIMIT, OFFSET_LIMIT);
    boolean anywhere = lowest(value) == LOWEST;
    return anywhere ? value : frame(tag(value), lowest(value) + near, highest(value) + near);
  }
}
