package dev.assay.apron;

import com.sun.jna.Pointer;
import java.util.OptionalLong;

/**
 * The integers that an expression can be: from {@code least} to {@code greatest}, both inclusive; empty where there is no bound, or none
 * that a signed 64-bit word holds. Of the impossible the least is greater than the greatest.
 */
public record Bounds(OptionalLong least, OptionalLong greatest) {
  private static final Bounds IMPOSSIBLE = new Bounds(OptionalLong.of(1), OptionalLong.of(0));

  /** Reads an {@code ap_interval_t}. */
  static Bounds read(Pointer interval) {
    NativeNumber least = NativeNumber.read(interval.getPointer(0));
    NativeNumber greatest = NativeNumber.read(interval.getPointer(8));
    return least.exceeds(greatest) || least.isAboveAll() || greatest.isBelowAll()
        ? IMPOSSIBLE
        : new Bounds(least.ceiling(), greatest.floor());
  }

  /** Whether nothing is within. */
  public boolean isImpossible() {
    return least.isPresent() && greatest.isPresent() && least.getAsLong() > greatest.getAsLong();
  }

  @Override
  public String toString() {
    return "[%s, %s]"
        .formatted(
            least.isPresent() ? least.getAsLong() : "-∞",
            greatest.isPresent() ? greatest.getAsLong() : "∞");
  }
}
