package dev.assay.report;

import dev.assay.isa.ConformanceGroups;
import dev.assay.object.SourceLine;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Verdicts for people: a line a program, under the name of its object, and below it what was not proved: the C line, the
 * instruction, what is known of its registers, and what would have to hold.
 */
public final class TextReport implements Report {
  private static final double MILLISECONDS_PER_SECOND = 1000.0;

  private final PrintWriter out;
  private final Palette palette;
  private final int findingsShown;
  private Summary summary = Summary.NONE;
  private String object = "";

  /**
   * Starts a report on {@code out}, which is flushed at the end and left open.
   *
   * @param findingsShown how many findings of one program are printed; of the others only the number is
   */
  public TextReport(PrintWriter out, Palette palette, int findingsShown) {
    this.out = out;
    this.palette = palette;
    this.findingsShown = findingsShown;
  }

  @Override
  public void add(Verdict verdict) {
    summary = summary.plus(verdict);
    if (!verdict.object().equals(object)) {
      object = verdict.object();
      out.println(palette.strong(Printable.of(object)));
    }
    String title = title(verdict);
    String word = name(verdict.decision());
    out.println("  " + coloured(verdict.decision(), title.isEmpty() ? word : "%-9s".formatted(word))
        + title);
    for (String assumption : verdict.assumptions()) {
      out.println("    assuming that " + Printable.of(assumption));
    }
    for (String use : verdict.deprecated()) {
      out.println("    note that " + Printable.of(use));
    }
    List<Finding> findings = verdict.findings();
    findings.stream().limit(findingsShown).forEach(finding -> print(finding, verdict.decision()));
    if (findings.size() > findingsShown) {
      out.println(palette.faint(
          "    and %d more; -v shows all".formatted(findings.size() - findingsShown)));
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void finish() {
    if (summary.programs() > 0) {
      StringJoiner parts = new StringJoiner(", ");
      for (Decision decision : Decision.values()) {
        if (summary.count(decision) > 0) {
          parts.add(summary.count(decision) + " " + coloured(decision, name(decision)));
        }
      }
      out.println("%s: %s (%s of proving)"
          .formatted(
              number(summary.programs(), "program"), parts, duration(summary.milliseconds())));
      if (summary.refusals() > 0) {
        out.println(
            "%s of the search failed the judge, which cost steps and no safety (in JSON, refusals)"
                .formatted(number(summary.refusals(), "claim")));
      }
    }
    out.flush();
  }

  private String title(Verdict verdict) {
    if (verdict.section().isEmpty() && verdict.function().isEmpty()) {
      return "";
    }
    StringBuilder title = new StringBuilder("  ");
    title.append(palette.strong(Printable.of(verdict.function())));
    title.append(" in ").append(Printable.of(verdict.section()));
    StringJoiner facts = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (!verdict.type().isEmpty()) {
      facts.add(Printable.of(verdict.type()));
    }
    if (verdict.instructions() > 0) {
      facts.add(number(verdict.instructions(), "instruction") + needs(verdict));
    }
    verdict
        .worstCase()
        .ifPresent(
            bound -> facts.add("executes at most " + String.format(Locale.ROOT, "%,d", bound)));
    if (verdict.milliseconds() > 0) {
      facts.add(duration(verdict.milliseconds()));
    }
    return title + palette.faint(facts.toString());
  }

  /** The conformance groups that the program needs, without those that others include, and the compiler's lowest CPU. */
  private static String needs(Verdict verdict) {
    if (verdict.groups().isEmpty()) {
      return "";
    }
    ConformanceGroups groups = ConformanceGroups.standard();
    Set<String> included = new HashSet<>();
    for (String name : verdict.groups()) {
      included.addAll(groups.named(name).includes());
    }
    StringJoiner needed = new StringJoiner("+", " of ", " for -mcpu=" + verdict.cpu());
    verdict.groups().stream().filter(name -> !included.contains(name)).forEach(needed::add);
    return needed.toString();
  }

  private void print(Finding finding, Decision decision) {
    String check = finding.check().isEmpty() ? "" : coloured(decision, finding.check()) + ": ";
    out.println("    " + check + Printable.of(finding.message()));
    finding.source().ifPresent(source -> out.println("      at " + place(source)));
    if (finding.slot() != Finding.NO_SLOT && !finding.instruction().isEmpty()) {
      out.println(
          "      slot %-4d %s".formatted(finding.slot(), Printable.of(finding.instruction())));
    }
    for (String fact : finding.known()) {
      out.println("      known     " + Printable.of(fact));
    }
    if (!finding.required().isEmpty()) {
      out.println("      required  " + Printable.of(finding.required()));
    }
  }

  private String place(SourceLine source) {
    String position = Printable.of(source.file()) + ":" + source.line();
    return source.text().isBlank()
        ? palette.strong(position)
        : palette.strong(position) + "  " + Printable.of(source.text().strip());
  }

  private String coloured(Decision decision, String text) {
    return switch (decision) {
      case ACCEPTED -> palette.good(text);
      case REJECTED, ERROR -> palette.bad(text);
      case UNDECIDED -> palette.doubtful(text);
    };
  }

  private static String name(Decision decision) {
    return decision.name().toLowerCase(Locale.ROOT);
  }

  private static String number(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static String duration(double milliseconds) {
    return milliseconds < MILLISECONDS_PER_SECOND
        ? String.format(Locale.ROOT, "%.1f ms", milliseconds)
        : String.format(Locale.ROOT, "%.1f s", milliseconds / MILLISECONDS_PER_SECOND);
  }
}
