package dev.assay.referee;

import java.util.List;
import java.util.Optional;

/** Makes a violation's program smaller, one instruction at a time, as long as it remains a violation on the same input. */
final class Minimiser {
  private Minimiser() {}

  static Violation minimise(Violation violation) {
    Violation least = violation;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = CodeBuilder.of(least.subject().code()).size() - 1; i >= 0; i--) {
        Optional<Violation> found = without(least, i);
        if (found.isPresent()) {
          least = found.get();
          smaller = true;
        }
      }
    }
    return least;
  }

  private static Optional<Violation> without(Violation violation, int index) {
    CodeBuilder builder = CodeBuilder.of(violation.subject().code());
    if (index >= builder.size() || builder.size() == 1) {
      return Optional.empty();
    }
    Subject shorter = violation.subject().withCode(builder.without(index).build());
    return Referee.rule(shorter, List.of(violation.input()))
        .violation()
        .filter(found -> found.sort() == violation.sort());
  }
}
