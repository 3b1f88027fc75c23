package dev.assay.interpreter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.interpreter.Corpus;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.isa.Code;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every file of bpf_conformance gives the r0 that it expects. */
class ConformanceTest {
  private static final int FILES = 225;

  private static List<Path> files() throws IOException {
    Optional<Path> folder = Corpus.folder("conformance");
    assumeTrue(
        folder.isPresent(), "there is no ../shared/corpus/conformance beside the repository");
    try (Stream<Path> files = Files.list(folder.get())) {
      return files.filter(file -> file.toString().endsWith(".data")).sorted().toList();
    }
  }

  @Test
  void allFilesAreThere() throws IOException {
    assertEquals(FILES, files().size());
  }

  @TestFactory
  Stream<DynamicTest> filesGiveWhatTheyExpect() throws IOException {
    return files().stream()
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> givesWhatItExpects(file)));
  }

  private static void givesWhatItExpects(Path file) throws Exception {
    ConformanceCase test = ConformanceCase.read(file);
    Optional<Code> raw = ConformanceCase.rawCode(file);
    raw.ifPresent(code ->
        assertEquals(code, test.code(), "the assembler and the raw code of the file agree"));
    BpfProgram program = BpfProgram.of(".text", test.name(), test.code());
    Outcome outcome = Machine.builder(
            LinuxPlatform.load(), BpfObject.of(program, List.of()), program)
        .context(test.memory())
        .instructionLimit(1_000_000)
        .build()
        .run();
    if (test.result().isEmpty()) {
      assertInstanceOf(Outcome.Faulted.class, outcome);
      return;
    }
    Outcome.Returned returned =
        assertInstanceOf(Outcome.Returned.class, outcome, outcome::toString);
    assertEquals(Long.toHexString(test.result().get()), Long.toHexString(returned.value()));
    assertTrue(returned.instructions() > 0);
  }
}
