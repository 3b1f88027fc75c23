package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void halfOfTheSampleIsOnEitherSide() {
    assertEquals(3, Median.of(DoubleStream.of(100, 3, 1)));
    assertEquals(2.5, Median.of(DoubleStream.of(3, 100, 2, 1)));
    assertEquals(7, Median.of(DoubleStream.of(7)));
  }

  @Test
  void anEmptySampleHasNone() {
    assertThrows(IllegalArgumentException.class, () -> Median.of(DoubleStream.empty()));
  }
}
