package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Instruction.CallRegister;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
  private static final String EXIT = " 95 00 0000 00000000";

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ff 00 0000 00000000 | slot 0 (ff 00 00 00 00 00 00 00): opcode 0xff is undefined
      07 51 0000 00000000 | slot 0 (07 51 00 00 00 00 00 00): src_reg is 5; for opcode 0x07 it must be 0
      07 01 0100 00000000 | slot 0 (07 01 01 00 00 00 00 00): offset is 1; for opcode 0x07 it must be 0
      0f 21 0000 01000000 | slot 0 (0f 21 00 00 01 00 00 00): imm is 1; for opcode 0x0f it must be 0
      05 01 0000 00000000 | slot 0 (05 01 00 00 00 00 00 00): dst_reg is 1; for opcode 0x05 it must be 0
      37 01 0200 07000000 | slot 0 (37 01 02 00 07 00 00 00): offset is 2; for opcode 0x37 it must be 0 or 1
      d4 01 0000 08000000 | slot 0 (d4 01 00 00 08 00 00 00): imm is 8; for opcode 0xd4 it must be 16 or 32 or 64
      85 30 0000 00000000 | slot 0 (85 30 00 00 00 00 00 00): src_reg is 3; for opcode 0x85 it must be 0 or 1 or 2
      0f 1b 0000 00000000 | slot 0 (0f 1b 00 00 00 00 00 00): dst_reg is 11; there are only r0 to r10
      61 f1 0000 00000000 | slot 0 (61 f1 00 00 00 00 00 00): src_reg is 15; there are only r0 to r10
      8d 00 0000 0b000000 | slot 0 (8d 00 00 00 0b 00 00 00): imm is 11; there are only r0 to r10
      b7 0a 0000 00000000 | slot 0 (b7 0a 00 00 00 00 00 00): writes to r10, which is read-only
      79 1a 0000 00000000 | slot 0 (79 1a 00 00 00 00 00 00): writes to r10, which is read-only
      db a1 0000 01000000 | slot 0 (db a1 00 00 01 00 00 00): writes to r10, which is read-only
      18 01 0000 00000000 | slot 0 (18 01 00 00 00 00 00 00): the code ends in the middle of a 64-bit immediate
      18 71 0000 00000000 | slot 0 (18 71 00 00 00 00 00 00): src_reg is 7; for opcode 0x18 it must be 0 or 1 or 2 or 3 or 4 or 5 or 6
      00 00 0000 00000000 | slot 0 (00 00 00 00 00 00 00 00): the second slot of a 64-bit immediate without its first
      db 21 0000 00010000 | slot 0 (db 21 00 00 00 01 00 00): load_acquire, an instruction outside RFC 9669 (Linux 6.15, LLVM 20 with -mcpu=v4) that Assay does not know; use __sync_fetch_and_add(p, 0) instead
      cb 21 0000 10010000 | slot 0 (cb 21 00 00 10 01 00 00): store_release, an instruction outside RFC 9669 (Linux 6.15, LLVM 20 with -mcpu=v4) that Assay does not know; use __sync_lock_test_and_set(p, value) on 32 or 64 bits instead
      cb 21 0000 00000000 | slot 0 (cb 21 00 00 00 00 00 00): opcode 0xcb is undefined
      b7 00 0000 000000   | slot 0 (b7 00 00 00 00 00 00): the code is truncated: 7 of 8 bytes
      """)
  void saysWhyASlotIsNoInstruction(String hex, String message) {
    assertEquals(message, error(hex).getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      01 00 0000 00000000 | in the second slot of a 64-bit immediate, all but its imm must be 0
      00 10 0000 00000000 | in the second slot of a 64-bit immediate, all but its imm must be 0
      00 00 0001 00000000 | in the second slot of a 64-bit immediate, all but its imm must be 0
      00 00 0000 01000000 | next_imm is 1; for this kind of 64-bit immediate it must be 0
      00 00 0000          | the code is truncated: 4 of 8 bytes
      """)
  void saysWhatIsWrongWithASecondSlot(String second, String reason) {
    String mapByFd = "18 11 0000 03000000";
    MalformedCodeException error = error(mapByFd + second);
    assertEquals(1, error.slot());
    assertEquals(reason, error.reason());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      05 00 0500 00000000 | leads to slot 6, outside the code (slots 0 to 3)
      05 00 feff 00000000 | leads to slot -1, outside the code (slots 0 to 3)
      05 00 0100 00000000 | leads to slot 2, the middle of a 64-bit immediate
      15 01 0100 00000000 | leads to slot 2, the middle of a 64-bit immediate
      06 00 0000 ffffff7f | leads to slot -2147483648, outside the code (slots 0 to 3)
      85 10 0000 01000000 | leads to slot 2, the middle of a 64-bit immediate
      e5 00 0300 00000000 | leads to slot 4, outside the code (slots 0 to 3)
      """)
  void refusesTargetsThatAreNoInstruction(String jump, String reason) {
    MalformedCodeException error = error(jump + " 18 01 0000 00000000 00 00 0000 00000000" + EXIT);
    assertEquals(0, error.slot());
    assertEquals(reason, error.reason());
    assertEquals(jump.replace(" ", ""), error.bytes().replace(" ", ""));
  }

  @Test
  void refusesAnAddressOfNoInstruction() {
    MalformedCodeException error = error("18 41 0000 00000000 00 00 0000 00000000" + EXIT);
    assertEquals("leads to slot 1, the middle of a 64-bit immediate", error.reason());
  }

  @Test
  void aSingleInstructionMayJumpAnywhere() throws MalformedCodeException {
    byte[] bytes = bytes("85 10 0000 ffffffff" + EXIT);
    assertEquals(
        new Instruction.CallLocal(-1), Decoder.decodeAt(bytes, 0, ByteOrder.LITTLE_ENDIAN));
    assertEquals(new Instruction.Exit(), Decoder.decodeAt(bytes, 1, ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  void readsTheRegisterOfCallxWhereOldCompilersPutIt() throws MalformedCodeException {
    assertEquals(new CallRegister(Register.R3), decodeOne("8d 03 0000 00000000"));
    assertEquals(new CallRegister(Register.R3), decodeOne("8d 00 0000 03000000"));
    assertEquals(new CallRegister(Register.R0), decodeOne("8d 00 0000 00000000"));
  }

  @Test
  void comparingAndExchangingOnlyReadsItsSource() throws MalformedCodeException {
    assertEquals(
        Assembler.assemble("r0 = cmpxchg_64(r1 + 0, r0, r10)").at(0),
        decodeOne("db a1 0000 f1000000"));
  }

  @Test
  void theFirstErrorIsTheOneReported() {
    assertEquals(
        1, error("b7 00 0000 00000000 ff 00 0000 00000000 fe 00 0000 00000000").slot());
  }

  @Test
  void noCodeIsCode() throws MalformedCodeException {
    assertEquals(0, Decoder.decode(new byte[0], ByteOrder.LITTLE_ENDIAN).size());
  }

  @Property(tries = 20_000)
  void bytesAreCodeOrMalformed(@ForAll("noise") byte[] bytes, @ForAll("orders") ByteOrder order) {
    decodesOrExplains(bytes, order);
  }

  /** Random bytes seldom come past the first slot; these do. */
  @Property(tries = 20_000)
  void damagedCodeIsCodeOrMalformed(
      @ForAll("code") byte[] bytes,
      @ForAll int place,
      @ForAll byte value,
      @ForAll("orders") ByteOrder order) {
    if (bytes.length > 0) {
      bytes[Math.floorMod(place, bytes.length)] = value;
    }
    decodesOrExplains(bytes, order);
  }

  @Provide
  Arbitrary<ByteOrder> orders() {
    return Arbitraries.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @Provide
  Arbitrary<byte[]> noise() {
    return Arbitraries.randomValue(random -> {
      byte[] bytes = new byte[random.nextInt(65)];
      random.nextBytes(bytes);
      return bytes;
    });
  }

  @Provide
  Arbitrary<byte[]> code() {
    return Instructions.programs(8).map(program -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      program.forEach(
          encoded -> bytes.writeBytes(Instructions.bytes(encoded, ByteOrder.LITTLE_ENDIAN)));
      return bytes.toByteArray();
    });
  }

  private static void decodesOrExplains(byte[] bytes, ByteOrder order) {
    try {
      Code code = Decoder.decode(bytes, order);
      assertEquals(bytes.length, 8 * code.size());
    } catch (MalformedCodeException e) {
      assertTrue(
          e.slot() >= 0 && 8 * e.slot() < bytes.length, () -> "no such slot: " + e.getMessage());
    }
  }

  private static Instruction decodeOne(String hex) throws MalformedCodeException {
    return Decoder.decodeAt(bytes(hex), 0, ByteOrder.LITTLE_ENDIAN);
  }

  private static MalformedCodeException error(String hex) {
    return assertThrows(
        MalformedCodeException.class, () -> Decoder.decode(bytes(hex), ByteOrder.LITTLE_ENDIAN));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
