package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.interpreter.memory.Placement;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import dev.assay.platform.ProgramKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every program of every real object runs to an outcome on a random packet. */
class CorpusRunTest {
  private static final int LIMIT = 100_000;

  @TestFactory
  Stream<DynamicTest> programsEndAsAnOutcome() throws IOException {
    Optional<Path> folder = Corpus.folder("objects");
    assumeTrue(folder.isPresent(), "there is no ../shared/corpus/objects beside the repository");
    try (Stream<Path> files = Files.walk(folder.get())) {
      return files
          .filter(file -> file.toString().endsWith(".o"))
          .sorted()
          .map(file ->
              DynamicTest.dynamicTest(folder.get().relativize(file).toString(), () -> runAll(file)))
          .toList()
          .stream();
    }
  }

  private static void runAll(Path file) throws IOException {
    BpfObject object;
    try {
      object = ObjectReader.read(Files.readAllBytes(file), ReadOptions.DEFAULT);
    } catch (MalformedObjectException e) {
      return;
    }
    for (BpfProgram program : object.programs()) {
      for (long seed = 0; seed < 2; seed++) {
        byte[] packet = new byte[128];
        new Random(seed).nextBytes(packet);
        ProgramKind kind = Programs.LINUX
            .programKindOfSection(program.section())
            .orElseGet(() -> Programs.kind("tc"));
        Outcome outcome = Machine.builder(Programs.LINUX, object, program)
            .kind(kind)
            .packet(packet)
            .seed(seed)
            .garbage(seed > 0)
            .placement(seed > 0 ? Placement.HOSTILE : Placement.SPREAD)
            .instructionLimit(LIMIT)
            .build()
            .run();
        assertTrue(outcome.instructions() <= LIMIT, program::function);
      }
    }
  }
}
