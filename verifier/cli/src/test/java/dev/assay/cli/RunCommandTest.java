package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of the examples, without the verifier's word. */
class RunCommandTest {
  private static final String FIREWALL = Invocation.example("xdp-firewall/firewall.o");
  private static final String PACKET =
      "020000000001_020000000002_0800_450000140000000040110000_0a000001_0a000002";

  @TempDir
  private Path folder;

  @Test
  void aBlockedPacketIsDroppedAndCounted() {
    Invocation run = Invocation.of(
        "run",
        "--unverified",
        "--map",
        "blocked=0a000001:0000000000000000",
        "--packet",
        PACKET,
        FIREWALL);
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("firewall returned 1 XDP_DROP after "), run.out());
    assertTrue(run.out().contains("map blocked: 0a000001 is now 0100000000000000"), run.out());
  }

  @Test
  void aPacketMayComeFromAFile() throws IOException {
    byte[] packet = HexFormat.of().parseHex(PACKET.replace("_", ""));
    String file = Files.write(folder.resolve("packet.bin"), packet).toString();
    Invocation run = Invocation.of("run", "--unverified", "--packet", file, FIREWALL);
    assertTrue(run.out().startsWith("firewall returned 2 XDP_PASS after "), run.out());
  }

  @Test
  void aFaultNamesSlotAndLineAndIsStatusOne() {
    Invocation run = Invocation.of(
        "run",
        "--unverified",
        "--packet",
        PACKET,
        Invocation.example("xdp-firewall/missing-null-check.o"));
    assertEquals(1, run.status());
    assertTrue(run.out().contains("faulted after"), run.out());
    assertTrue(run.out().contains("missing-null-check.c:34"), run.out());
  }

  @Test
  void recordsOfRingBuffersAreShown() {
    Invocation run =
        Invocation.of("run", "--unverified", Invocation.example("file-opens/file-opens.o"));
    assertTrue(run.out().contains("map events: record of 88 bytes"), run.out());
  }

  @Test
  void aLoadersVariableIsSet() {
    String policy = Invocation.example("connect-policy/connect-policy.o");
    assertTrue(Invocation.of("run", "--unverified", policy)
        .out()
        .startsWith("connect_policy returned 0 "));
    assertTrue(Invocation.of("run", "--unverified", "--set", "default_decision=1", policy)
        .out()
        .startsWith("connect_policy returned 1 "));
  }

  @Test
  void repeatedRunsStartFromTheSameState() {
    Invocation run = Invocation.of(
        "run",
        "--unverified",
        "--repeat",
        "3",
        "--map",
        "blocked=0a000001:0000000000000000",
        "--packet",
        PACKET,
        FIREWALL);
    assertTrue(run.out().contains("map blocked: 0a000001 is now 0100000000000000"), run.out());
    assertTrue(run.out().contains("3 runs, 81 instructions, "), run.out());
  }

  @Test
  void theInstructionLimitEndsALoop() {
    String packet = "020000000001_020000000002_0800_450000140000000040060000_0000000000000000"
        + "_0000000000000000_00000000_5002000000000000_0500";
    Invocation run = Invocation.of(
        "run",
        "--unverified",
        "--instruction-limit=1000",
        "--packet",
        packet,
        Invocation.example("packet-parser/unbounded-loop.o"));
    assertEquals(1, run.status());
    assertTrue(run.out().contains("faulted after 1,000 instructions"), run.out());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --packet=0g                   | neither hexadecimal nor a file
      --packet=abc                  | odd number of digits
      --map=blocked                 | is not NAME=KEY:VALUE
      --map=bloked=00000000:00      | did you mean "blocked"?
      --map=blocked=00:00           | blocked does not take this element
      --map=blocked=xx:00           | is not hexadecimal
      --set=limit=5                 | there is no variable "limit"
      --context=nothing             | neither hexadecimal nor a file
      """)
  void badInputIsOneLineAndStatusTwo(String option, String message) {
    Invocation run = Invocation.of("run", "--unverified", option, FIREWALL);
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.isTidy(), run.err());
  }
}
