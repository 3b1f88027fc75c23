package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class VerifyCommandTest {
  @TempDir
  private Path folder;

  /** Both ways to an answer, with and without the parser. */
  private static void assertSameAnswer(String... files) {
    List<String> plain = new ArrayList<>(List.of("verify"));
    plain.addAll(List.of(files));
    List<String> parsed = new ArrayList<>(plain);
    parsed.add(1, "--format=text");
    assertEquals(
        withoutTimes(Invocation.of(parsed.toArray(String[]::new))),
        withoutTimes(Invocation.of(plain.toArray(String[]::new))));
  }

  private static Invocation withoutTimes(Invocation invocation) {
    return new Invocation(
        invocation.status(), invocation.out().replaceAll("[0-9.]+ ms", "N ms"), invocation.err());
  }

  @Test
  void theAnswerIsTheSameWithAndWithoutTheParser() throws IOException {
    String firewall = Invocation.example("xdp-firewall/firewall.o");
    assertSameAnswer(firewall);
    assertSameAnswer(firewall, Invocation.example("xdp-firewall/missing-null-check.o"));
    assertSameAnswer(folder.resolve("missing.o").toString());
    assertSameAnswer(folder.toString());
    assertSameAnswer("no\0file.o");
    assertSameAnswer(firewall, "");
  }

  @Test
  void whatAConfigurationSaysHoldsWithoutOptionsToo() throws IOException {
    Path object = folder.resolve("firewall.o");
    Files.copy(Path.of(Invocation.example("xdp-firewall/firewall.o")), object);
    Path configuration = folder.resolve("assay.toml");
    for (String text : List.of(
        "[verify]\nmax-instructions = 1\n",
        "[verify]\nstack-size = 0\n",
        "[verify]\nno-such-option = 1\n",
        "[verify\n")) {
      Files.writeString(configuration, text);
      assertSameAnswer(object.toString());
    }
  }

  /** Calls that name files and nothing else go without the parser. */
  @Test
  void theParserChangesNothingForFilesAlone() throws Exception {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Streams streams = new Streams(InputStream.nullInputStream(), nowhere, nowhere, Terminal.NONE);
    List<String> files = List.of("a.o", "b.o");
    CommandSpec unparsed = CommandSpec.forAnnotatedObject(new VerifyCommand(streams, files));
    CommandLine line = Main.commandLine(streams);
    line.parseArgs(VerifyCommand.NAME, "a.o", "b.o");
    CommandSpec parsed = line.getSubcommands().get(VerifyCommand.NAME).getCommandSpec();
    assertEquals(parsed.args().size(), unparsed.args().size());
    assertTrue(parsed.args().size() > 30);
    for (int i = 0; i < parsed.args().size(); i++) {
      ArgSpec argument = parsed.args().get(i);
      assertEquals(
          argument.getter().<Object>get(),
          unparsed.args().get(i).getter().<Object>get(),
          argument.toString());
    }
  }
}
