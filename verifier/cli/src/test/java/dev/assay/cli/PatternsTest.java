package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real programs do: every program of {@code examples/patterns} is accepted, and its twin, which has one line
 * different, is rejected for what the comment beside its section says.
 */
class PatternsTest {
  private static final Pattern PROGRAM = Pattern.compile(
      "^SEC\\(\"[^\"]*\"\\) // twin: ([a-z, -]+)\\n[^(]*?(?:BPF_\\w+\\()?(\\w+)[(,)]",
      Pattern.MULTILINE);
  private static final Pattern VERDICT = Pattern.compile(" {2}([a-z]+) +(\\w+) in .*");
  private static final Pattern FINDING = Pattern.compile(" {4}([a-z-]+): .*");

  /** By object, then by program: the verdict and the checks that failed. */
  private static final Map<String, Map<String, Set<String>>> RESULTS = new LinkedHashMap<>();

  private static Path folder() {
    return Path.of(Invocation.example("patterns"));
  }

  static List<String> families() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[a-z]+-unsafe\\.c"))
          .map(name -> name.replace("-unsafe.c", ""))
          .sorted()
          .toList();
    }
  }

  static Stream<String> objects() throws IOException {
    return families().stream().flatMap(family -> Stream.of(family + ".v2.o", family + ".v3.o"));
  }

  /** Twins are told from one another by their checks, whatever the instruction set. */
  static Stream<String> twins() throws IOException {
    return families().stream().map(family -> family + "-unsafe.v3.o");
  }

  /** The programs of a source, with the checks that their twins may fail. */
  private static Map<String, Set<String>> programs(String family) throws IOException {
    Map<String, Set<String>> programs = new LinkedHashMap<>();
    Matcher matcher =
        PROGRAM.matcher(Files.readString(folder().resolve(family + ".c")).replace("\r", ""));
    while (matcher.find()) {
      programs.put(matcher.group(2), Set.of(matcher.group(1).split(", ")));
    }
    assertFalse(programs.isEmpty(), family);
    return programs;
  }

  @BeforeAll
  static void verifyAll() throws IOException {
    verify(objects(), "-v");
    // A search that finds no proof may end early: its findings are there long before.
    verify(twins(), "-v", "--steps", "300000");
  }

  /** All objects in one call, because the command proves programs in parallel. */
  private static void verify(Stream<String> objects, String... options) {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(List.of(options));
    objects.map(object -> folder().resolve(object).toString()).forEach(arguments::add);
    Invocation verify = Invocation.of(arguments.toArray(String[]::new));
    Map<String, Set<String>> results = new LinkedHashMap<>();
    Set<String> current = new LinkedHashSet<>();
    for (String line : verify.out().lines().toList()) {
      Matcher verdict = VERDICT.matcher(line);
      Matcher finding = FINDING.matcher(line);
      if (arguments.contains(line)) {
        results = new LinkedHashMap<>();
        RESULTS.put(Path.of(line).getFileName().toString(), results);
      } else if (verdict.matches()) {
        current = new LinkedHashSet<>();
        current.add(verdict.group(1));
        results.put(verdict.group(2), current);
      } else if (finding.matches()) {
        current.add(finding.group(1));
      }
    }
  }

  /** Of each program of an object, the verdict and the checks that failed. */
  private static Map<String, Set<String>> results(String object) {
    return RESULTS.getOrDefault(object, Map.of());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyPatternIsAccepted(String object) throws IOException {
    Map<String, Set<String>> results = results(object);
    assertEquals(programs(object.replaceAll("\\..*", "")).keySet(), results.keySet());
    results.forEach((program, result) -> assertEquals(Set.of("accepted"), result, program));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void everyTwinIsRejectedForItsReason(String object) throws IOException {
    Map<String, Set<String>> expected = programs(object.replaceAll("\\..*", ""));
    Map<String, Set<String>> results = results(object);
    assertEquals(expected.keySet(), results.keySet());
    results.forEach((program, result) -> {
      Set<String> checks = new LinkedHashSet<>(result);
      assertTrue(checks.remove("rejected"), program + ": " + result);
      checks.remove("search"); // that the search for a proof ended is no reason
      assertFalse(checks.isEmpty(), program + ": " + result);
      assertTrue(expected.get(program).containsAll(checks), program + ": " + result);
    });
  }

  @ParameterizedTest
  @MethodSource("families")
  void twinsDifferInOneLineEach(String family) throws IOException {
    List<String> safe = Files.readAllLines(folder().resolve(family + ".c"));
    List<String> unsafe = Files.readAllLines(folder().resolve(family + "-unsafe.c"));
    assertEquals(safe.size(), unsafe.size());
    int different = 0;
    for (int line = 0; line < safe.size(); line++) {
      different += safe.get(line).equals(unsafe.get(line)) ? 0 : 1;
    }
    // A function that several programs call has one line for all of them.
    assertTrue(different <= programs(family).size(), family + " differs in " + different);
    assertTrue(different > 0, family);
  }

  @Test
  void theCatalogueIsWhole() throws IOException {
    int programs = 0;
    for (String family : families()) {
      programs += programs(family).size();
    }
    assertTrue(programs >= 370, programs + " programs");
  }
}
