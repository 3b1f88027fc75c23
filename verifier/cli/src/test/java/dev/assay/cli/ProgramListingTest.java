package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ReadOptions;
import dev.assay.platform.LinuxPlatform;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramListingTest {

  @Test
  void remaindersAreText() {
    BpfProgram program =
        BpfProgram.of("xdp", "main", Assembler.assemble("w0 %= 7\n r0 s%= r1\n exit"));
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new ProgramListing(LinuxPlatform.load(), out)
        .print(
            new ObjectFile("a.o", ReadOptions.DEFAULT), BpfObject.of(program, List.of()), program);
    out.flush();
    assertTrue(text.toString().contains("w0 %= 7"), text.toString());
    assertTrue(text.toString().contains("r0 s%= r1"), text.toString());
  }
}
