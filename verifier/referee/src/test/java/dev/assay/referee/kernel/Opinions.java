package dev.assay.referee.kernel;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How often the two agree, and over what they differ. */
final class Opinions {
  private final Map<String, Integer> onlyLinux = new TreeMap<>();
  private final Map<String, Integer> onlyAssay = new TreeMap<>();
  private int programs;
  private int bothAccept;
  private int withUnreachable;

  void add(Opinion opinion) {
    programs++;
    withUnreachable += opinion.unreachable() ? 1 : 0;
    if (opinion.onlyLinuxRejects()) {
      onlyLinux.merge(opinion.linux().reason(), 1, Integer::sum);
    } else if (opinion.onlyAssayRejects()) {
      onlyAssay.merge(opinion.finding(), 1, Integer::sum);
    } else if (opinion.linux().accepted()) {
      bothAccept++;
    }
  }

  int programs() {
    return programs;
  }

  int bothAccept() {
    return bothAccept;
  }

  int bothReject() {
    return programs - bothAccept - sum(onlyLinux) - sum(onlyAssay);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The counts, the most frequent differences first. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(
        """
        %7d programs, in %d of which code that nothing leads to was left out
        %7d both accept
        %7d both reject
        %7d only Linux rejects:
        """.formatted(programs, withUnreachable, bothAccept, bothReject(), sum(onlyLinux)));
    rows(text, onlyLinux);
    text.append("%7d only Assay does not accept:\n".formatted(sum(onlyAssay)));
    rows(text, onlyAssay);
    return text.toString();
  }

  private static void rows(StringBuilder text, Map<String, Integer> counts) {
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(row -> text.append("%7d   %s\n".formatted(row.getValue(), row.getKey())));
  }
}
