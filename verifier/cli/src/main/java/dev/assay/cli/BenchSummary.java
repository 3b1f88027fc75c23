package dev.assay.cli;

import dev.assay.cli.bench.Disagreement;
import dev.assay.cli.bench.DomainSummary;
import dev.assay.cli.bench.Measurement;
import dev.assay.cli.bench.Subject;
import dev.assay.verifier.verdict.Decision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a terminal shows of measurements: a line for each domain, and the programs that some accept and others do not. */
record BenchSummary(List<Measurement> measurements) {
  private static final double MEBIBYTE = 1 << 20;
  private static final int DISAGREEMENTS_SHOWN = 40;

  /** Prints both. */
  void print(PrintWriter out) {
    List<List<String>> summaries = new ArrayList<>();
    for (DomainSummary summary : DomainSummary.of(measurements)) {
      summaries.add(List.of(
          summary.domain(),
          Integer.toString(summary.measurements().size()),
          Long.toString(summary.count(Decision.ACCEPTED)),
          Long.toString(summary.count(Decision.REJECTED)),
          Long.toString(summary.count(Decision.UNDECIDED)),
          text("%.2f ms", summary.medianMilliseconds()),
          text("%.2f s", summary.totalSeconds()),
          text("%.1f MiB", summary.largest().memoryBytes() / MEBIBYTE)));
    }
    new Table(
            List.of(
                "domain",
                "programs",
                "accepted",
                "rejected",
                "undecided",
                "median",
                "all",
                "most memory"),
            summaries)
        .print(out);
    List<Disagreement> disagreements = Disagreement.of(measurements);
    if (!disagreements.isEmpty()) {
      out.println();
      printDisagreements(
          disagreements,
          measurements.stream().map(Measurement::domain).distinct().toList(),
          out);
    }
  }

  private static void printDisagreements(
      List<Disagreement> disagreements, List<String> names, PrintWriter out) {
    List<String> headings = new ArrayList<>(names);
    headings.add("program that not all of them accept");
    List<List<String>> lines = new ArrayList<>();
    for (Disagreement disagreement :
        disagreements.subList(0, Math.min(DISAGREEMENTS_SHOWN, disagreements.size()))) {
      List<String> line = new ArrayList<>();
      for (String name : names) {
        line.add(verdict(disagreement.decisions(), name));
      }
      line.add(name(disagreement.subject()));
      lines.add(line);
    }
    new Table(headings, lines).print(out);
    if (disagreements.size() > DISAGREEMENTS_SHOWN) {
      out.println("  … and %d more, which --output or --csv has"
          .formatted(disagreements.size() - DISAGREEMENTS_SHOWN));
    }
  }

  private static String verdict(Map<String, Decision> decisions, String domain) {
    return Optional.ofNullable(decisions.get(domain))
        .map(decision -> decision.name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static String name(Subject subject) {
    return subject.iterations().isPresent()
        ? subject.object() + " of " + subject.iterations().getAsInt()
        : "%s in %s of %s".formatted(subject.function(), subject.section(), subject.object());
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
