package dev.assay.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.btf.BtfTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real objects of other projects, where somebody has put them beside the repository. */
class CorpusTest {
  private static final Pattern ROW = Pattern.compile(
      "\"object\": \"([^\"]*)\",\\s*\"section\": (?:\"([^\"]*)\"|null),\\s*\"function\":"
          + " (?:\"([^\"]*)\"|null),\\s*\"label\": \"([a-z]*)\"");

  private final Path expected = TestObjects.shared("corpus/expected.json");

  @BeforeEach
  void theCorpusIsThere() {
    assumeTrue(Files.exists(expected), "no corpus beside the repository: " + expected);
  }

  @Test
  void programsAreThoseThatAreExpected() throws Exception {
    Map<String, Set<String>> programs = new TreeMap<>();
    Set<String> malformed = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(expected));
    while (row.find()) {
      if (row.group(4).equals("malformed")) {
        malformed.add(row.group(1));
      } else {
        // Some functions of broken objects are followed by another tool's message.
        String function = row.group(3).replaceAll(" \\[.*", "");
        programs
            .computeIfAbsent(row.group(1), _ -> new TreeSet<>())
            .add(row.group(2) + " " + function);
      }
    }
    for (Map.Entry<String, Set<String>> entry : programs.entrySet()) {
      BpfObject object = read(entry.getKey());
      Set<String> found = new TreeSet<>();
      object.programs().forEach(program -> found.add(program.section() + " " + program.function()));
      object.failures().forEach(failure -> found.add(failure.section() + " " + failure.function()));
      assertEquals(entry.getValue(), found, entry.getKey());
      if (!entry.getKey().startsWith("invalid/")) {
        assertEquals(List.of(), object.failures(), entry.getKey());
      }
    }
    for (String file : malformed) {
      assertThrows(MalformedObjectException.class, () -> read(file), file);
    }
  }

  @Test
  void relocationsAgainstAKernelAllResolve() throws Exception {
    BtfTypes kernel =
        BtfTypes.read(Files.readAllBytes(TestObjects.shared("reference/linux/vmlinux-6.18.btf")));
    List<Integer> poisoned = new ArrayList<>();
    for (String file : List.of(
        "cilium-examples/tcprtt_bpf_bpfel.o", "cilium-examples/tcprtt_sockops_bpf_bpfel.o")) {
      BpfObject object = ObjectReader.read(bytes(file), ReadOptions.DEFAULT.against(kernel));
      assertEquals(List.of(), object.failures());
      object.programs().forEach(program -> poisoned.addAll(program.poisoned().keySet()));
    }
    assertEquals(List.of(), poisoned);
  }

  private static BpfObject read(String file) throws IOException, MalformedObjectException {
    return ObjectReader.read(bytes(file), ReadOptions.DEFAULT);
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(TestObjects.shared("corpus/objects").resolve(file));
  }
}
