package dev.assay.verifier.check;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** Whether accesses lie within their regions, whatever the offset is of those possible. */
public final class Bounds {
  private Bounds() {}

  /**
   * Whether {@code [offset, offset + size)} lies within {@code [from, to)}.
   *
   * <p>The address is base + offset modulo 2⁶⁴, with the offset read as a signed integer; so the access lies in the region exactly if the
   * integer does. The sums are exact: offsets that pass the first test are at least {@code from}, and {@code to − size} cannot overflow for
   * region sizes below 2⁶².
   *
   * @param size bytes, not negative; 0 lies within if the offset lies in {@code [from, to]}
   */
  public static boolean within(State state, Value pointer, long size, long from, long to) {
    Scalar offset = state.scalar(pointer);
    return offset.signedMin() >= from && offset.signedMax() <= to - size;
  }

  /**
   * As {@link #within(State, Value, long, long, long)}, for {@code size} bytes that are known only as a number, read as signed and not negative: also where the
   * program compared offset + size with a limit, which bounds neither by itself.
   */
  public static boolean within(State state, Value pointer, Value size, long from, long to) {
    return within(state, pointer, state.scalar(size).signedMax(), from, to)
        || (state.scalar(pointer).signedMin() >= from
            && state.numbers().maxSum(pointer.asNumber(), size) <= to);
  }

  /**
   * Whether {@code [offset, offset + size)} lies within the packet, {@code [meta, packet size)}: by intervals, or by the difference of the
   * offset and the packet's size.
   */
  public static boolean withinPacket(State state, Value pointer, long size) {
    return startsInPacket(state, pointer) && endsInPacket(state, pointer, size);
  }

  /** Whether the offset is not before the packet's metadata. */
  public static boolean startsInPacket(State state, Value pointer) {
    return state.numbers().maxDifference(state.packetMeta(), pointer) <= 0;
  }

  /** Whether offset + size is not behind the packet's end. */
  public static boolean endsInPacket(State state, Value pointer, long size) {
    return state.numbers().maxDifference(pointer, state.packetSize()) <= -size;
  }

  /** As {@link #withinPacket}, for {@code size} bytes that are known only as a number, read as signed and not negative. */
  public static boolean withinPacket(State state, Value pointer, Value size, long maxSize) {
    if (!startsInPacket(state, pointer)) {
      return false;
    }
    if (endsInPacket(state, pointer, maxSize)) {
      return true;
    }
    return state.numbers().maxSumLess(pointer.asNumber(), size, state.packetSize()) <= 0;
  }
}
