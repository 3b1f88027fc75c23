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
  void theMemoryMayBeAPacket() {
    String first = hex("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r0 = 0
        r1 = r2
        r1 += 2
        if r1 > r3 goto +1
        r0 = *(u16 *)(r2 + 0)
        exit
        """);
    assertEquals("c0d\n", Invocation.on(first, "conformance", "0d  0c", "--xdp").out());
    assertEquals("0\n", Invocation.on(first, "conformance", "--xdp").out());
    assertEquals(1, Invocation.on(first, "conformance", "0d  0c").status());
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
      default,-divmul32 | w0 = 6;w1 = 2;w0 s/= w1;exit                       | the host supports divmul32 (if it does: --groups default,-divmul64); or use shifts, masks and sums instead of
      default,-divmul64 | r0 = 6;r0 *= 2;exit                                | the host supports divmul64 (if it does: --groups default); or multiply and divide 32-bit numbers, unsigned with -mcpu=v3
      default,-atomic32 | r1 = 0;*(u32 *)(r10 - 4) = 0;w0 = 1;w0 = atomic_fetch_add((u32 *)(r10 - 4), w0);exit | the host supports atomic32 (if it does: --groups default,-atomic64); or count in a per-CPU map, or under a bpf_spin_lock
      default,-atomic32 | r0 = 0;*(u64 *)(r10 - 8) = r0;lock *(u64 *)(r10 - 8) += r0;exit | or count in a per-CPU map
      default,-atomic64 | r0 = 0;*(u64 *)(r10 - 8) = r0;lock *(u64 *)(r10 - 8) += r0;exit | the host supports atomic64 (if it does: --groups default); or use 32-bit counters, with -mcpu=v3
      base32            | r0 = 0;exit                                        | the host supports base64 (if it does: --groups base64); or write assembly on 32-bit numbers
      default           | r1 = code_addr(+3) ll;callx r1;exit;r0 = 7;exit    | the host supports callx (if it does: --groups default,callx); or call functions by name
      base64            | r1 = code_addr(+3) ll;callx r1;exit;r0 = 7;exit    | the host supports callx (if it does: --groups base64,callx)
      default,-may_goto | may_goto +0;r0 = 0;exit                            | the host supports may_goto (if it does: --groups default); or count the loop
      default           | r6 = r1;r0 = *(u8 *)skb[0];exit                    | another program type: syscall has no legacy packet access; or load with bpf_skb_load_bytes
      """)
  void aMissingGroupHasARemedyThatIsTrue(String groups, String program, String remedy) {
    Invocation call =
        Invocation.on(hex(program.replace(';', '\n')), "conformance", "--groups", groups);
    assertEquals(1, call.status());
    assertTrue(call.err().contains(remedy), call.err());
  }

  @Test
  void whatIsNoProgramIsNotEchoed() {
    Invocation elf = Invocation.on("\u007fELF\u0002\u0001", "conformance");
    assertEquals(2, elf.status());
    assertTrue(elf.err().contains("hexadecimal digits, for example with xxd -p"), elf.err());
    Invocation noise = Invocation.on("00 \u001b[31m".repeat(100_000), "conformance");
    assertEquals(
        "assay: the program: \"\\x1b\", character 4, is not hexadecimal, such as 0a000001",
        noise.err().strip());
  }

  @Test
  void whatCannotBeAnalysedIsBadInput() {
    Invocation call = Invocation.on(hex("r0 = 0"), "conformance");
    assertEquals(2, call.status(), call.err());
    assertTrue(call.err().contains("error"), call.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0   | b7 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00 | MEMORY: has an odd number of digits, 1; a byte has two
      xyz | b7 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00 | MEMORY: "x", character 1, is not hexadecimal
      00  | b7 00 zz                                        | the program: "z", character 7, is not hexadecimal
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
