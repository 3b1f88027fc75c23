package dev.assay.referee.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.memory.Placement;
import dev.assay.numeric.RelationalDomain;
import dev.assay.referee.Input;
import dev.assay.referee.Subject;
import dev.assay.referee.Violation;
import dev.assay.referee.generator.ProgramGenerator;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What was found once stays found: the saved programs, and the form in which they are saved. */
class ExhibitTest {

  /** Every program in the folder {@code found} was a violation when it was saved. */
  @TestFactory
  Stream<DynamicTest> nothingThatWasFoundIsAViolationAgain()
      throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(ExhibitTest.class.getResource("found"));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      files = all.sorted().toList();
    }
    assertTrue(!files.isEmpty(), "the folder is not there");
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(
            String.valueOf(file.getFileName()),
            () -> assertEquals(
                Optional.empty(), Exhibit.read(Files.readString(file)).violation())));
  }

  @Test
  void whatIsSavedIsReadBack() {
    for (long seed = 0; seed < 50; seed++) {
      Subject subject = ProgramGenerator.generate(seed);
      Input input = new Input(seed, 20, Placement.HOSTILE);
      Exhibit read = Exhibit.read(
          Exhibit.text(new Violation(subject, input, Violation.Sort.FAULT, "two\nlines")));
      assertEquals(subject.code(), read.subject().code());
      assertEquals(subject.maps(), read.subject().maps());
      assertEquals(subject.kind().name(), read.subject().kind().name());
      assertEquals(input, read.input());
    }
  }

  @Test
  void anotherDomainIsSavedToo() {
    Subject subject = ProgramGenerator.generate(1).withDomain(RelationalDomain.INTERVAL);
    Violation violation =
        new Violation(subject, new Input(1, 20, Placement.SPREAD), Violation.Sort.FAULT, "message");
    assertEquals(
        RelationalDomain.INTERVAL,
        Exhibit.read(Exhibit.text(violation)).subject().domain());
    assertMalformed("line 1", "; domain none\n; kind xdp\nexit");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertMalformed("; kind", "; input seed=1 size=0 placement=SPREAD\nexit");
    assertMalformed("; kind", "; kind nothing\n; input seed=1 size=0 placement=SPREAD\nexit");
    assertMalformed("; input", "; kind xdp\nexit");
    assertMalformed("line 2", "; kind xdp\n; input seed=1 size=many placement=SPREAD\nexit");
    assertMalformed(
        "line 1", "; map array 2\n; kind xdp\n; input seed=1 size=0 placement=SPREAD\nexit");
    for (String size : List.of("-1", "70000", "2147483647")) {
      assertMalformed(
          "line 2", "; kind xdp\n; input seed=1 size=" + size + " placement=SPREAD\nexit");
    }
    for (String map : List.of("999 4 8 1", "2 -4 8 1", "2 4 -8 1", "2 4 8 -1")) {
      assertMalformed(
          "line 1",
          "; map m " + map + "\n; kind xdp\n; input seed=1 size=0 placement=SPREAD\nexit");
    }
    assertMalformed("3", "; kind xdp\n; input seed=1 size=0 placement=SPREAD\nnonsense");
  }

  private static void assertMalformed(String expected, String text) {
    String message =
        assertThrows(MalformedExhibitException.class, () -> Exhibit.read(text)).getMessage();
    assertTrue(String.valueOf(message).contains(expected), message);
  }
}
