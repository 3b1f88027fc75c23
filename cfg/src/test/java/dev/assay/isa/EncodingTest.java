package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.assay.isa.Instruction.Binary;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EncodingTest {
  @Provide
  Arbitrary<ByteOrder> orders() {
    return Arbitraries.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @Provide
  Arbitrary<EncodedInstruction> encodings() {
    return Instructions.encodings();
  }

  @Provide
  Arbitrary<List<EncodedInstruction>> programs() {
    return Instructions.programs(20);
  }

  @Property(tries = 10_000)
  void encodingUndoesDecoding(
      @ForAll("encodings") EncodedInstruction encoded, @ForAll("orders") ByteOrder order)
      throws MalformedCodeException {
    byte[] bytes = Instructions.bytes(encoded, order);
    Instruction instruction = Decoder.decodeAt(bytes, 0, order);
    assertArrayEquals(bytes, Encoder.encode(instruction, order));
    assertEquals(instruction, Decoder.decodeAt(Encoder.encode(instruction, order), 0, order));
  }

  @Property(tries = 10_000)
  void theByteOrderIsNoPartOfAnInstruction(@ForAll("encodings") EncodedInstruction encoded)
      throws MalformedCodeException {
    assertEquals(
        Decoder.decodeAt(
            Instructions.bytes(encoded, ByteOrder.LITTLE_ENDIAN), 0, ByteOrder.LITTLE_ENDIAN),
        Decoder.decodeAt(
            Instructions.bytes(encoded, ByteOrder.BIG_ENDIAN), 0, ByteOrder.BIG_ENDIAN));
  }

  @Property(tries = 10_000)
  void assemblingUndoesDisassembling(@ForAll("encodings") EncodedInstruction encoded)
      throws MalformedCodeException {
    Instruction instruction = Decoder.decodeAt(
        Instructions.bytes(encoded, ByteOrder.LITTLE_ENDIAN), 0, ByteOrder.LITTLE_ENDIAN);
    assertEquals(Code.of(List.of(instruction)), Assembler.assemble(Disassembler.text(instruction)));
  }

  @Property
  void assemblingUndoesListing(@ForAll("programs") List<EncodedInstruction> encoded)
      throws MalformedCodeException {
    Instruction[] instructions = new Instruction[encoded.size()];
    for (int i = 0; i < instructions.length; i++) {
      instructions[i] = Decoder.decodeAt(
          Instructions.bytes(encoded.get(i), ByteOrder.BIG_ENDIAN), 0, ByteOrder.BIG_ENDIAN);
    }
    Code code = Code.of(List.of(instructions));
    assertEquals(code, Assembler.assemble(Disassembler.listing(code)));
  }

  @Test
  void bytesStandAsTheRfcShowsThem() {
    Code code = Assembler.assemble("r1 += 0x11223344");
    assertEquals("0701000044332211", hex(Encoder.encode(code, ByteOrder.LITTLE_ENDIAN)));
    assertEquals("0710000011223344", hex(Encoder.encode(code, ByteOrder.BIG_ENDIAN)));
  }

  @Test
  void theLowHalfOfA64BitImmediateComesFirst() {
    Code code = Assembler.assemble("r2 = 0x1122334455667788 ll");
    assertEquals(
        "18020000887766550000000044332211", hex(Encoder.encode(code, ByteOrder.LITTLE_ENDIAN)));
    assertEquals(
        "18200000556677880000000011223344", hex(Encoder.encode(code, ByteOrder.BIG_ENDIAN)));
  }

  @Test
  void whatNoRowDefinesHasNoEncoding() {
    Instruction extendedImmediate =
        new Binary(ArithmeticOperator.MOVSX8, Width.W64, Register.R1, Operand.of(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Encoder.encode(extendedImmediate, ByteOrder.BIG_ENDIAN));
    Instruction tooFar = new Instruction.Jump(40_000, false);
    assertThrows(
        IllegalArgumentException.class, () -> Encoder.encode(tooFar, ByteOrder.BIG_ENDIAN));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
