package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  @Property
  void lookUpsFindTheNearest(
      @ForAll @Size(max = 6) long[] values, @ForAll long v, @ForAll long otherwise) {
    Thresholds thresholds = Thresholds.of(values);
    assertEquals(
        Arrays.stream(values).filter(t -> t >= v).min().orElse(otherwise),
        thresholds.ceiling(v, otherwise));
    assertEquals(
        Arrays.stream(values).filter(t -> t <= v).max().orElse(otherwise),
        thresholds.floor(v, otherwise));
    assertEquals(
        unsigned(
            Arrays.stream(values)
                .map(ThresholdsTest::flip)
                .filter(t -> t >= flip(v))
                .min(),
            otherwise),
        thresholds.unsignedCeiling(v, otherwise));
    assertEquals(
        unsigned(
            Arrays.stream(values)
                .map(ThresholdsTest::flip)
                .filter(t -> t <= flip(v))
                .max(),
            otherwise),
        thresholds.unsignedFloor(v, otherwise));
  }

  /** Turns the unsigned order into the signed one. */
  private static long flip(long v) {
    return v ^ Long.MIN_VALUE;
  }

  private static long unsigned(OptionalLong flipped, long otherwise) {
    return flipped.isPresent() ? flip(flipped.getAsLong()) : otherwise;
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    assertEquals(Thresholds.of(1, 2, 3), Thresholds.of(3, 1, 2, 3, 1));
    assertEquals(3, Thresholds.of(3, 1, 2, 3, 1).size());
  }
}
