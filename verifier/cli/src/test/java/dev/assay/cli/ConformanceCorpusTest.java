package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.interpreter.Corpus;
import dev.assay.interpreter.Outcome;
import dev.assay.interpreter.conformance.ConformanceCase;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.verifier.VerifiedProgram;
import dev.assay.verifier.verdict.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of bpf_conformance: each one runs, and what it returns lies in what was proved, but for those that the docs explain. */
class ConformanceCorpusTest {
  private static final List<String> GROUPS = List.of("default", "callx");

  @Test
  void theTestsShowWhatTheDocumentationSays() throws Exception {
    Optional<Path> folder = Corpus.folder("conformance");
    assumeTrue(
        folder.isPresent(), "there is no ../shared/corpus/conformance beside the repository");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.get())) {
      files = all.filter(file -> file.toString().endsWith(".data")).sorted().toList();
    }
    int ran = 0;
    int proved = 0;
    List<String> misses = new ArrayList<>();
    for (Path file : files) {
      ConformanceCase test = ConformanceCase.read(file);
      BpfProgram program = BpfProgram.of(".text", "main", test.code());
      ConformanceRun run =
          new ConformanceRun(BpfObject.of(program, List.of()), program, test.memory(), false);
      VerifiedProgram verified = run.verify(GROUPS);
      Outcome outcome = run.run();
      Optional<Long> r0 = outcome instanceof Outcome.Returned returned
          ? Optional.of(returned.value())
          : Optional.empty();
      if (r0.equals(test.result())) {
        ran++;
      }
      r0.ifPresent(value -> assertTrue(verified.result().contains(value), test.name()));
      if (verified.verdict().decision() == Decision.ACCEPTED) {
        proved++;
      } else {
        misses.add(test.name());
      }
    }
    List<String> documented = Resource.lines("conformance-cases.tsv");
    assertEquals(documented.getFirst(), "all\t%d\t%d\t%d".formatted(files.size(), ran, proved));
    assertEquals(
        documented.stream().skip(1).map(line -> line.split("\t", -1)[0]).toList(), misses);
  }
}
