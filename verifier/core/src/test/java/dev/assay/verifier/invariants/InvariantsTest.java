package dev.assay.verifier.invariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.RelationalDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds search and judge against PREVAIL's before/after tests, which lie beside the repository. {@code docs/invariants.md} lists the cases that
 * do not agree; it is wrong if it lists one that does, or not one that does not.
 */
final class InvariantsTest {
  private static final double LEAST_SHARE = 0.95;

  /** A row of the page's tables: the case, and the start of its name. */
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+ \\d+)` \\| (.+?) \\|.*");

  @TestFactory
  Stream<DynamicTest> casesAgreeOrAreListed() throws IOException {
    List<InvariantCase> cases = cases();
    Map<String, String> listed = listed();
    return cases.stream()
        .map(test -> DynamicTest.dynamicTest(test.toString(), () -> {
          String disagreement = disagreement(test);
          if (listed.containsKey(test.place())) {
            assertFalse(disagreement.isEmpty(), "docs/invariants.md lists a case that agrees");
          } else {
            assertEquals("", disagreement);
          }
        }));
  }

  @Test
  void thePageListsCasesThatThereAreAndTheirNumber() throws IOException {
    List<InvariantCase> cases = cases();
    Map<String, String> listed = listed();
    Map<String, String> names =
        cases.stream().collect(Collectors.toMap(InvariantCase::place, InvariantCase::name));
    listed.forEach((place, name) -> assertEquals(names.get(place), name, place));
    int agree = cases.size() - listed.size();
    assertTrue(
        page().contains("**" + agree + " of " + cases.size() + "**"),
        agree + " of " + cases.size());
    assertTrue(agree >= LEAST_SHARE * cases.size(), agree + " of " + cases.size());
  }

  @Test
  void linesThatAreFalseAreNotEntailed() {
    List<String> pre = List.of(
        "r0.type=number",
        "r0.svalue=[0, 5]",
        "r0.uvalue=r0.svalue",
        "r10.type=stack",
        "r10.stack_offset=512");
    assertEquals(
        new TreeSet<>(List.of(
            "r0.svalue=[1, 6]",
            "r0.type=ctx",
            "r1.svalue=r0.svalue+1",
            "r1.svalue-r0.svalue<=-1",
            "s[504...511].uvalue=[0, 4]",
            "s[503...511].type=number")),
        new TreeSet<>(InvariantRun.of(new InvariantCase(
                "example 1",
                "a store",
                new TreeSet<>(),
                pre,
                Map.of("<start>", List.of("r1 = r0", "*(u64 *)(r10 - 8) = r1")),
                List.of(
                    "r0.svalue=[0, 5]",
                    "r0.svalue=[1, 6]",
                    "r0.type=ctx",
                    "r1.svalue=r0.svalue",
                    "r1.svalue=r0.svalue+1",
                    "r1.svalue-r0.svalue<=0",
                    "r1.svalue-r0.svalue<=-1",
                    "s[504...511].uvalue=[0, 4]",
                    "s[503...511].type=number"),
                List.of()))
            .missing()));
  }

  /** What is wrong with a case: empty if nothing. */
  private static String disagreement(InvariantCase test) {
    return disagreement(test, RelationalDomain.ZONE);
  }

  /** The same, with that domain of relations. */
  static String disagreement(InvariantCase test, RelationalDomain domain) {
    InvariantRun.Outcome outcome = InvariantRun.of(test, domain);
    StringBuilder text = new StringBuilder();
    if (outcome.messages().isEmpty() != test.messages().isEmpty()) {
      text.append("ours finds fault with ")
          .append(outcome.messages())
          .append(", PREVAIL with ")
          .append(test.messages())
          .append('\n');
    }
    if (!outcome.missing().isEmpty()) {
      text.append("not entailed: ").append(outcome.missing());
    }
    return text.toString();
  }

  static List<InvariantCase> cases() {
    Optional<Path> folder = find(Path.of("shared", "corpus", "invariants"));
    Assumptions.assumeTrue(folder.isPresent(), "../shared/corpus/invariants is not there");
    return InvariantCase.readAll(folder.get());
  }

  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    page().lines().forEach(line -> {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        listed.put(row.group(1), row.group(2));
      }
    });
    return listed;
  }

  private static String page() throws IOException {
    return Files.readString(find(Path.of("docs", "invariants.md")).orElseThrow());
  }

  /** A path below this folder or one above it. */
  private static Optional<Path> find(Path path) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(path))) {
        return Optional.of(folder.resolve(path));
      }
    }
    return Optional.empty();
  }
}
