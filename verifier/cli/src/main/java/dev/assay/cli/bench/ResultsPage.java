package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measurements as a page in Markdown: tables, and the plots beside it. */
public final class ResultsPage {
  /** What the page is called. */
  public static final String NAME = "results.md";

  private static final double MEBIBYTE = 1 << 20;

  private final List<Measurement> measurements;
  private final List<String> domains;

  /** The page of these measurements. */
  public ResultsPage(List<Measurement> measurements) {
    this.measurements = List.copyOf(measurements);
    this.domains = measurements.stream().map(Measurement::domain).distinct().toList();
  }

  /** Writes the page. */
  public void print(PrintWriter out) {
    out.println("# Numeric domains side by side");
    out.println();
    out.println(
        "Written by `assay bench`; [`measurements.csv`](measurements.csv) has each program.");
    List<DomainSummary> summaries = DomainSummary.of(measurements);
    if (!summaries.isEmpty()) {
      summaries(summaries, out);
      disagreements(out);
    }
    if (measurements.stream().anyMatch(measurement -> measurement.subject().isGenerated())) {
      iterations(out);
    }
  }

  private void summaries(List<DomainSummary> summaries, PrintWriter out) {
    out.println();
    row(
        out,
        List.of(
            "domain",
            "programs",
            "accepted",
            "rejected",
            "undecided",
            "median",
            "all",
            "all, CPU",
            "slowest",
            "most memory"));
    rule(out, 10);
    for (DomainSummary summary : summaries) {
      row(
          out,
          List.of(
              summary.domain(),
              Integer.toString(summary.measurements().size()),
              Long.toString(summary.count(Decision.ACCEPTED)),
              Long.toString(summary.count(Decision.REJECTED)),
              Long.toString(summary.count(Decision.UNDECIDED)),
              text("%.2f ms", summary.medianMilliseconds()),
              text("%.1f s", summary.totalSeconds()),
              text("%.1f s", summary.cpuSeconds()),
              text("%.0f ms", summary.slowest().wallMilliseconds()),
              text("%.1f MiB", summary.largest().memoryBytes() / MEBIBYTE)));
    }
    out.println();
    out.println("![Time over instructions](" + Plots.TIME + ")");
    out.println();
    out.println("![Memory over instructions](" + Plots.MEMORY + ")");
  }

  private void disagreements(PrintWriter out) {
    List<Disagreement> all = Disagreement.of(measurements).stream()
        .filter(disagreement -> !disagreement.subject().isGenerated())
        .toList();
    out.println();
    out.println("## What not all domains accept");
    out.println();
    if (all.isEmpty()) {
      out.println("Every program is accepted by all of these domains or by none.");
      return;
    }
    row(out, headings(List.of("object", "section", "function")));
    rule(out, 3 + domains.size());
    for (Disagreement disagreement : all) {
      Subject subject = disagreement.subject();
      row(
          out,
          withDomains(
              List.of(code(subject.object()), code(subject.section()), code(subject.function())),
              domains.stream()
                  .map(domain -> verdict(disagreement.decisions(), domain))
                  .toList()));
    }
  }

  private static String verdict(Map<String, Decision> decisions, String domain) {
    Decision decision = decisions.get(domain);
    return decision == null ? "" : decision.name().toLowerCase(Locale.ROOT);
  }

  private void iterations(PrintWriter out) {
    out.println();
    out.println("## Two string comparisons in a row");
    for (DoubleComparison family : DoubleComparison.values()) {
      List<Measurement> points = measurements.stream()
          .filter(measurement -> measurement.subject().object().equals(family.title()))
          .toList();
      if (points.isEmpty()) {
        continue;
      }
      out.println();
      row(out, headings(List.of(family.title(), "instructions")));
      rule(out, 2 + domains.size());
      points.stream().map(Measurement::subject).distinct().forEach(subject -> {
        List<Measurement> same =
            points.stream().filter(point -> point.subject().equals(subject)).toList();
        row(
            out,
            withDomains(
                List.of(
                    Integer.toString(subject.iterations().orElse(0)),
                    Integer.toString(same.getFirst().instructions())),
                domains.stream()
                    .map(domain -> same.stream()
                        .filter(point -> point.domain().equals(domain))
                        .map(ResultsPage::timeAndVerdict)
                        .collect(Collectors.joining()))
                    .toList()));
      });
    }
    out.println();
    out.println("![Time over iterations](" + Plots.ITERATIONS + ")");
  }

  private static String timeAndVerdict(Measurement point) {
    return text("%.2f ms", point.wallMilliseconds())
        + (point.accepted() ? "" : ", " + point.decision().name().toLowerCase(Locale.ROOT));
  }

  private List<String> headings(List<String> first) {
    return withDomains(first, domains);
  }

  private static List<String> withDomains(List<String> first, List<String> byDomain) {
    return Stream.concat(first.stream(), byDomain.stream()).toList();
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Names are those of files and functions; what would end the table's cell is taken out. */
  private static String code(String name) {
    return "`" + name.replaceAll("[`|\\p{Cntrl}]", "?") + "`";
  }

  private static void row(PrintWriter out, List<String> cells) {
    out.println(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static void rule(PrintWriter out, int columns) {
    out.println("| --- ".repeat(columns) + "|");
  }
}
