package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class VerifyCommandTest {
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
