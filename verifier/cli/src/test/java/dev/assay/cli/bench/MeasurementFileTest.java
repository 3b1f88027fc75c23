package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementFileTest {
  private static String text(List<Measurement> measurements) throws IOException {
    StringWriter out = new StringWriter();
    MeasurementFile file = new MeasurementFile(out);
    for (Measurement measurement : measurements) {
      file.add(measurement);
    }
    return out.toString();
  }

  private static List<Measurement> read(String text)
      throws IOException, MalformedMeasurementsException {
    return MeasurementFile.read(new StringReader(text));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    List<Measurement> measurements = new ArrayList<>(Samples.ALL);
    measurements.add(Samples.outside(Samples.ALL.getFirst(), 77));
    assertEquals(measurements, read(text(measurements)));
  }

  @Test
  void namesWithCommasAndQuotesAreQuoted() throws IOException {
    String text = text(Samples.ALL.subList(1, 2));
    assertTrue(text.contains("\nzone,\"b, \"\"odd\"\".o\",tc,large|,,500,accepted,3,"), text);
  }

  @Test
  void eachMeasurementIsThereAtOnce() throws IOException {
    StringWriter out = new StringWriter();
    MeasurementFile file = new MeasurementFile(out);
    file.add(Samples.ALL.getFirst());
    assertEquals(2, out.toString().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "domain,object\nzone,a.o\n", "some text"})
  void otherFilesAreRefused(String text) {
    MalformedMeasurementsException refused =
        assertThrows(MalformedMeasurementsException.class, () -> read(text));
    assertTrue(refused.getMessage().contains("first line"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "1000", "xdp,small,,10"})
  void aBadLineIsNamed(String spoilt) throws IOException {
    String text = text(Samples.ALL.subList(0, 1)).replace(spoilt, "x");
    MalformedMeasurementsException refused =
        assertThrows(MalformedMeasurementsException.class, () -> read(text));
    assertTrue(refused.getMessage().contains("line 2"), refused.getMessage());
  }
}
