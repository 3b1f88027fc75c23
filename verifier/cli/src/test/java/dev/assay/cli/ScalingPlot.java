package dev.assay.cli;

import dev.assay.cli.ScalingRun.Fit;
import dev.assay.cli.ScalingRun.Sample;
import dev.assay.cli.bench.SmallPng;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Time against length, both logarithmic: a point for each program, a line for each fit. */
final class ScalingPlot {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;
  private static final Color CORPUS_COLOUR = new Color(0xa0a0a0);
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

  private final XYChart chart = new XYChartBuilder()
      .width(WIDTH)
      .height(HEIGHT)
      .title("Time of a verification against the program's length, rung 0")
      .xAxisTitle("instructions")
      .yAxisTitle("milliseconds of CPU")
      .build();

  private ScalingPlot() {}

  /** Writes the plot as PNG. */
  static void write(List<Sample> samples, Path file) throws IOException {
    ScalingPlot plot = new ScalingPlot();
    plot.style();
    // The many points of the corpus first, so that the others lie over them.
    plot.add(samples, ScalingRun.CORPUS, CORPUS_COLOUR, SeriesMarkers.CIRCLE);
    for (ScalingFamily family : ScalingFamily.values()) {
      plot.add(
          samples, family.title(), COLOURS.get(family.ordinal()), MARKERS.get(family.ordinal()));
    }
    SmallPng.write(plot.chart, file);
  }

  private void style() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(true)
        .setYAxisLogarithmicDecadeOnly(true)
        .setXAxisDecimalPattern("#,###")
        .setYAxisDecimalPattern("#,###.##")
        .setAxisTickLabelsFont(font)
        .setAxisTitleFont(font)
        .setPlotGridLinesVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.InsideNW)
        .setLegendFont(font)
        .setLocale(Locale.ROOT)
        .setMarkerSize(8);
  }

  private void add(List<Sample> samples, String family, Color colour, Marker marker) {
    List<Sample> points =
        samples.stream().filter(sample -> sample.family().equals(family)).toList();
    List<Sample> fitted = ScalingRun.fitted(samples, family);
    if (points.isEmpty() || fitted.size() < 2) {
      return;
    }
    Fit fit = Fit.of(fitted);
    XYSeries series = chart.addSeries(
        String.format(Locale.ROOT, "%s: exponent %.2f", family, fit.exponent()),
        points.stream().mapToDouble(Sample::instructions).toArray(),
        points.stream().mapToDouble(Sample::milliseconds).toArray());
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(colour);
    double[] ends = {
      fitted.stream().mapToDouble(Sample::instructions).min().orElseThrow(),
      fitted.stream().mapToDouble(Sample::instructions).max().orElseThrow()
    };
    XYSeries line = chart.addSeries(
        family + " fit", ends, new double[] {fit.milliseconds(ends[0]), fit.milliseconds(ends[1])});
    line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    line.setShowInLegend(false);
    line.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(new BasicStroke(1.5f));
  }
}
