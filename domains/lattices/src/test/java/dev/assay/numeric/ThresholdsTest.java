package dev.assay.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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

  @Test
  void equalThresholdsAreTheNearestThemselves() {
    Thresholds thresholds = Thresholds.of(-9, 0, 7);
    for (long t : new long[] {-9, 0, 7}) {
      assertEquals(t, thresholds.floor(t, 99));
      assertEquals(t, thresholds.ceiling(t, 99));
      assertEquals(t, thresholds.unsignedFloor(t, 99));
      assertEquals(t, thresholds.unsignedCeiling(t, 99));
    }
  }

  /** Unsigned, nothing is above −1, and 0 is above nothing. */
  @Test
  void zeroIsTheLeastUnsignedThreshold() {
    Thresholds zero = Thresholds.of(0);
    assertEquals(99, zero.unsignedCeiling(-5, 99));
    assertEquals(99, zero.unsignedCeiling(5, 99));
    assertEquals(0, zero.unsignedFloor(-5, 99));
    assertEquals(99, Thresholds.of(-1).unsignedFloor(5, 99));
  }

  @Test
  void shiftedThresholdsAreThoseOfAnOperandOfTheSum() {
    Thresholds thresholds = Thresholds.of(0, 10, Long.MAX_VALUE, Long.MIN_VALUE);
    assertEquals(
        Thresholds.of(-3, 7, Long.MAX_VALUE - 3, 2, 12, Long.MIN_VALUE + 2),
        thresholds.shifted(3, -2));
    assertEquals(thresholds, thresholds.shifted(0));
    assertEquals(
        Thresholds.of(Long.MIN_VALUE + 1, Long.MIN_VALUE + 11, 0),
        thresholds.shifted(Long.MAX_VALUE));
    assertNotEquals(thresholds, Thresholds.none());
    assertEquals(0, Thresholds.of().size());
    assertEquals("[0, 10]", Thresholds.of(10, 0).toString());
    assertEquals(Thresholds.of(1, 2).hashCode(), Thresholds.of(2, 1).hashCode());
  }
}
