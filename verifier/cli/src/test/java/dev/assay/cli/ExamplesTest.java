package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are what their README says: safe, or unsafe for one reason in one line. */
class ExamplesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "xdp-firewall/firewall",
        "packet-parser/tcp-options",
        "file-opens/file-opens",
        "flow-counter/flow-counter",
        "connect-policy/connect-policy"
      })
  void safeExamplesAreAccepted(String name) {
    Invocation verify = Invocation.of("verify", Invocation.example(name + ".o"));
    assertEquals(0, verify.status(), verify.out());
    assertTrue(verify.out().contains("executes at most "), verify.out());
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      xdp-firewall/missing-null-check, xdp-firewall/firewall,       not-null,          34
      packet-parser/off-by-one,        packet-parser/tcp-options,   packet-bounds,     62
      packet-parser/unbounded-loop,    packet-parser/tcp-options,   termination,       42
      file-opens/never-submitted,      file-opens/file-opens,       reference,         45
      flow-counter/uninitialised-key,  flow-counter/flow-counter,   stack-initialised, 68
      """)
  void unsafeTwinsAreRejectedForTheirOneReason(String name, String twin, String check, int line)
      throws IOException {
    assertEquals(1, linesApart(Invocation.example(name + ".c"), Invocation.example(twin + ".c")));
    Invocation verify = Invocation.of("verify", "-v", Invocation.example(name + ".o"));
    assertEquals(1, verify.status(), verify.out());
    List<String> checks = verify
        .out()
        .lines()
        .filter(text -> text.matches(" {4}[a-z-]+: .*"))
        .map(text -> text.strip().replaceFirst(":.*", ""))
        // That the finest search did not end is said beside what the one before found.
        .filter(found -> !found.equals("search"))
        .distinct()
        .toList();
    assertEquals(List.of(check), checks, verify.out());
    assertTrue(verify.out().contains(name + ".c:" + line + "  "), verify.out());
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      --max-instructions=27,          xdp-firewall/firewall,          0, executes at most 27
      --max-instructions=26,          xdp-firewall/firewall,          1, max-instructions: a run may execute 27
      --stack-size=32,                flow-counter/flow-counter,      0, accepted
      --stack-size=24,                flow-counter/flow-counter,      1, stack-bounds:
      --call-depth=2,                 flow-counter/flow-counter,      0, accepted
      --call-depth=1,                 flow-counter/flow-counter,      1, call-depth:
      --max-call-stack-frames=1,      flow-counter/flow-counter,      1, call-depth:
      --packet-size=33,               xdp-firewall/missing-null-check, 0, accepted
      --max-packet-size=34,           xdp-firewall/missing-null-check, 1, not-null:
      --exclude-groups=atomic64,      xdp-firewall/firewall,          1, conformance-group:
      --exclude_groups=divmul32,      xdp-firewall/firewall,          0, accepted
      --no-termination,               packet-parser/unbounded-loop,   0, accepted
      --no-verify-termination,        packet-parser/unbounded-loop,   0, accepted
      --termination,                  packet-parser/unbounded-loop,   1, termination:
      --no-assumptions,               connect-policy/connect-policy,  0, accepted
      --set=default_decision=1,       connect-policy/connect-policy,  0, accepted
      --set=default_decison=1,        connect-policy/connect-policy,  2, accepted
      --type=socket_filter,           xdp-firewall/firewall,          1, rejected
      --type=xdp,                     xdp-firewall/firewall,          0, accepted
      """)
  void eachDemandMakesItsDifference(String option, String name, int status, String part) {
    Invocation verify = Invocation.of("verify", option, Invocation.example(name + ".o"));
    assertEquals(status, verify.status(), verify.out() + verify.err());
    assertTrue(verify.out().contains(part), verify.out());
  }

  @Test
  void everyExampleIsTested() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(Invocation.example("")))) {
      List<Path> sources = files
          .filter(file -> file.toString().endsWith(".c"))
          .filter(file -> !file.getParent().endsWith("patterns")) // see PatternsTest
          .sorted()
          .toList();
      assertEquals(10, sources.size(), "add new examples to the tables of this test");
      for (Path source : sources) {
        assertTrue(
            Files.exists(Path.of(source.toString().replaceFirst("\\.c$", ".o"))),
            source + " has no object beside it");
      }
    }
  }

  @Test
  void anAcceptedProgramIsRunAndARejectedOneIsNot() {
    Invocation accepted = Invocation.of("run", Invocation.example("file-opens/file-opens.o"));
    assertEquals(0, accepted.status(), accepted.out());
    assertTrue(accepted.out().contains("file_opens returned 0 "), accepted.out());
    Invocation rejected = Invocation.of("run", Invocation.example("file-opens/never-submitted.o"));
    assertEquals(1, rejected.status(), rejected.out());
    assertTrue(rejected.out().contains("not run; --unverified"), rejected.out());
    assertTrue(!rejected.out().contains("returned"), rejected.out());
  }

  /** How many lines one of two texts has that the other, otherwise the same, lacks or has differently. */
  private static int linesApart(String one, String other) throws IOException {
    List<String> shorter = Files.readAllLines(Path.of(one));
    List<String> longer = Files.readAllLines(Path.of(other));
    if (shorter.size() > longer.size()) {
      List<String> swap = shorter;
      shorter = longer;
      longer = swap;
    }
    int same = 0;
    while (same < shorter.size() && shorter.get(same).equals(longer.get(same))) {
      same++;
    }
    int sameFromEnd = 0;
    while (sameFromEnd < shorter.size() - same
        && shorter
            .get(shorter.size() - 1 - sameFromEnd)
            .equals(longer.get(longer.size() - 1 - sameFromEnd))) {
      sameFromEnd++;
    }
    return longer.size() - same - sameFromEnd;
  }
}
