package dev.assay.cli;

import dev.assay.report.Report;
import dev.assay.verifier.verdict.Verdict;

/** No report at all: only the exit status tells. */
final class Silence implements Report {
  @Override
  public void add(Verdict verdict) {}

  @Override
  public void flush() {}

  @Override
  public void finish() {}
}
