package dev.assay.cli.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The measurements as pictures, both axes logarithmic: what the PREVAIL paper shows as its figures 9, 10 and 11. */
public final class Plots {
  /** Time against the length of programs. */
  public static final String TIME = "time.png";

  /** Memory against the length of programs. */
  public static final String MEMORY = "memory.png";

  /** Time of the generated programs against the bound of their loops. */
  public static final String ITERATIONS = "double-strncmp.png";

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;
  private static final double MEBIBYTE = 1 << 20;
  /** A logarithmic axis has no zero: below this everything is the same. */
  private static final double LEAST_MEBIBYTES = 1.0 / 1024;

  private static final List<Color> COLOURS = List.of(
      new Color(0x0072b2),
      new Color(0xd55e00),
      new Color(0x009e73),
      new Color(0xcc79a7),
      new Color(0xe69f00),
      new Color(0x56b4e9),
      new Color(0x000000));
  private static final List<Marker> MARKERS = List.of(
      SeriesMarkers.CIRCLE,
      SeriesMarkers.SQUARE,
      SeriesMarkers.DIAMOND,
      SeriesMarkers.TRIANGLE_UP,
      SeriesMarkers.TRIANGLE_DOWN,
      SeriesMarkers.CROSS,
      SeriesMarkers.PLUS);

  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 6}, 0);

  private final List<Measurement> measurements;
  private final List<String> domains;

  /** The plots of these measurements. */
  public Plots(List<Measurement> measurements) {
    // Nobody looks at a screen here, and there may be none.
    System.setProperty("java.awt.headless", "true");
    this.measurements = List.copyOf(measurements);
    this.domains = measurements.stream().map(Measurement::domain).distinct().toList();
  }

  /**
   * Writes all three into a folder, without those that would be empty.
   *
   * @throws IOException if one cannot be written
   */
  public void write(Path folder) throws IOException {
    scatter(
        "Time of a verification",
        "milliseconds",
        Measurement::wallMilliseconds,
        folder.resolve(TIME));
    scatter("Memory of a verification", "MiB", Plots::mebibytes, folder.resolve(MEMORY));
    iterations(folder.resolve(ITERATIONS));
  }

  private static double mebibytes(Measurement measurement) {
    return Math.max(LEAST_MEBIBYTES, measurement.memoryBytes() / MEBIBYTE);
  }

  private void scatter(String title, String unit, ToDoubleFunction<Measurement> cost, Path file)
      throws IOException {
    XYChart chart = chart(title + " over the length of the program", "instructions", unit);
    for (String domain : domains) {
      List<Measurement> points = measurements.stream()
          .filter(point -> point.domain().equals(domain) && !point.subject().isGenerated())
          .toList();
      add(chart, domain, domains.indexOf(domain), points, Measurement::instructions, cost)
          .ifPresent(series -> series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter));
    }
    write(chart, file);
  }

  private void iterations(Path file) throws IOException {
    XYChart chart =
        chart("Time of double strncmp", "iterations of each comparison at most", "milliseconds");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    for (String domain : domains) {
      for (DoubleComparison family : DoubleComparison.values()) {
        List<Measurement> points = measurements.stream()
            .filter(point ->
                point.domain().equals(domain) && point.subject().object().equals(family.title()))
            .sorted(Comparator.comparingInt(Plots::iterationsOf))
            .toList();
        add(
                chart,
                domain + (family == DoubleComparison.LOOP ? ", loops" : ", unrolled"),
                domains.indexOf(domain),
                points,
                Plots::iterationsOf,
                Measurement::wallMilliseconds)
            .ifPresent(
                series -> series.setLineStyle(family == DoubleComparison.LOOP ? SOLID : DASHED));
      }
    }
    write(chart, file);
  }

  private static int iterationsOf(Measurement measurement) {
    return measurement.subject().iterations().orElse(0);
  }

  private static Optional<XYSeries> add(
      XYChart chart,
      String name,
      int domain,
      List<Measurement> points,
      ToDoubleFunction<Measurement> x,
      ToDoubleFunction<Measurement> y) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    XYSeries series = chart.addSeries(
        name,
        points.stream().mapToDouble(x).toArray(),
        points.stream().mapToDouble(y).toArray());
    Color colour = COLOURS.get(domain % COLOURS.size());
    series
        .setMarker(MARKERS.get(domain % MARKERS.size()))
        .setMarkerColor(colour)
        .setLineColor(colour);
    return Optional.of(series);
  }

  private static void write(XYChart chart, Path file) throws IOException {
    if (!chart.getSeriesCollection().isEmpty()) {
      SmallPng.write(chart, file);
    }
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart = new XYChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(title)
        .xAxisTitle(x)
        .yAxisTitle(y)
        .build();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(true)
        .setYAxisLogarithmicDecadeOnly(true)
        .setXAxisDecimalPattern("#,###")
        .setYAxisDecimalPattern("#,###.###")
        .setAxisTickLabelsFont(font)
        .setAxisTitleFont(font)
        .setPlotGridLinesVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setLegendFont(font)
        .setLocale(Locale.ROOT)
        .setMarkerSize(6);
    return chart;
  }
}
