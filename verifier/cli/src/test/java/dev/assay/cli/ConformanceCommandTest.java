package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.isa.Encoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceCommandTest {
  private static final String LOAD = "r0 = *(u32 *)(r1 + 0)\n exit";
  private static final String CALL_THROUGH_A_REGISTER = """
      r1 = code_addr(+3) ll
      callx r1
      exit
      r0 = 7
      exit
      """;

  private static String hex(String assembly) {
    byte[] bytes = Encoder.encode(Assembler.assemble(assembly), ByteOrder.LITTLE_ENDIAN);
    return HexFormat.of().withSuffix("  ").formatHex(bytes);
  }

  @Test
  void memoryComesAsTheClientWritesItAndTheResultIsHexadecimal() {
    Invocation call = Invocation.on(hex(LOAD) + "\n", "conformance", "0d  0c  0b  0a  ", "");
    assertEquals("a0b0c0d\n", call.out(), call.err());
    assertEquals(0, call.status());
    assertEquals("", call.err());
  }

  @Test
  void withoutMemoryBothArgumentsAreZero() {
    String sum = hex("r0 = r1\n r0 += r2\n r0 += -1\n exit");
    for (String[] arguments :
        new String[][] {{"conformance"}, {"conformance", ""}, {"conformance", "", ""}}) {
      assertEquals("ffffffffffffffff\n", Invocation.on(sum, arguments).out());
    }
  }

  @Test
  void theProgramMayBeAnArgument() {
    assertEquals(
        "2\n", Invocation.of("conformance", "--program", hex("r0 = 2\n exit")).out());
  }

  @Test
  void anObjectIsReadAsOne() throws IOException {
    String path = Invocation.example("xdp-firewall/firewall.o");
    String object = HexFormat.of().formatHex(Files.readAllBytes(Path.of(path)));
    Invocation call = Invocation.on(object, "conformance", "--elf", "--debug", "00");
    assertTrue(call.err().contains("firewall"), call.err());
    assertTrue(call.isTidy());
  }

  @Test
  void whatIsRejectedRunsOnRequestOnly() {
    Invocation refused = Invocation.on(hex(LOAD), "conformance", "01 02 03");
    assertEquals(1, refused.status());
    assertEquals("", refused.out());
    assertTrue(refused.err().contains("memory-bounds"), refused.err());
    assertTrue(refused.err().contains("--unverified"), refused.err());
    Invocation faulted = Invocation.on(hex(LOAD), "conformance", "01 02 03", "--unverified");
    assertEquals(1, faulted.status());
    assertTrue(faulted.err().contains("slot 0"), faulted.err());
    String loop = hex("r0 = *(u8 *)(r1 + 0)\n if r0 != 0 goto -2\n exit");
    assertEquals(1, Invocation.on(loop, "conformance", "00").status());
    assertEquals("0\n", Invocation.on(loop, "conformance", "00", "--unverified").out());
  }

  @Test
  void callsThroughRegistersAreOffUnlessAskedFor() {
    Invocation off = Invocation.on(hex(CALL_THROUGH_A_REGISTER), "conformance");
    assertTrue(off.err().contains("conformance group callx"), off.err());
    Invocation on =
        Invocation.on(hex(CALL_THROUGH_A_REGISTER), "conformance", "--groups", "default,callx");
    assertEquals("7\n", on.out(), on.err());
  }

  @Test
  void aFindingSaysThatPacketAccessIsDeprecated() {
    Invocation call = Invocation.on(hex("r6 = r1\n r0 = *(u8 *)skb[0]\n exit"), "conformance");
    assertEquals(1, call.status());
    assertTrue(call.err().contains("conformance group packet, deprecated by RFC 9669"), call.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0   | b7 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00 | MEMORY: "0" has an odd number of digits
      xyz | b7 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00 | MEMORY: "xyz" is not hexadecimal
      00  | b7 00                                           | the program cannot be decoded
      00  | ff 00 00 00 00 00 00 00                         | the program cannot be decoded
      00  | ''                                              | there is no program
      """)
  void badInputIsNamed(String memory, String program, String message) {
    Invocation call = Invocation.on(program, "conformance", memory);
    assertEquals(2, call.status());
    assertTrue(call.err().startsWith("assay: " + message), call.err());
    assertTrue(call.isTidy());
  }
}
