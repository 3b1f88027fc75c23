package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.cli.bench.Measurement;
import dev.assay.cli.bench.MeasurementFile;
import dev.assay.verifier.verdict.Decision;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay bench} as its users meet it. */
class BenchCommandTest {
  private static final String PARSER = Invocation.example("packet-parser/tcp-options.o");

  @TempDir
  private Path folder;

  private static List<Measurement> read(Path file) throws Exception {
    try (Reader in = Files.newBufferedReader(file)) {
      return MeasurementFile.read(in);
    }
  }

  @Test
  void eachDomainIsMeasuredOverAllObjectsOfAFolder() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Files.copy(Path.of(PARSER), deep.resolve("parser.o"));
    Files.copy(Path.of(Invocation.example("xdp-firewall/firewall.o")), folder.resolve("fire.o"));
    Files.writeString(folder.resolve("notes.txt"), "not an object");
    Path output = folder.resolve("new/results");
    Invocation bench = Invocation.of(
        "bench",
        "--warm-up=0",
        "--domain=interval,zone",
        "--iterations=2,3",
        "--time-limit=3600",
        "--output=" + output,
        folder.toString());
    assertEquals(0, bench.status(), bench.err());
    assertEquals("", bench.err());
    List<Measurement> measurements = read(output.resolve("measurements.csv"));
    // Two programs and twice two generated ones, by two domains.
    assertEquals(12, measurements.size());
    Set<String> acceptedByZone = measurements.stream()
        .filter(measurement -> measurement.domain().equals("zone") && measurement.accepted())
        .map(measurement -> measurement.subject().function())
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of("compare_twice", "firewall", "tcp_options"), acceptedByZone);
    // Ranges alone do not bound an offset by another one.
    assertTrue(bench.out().contains("rejected  accepted  tcp_options in xdp of "), bench.out());
    try (Stream<Path> files = Files.list(output)) {
      assertEquals(
          List.of("double-strncmp.png", "measurements.csv", "memory.png", "results.md", "time.png"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    Invocation again = Invocation.of("bench", "--from=" + output.resolve("measurements.csv"));
    assertEquals(0, again.status(), again.err());
    assertEquals(bench.out(), again.out());
  }

  @Test
  void theTimeLimitIsForEachProgram() throws Exception {
    Path csv = folder.resolve("times.csv");
    Invocation bench = Invocation.of(
        "bench",
        "--warm-up=0",
        "--time-limit=0.000000001",
        "--domain=zone",
        "--no-generated",
        "--csv=" + csv,
        PARSER);
    assertEquals(0, bench.status(), bench.err());
    assertEquals(
        List.of(Decision.UNDECIDED),
        read(csv).stream().map(Measurement::decision).toList());
    assertTrue(bench.out().contains("zone    1         0         0         1 "), bench.out());
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestIsMeasured() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.o"), "no ELF");
    Invocation bench = Invocation.of(
        "bench",
        "--warm-up=0",
        "--time-limit=3600",
        "--domain=zone",
        "--no-generated",
        bad.toString(),
        PARSER);
    assertEquals(2, bench.status());
    assertTrue(bench.err().contains("bad.o is left out: "), bench.err());
    assertTrue(bench.out().contains("zone    1         1"), bench.out());
    assertTrue(bench.isTidy());
  }

  @Test
  void aFolderWithoutProgramsIsBadUsage() {
    Invocation bench = Invocation.of("bench", folder.toString());
    assertEquals(2, bench.status());
    assertTrue(bench.err().contains("there is no program to measure"), bench.err());
  }

  @Test
  void aFileThatHoldsNoMeasurementsIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");
    Invocation bench = Invocation.of("bench", "--from=" + file);
    assertEquals(2, bench.status());
    assertTrue(
        bench.err().contains("x.csv is no file that 'assay bench --csv' wrote"), bench.err());
  }

  @Test
  void theOtherJvmHasTheSameOptionsButNoAgentAndAHeapOfOneSize() {
    assertEquals(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms3g",
            "-Xmx3g",
            "-XX:+AlwaysPreTouch",
            "--enable-native-access=ALL-UNNAMED"),
        DomainProcess.options(
            List.of("-Xms1m", "-XX:+UseSerialGC", "-Xmx3g", "-javaagent:x.jar", "-agentlib:jdwp")));
    assertTrue(DomainProcess.options(List.of()).contains("-Xmx1g"));
  }
}
