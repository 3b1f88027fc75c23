package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Measurements as comma-separated values (RFC 4180), with a line of headings. */
public final class MeasurementFile {
  private static final String[] HEADINGS = {
    "domain",
    "object",
    "section",
    "function",
    "iterations",
    "instructions",
    "verdict",
    "runs",
    "wall_ms",
    "cpu_ms",
    "allocated_bytes",
    "heap_bytes",
    "outside_heap_bytes"
  };

  private static final CSVFormat FORMAT = CSVFormat.RFC4180
      .builder()
      .setHeader(HEADINGS)
      .setRecordSeparator('\n')
      .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
      .get();

  private final CSVPrinter printer;

  /**
   * Writes the headings.
   *
   * @param out is written to, and not closed
   */
  public MeasurementFile(Appendable out) throws IOException {
    printer = new CSVPrinter(out, FORMAT);
  }

  /** Writes one measurement, down to the system. */
  public void add(Measurement measurement) throws IOException {
    Subject subject = measurement.subject();
    printer.printRecord(
        measurement.domain(),
        subject.object(),
        subject.section(),
        subject.function(),
        subject.iterations().isPresent() ? subject.iterations().getAsInt() : "",
        measurement.instructions(),
        measurement.decision().name().toLowerCase(Locale.ROOT),
        measurement.runs(),
        number(measurement.wallMilliseconds()),
        number(measurement.cpuMilliseconds()),
        measurement.allocatedBytes(),
        measurement.heapBytes(),
        measurement.outsideBytes().isPresent() ? measurement.outsideBytes().getAsLong() : "");
    printer.flush();
  }

  private static String number(double milliseconds) {
    return String.format(Locale.ROOT, "%.4f", milliseconds);
  }

  /**
   * Reads what {@link #add} wrote.
   *
   * @throws MalformedMeasurementsException if it is something else
   */
  public static List<Measurement> read(Reader in)
      throws IOException, MalformedMeasurementsException {
    List<Measurement> measurements = new ArrayList<>();
    CSVFormat format = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    long line = 1;
    try (var parser = format.parse(in)) {
      if (!parser.getHeaderNames().equals(List.of(HEADINGS))) {
        throw new MalformedMeasurementsException(
            "its first line is not \"%s\"".formatted(String.join(",", HEADINGS)));
      }
      for (CSVRecord row : parser) {
        line = parser.getCurrentLineNumber();
        measurements.add(measurement(row));
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new MalformedMeasurementsException("line %d is no measurement".formatted(line));
    }
    return measurements;
  }

  private static Measurement measurement(CSVRecord row) {
    String iterations = row.get("iterations");
    String outside = row.get("outside_heap_bytes");
    return new Measurement(
        row.get("domain"),
        new Subject(
            row.get("object"),
            row.get("section"),
            row.get("function"),
            iterations.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(iterations))),
        Integer.parseInt(row.get("instructions")),
        Decision.valueOf(row.get("verdict").toUpperCase(Locale.ROOT)),
        Integer.parseInt(row.get("runs")),
        Double.parseDouble(row.get("wall_ms")),
        Double.parseDouble(row.get("cpu_ms")),
        Long.parseLong(row.get("allocated_bytes")),
        Long.parseLong(row.get("heap_bytes")),
        outside.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(outside)));
  }
}
