package dev.assay.fuzz;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Decoder;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Encoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.MalformedCodeException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The decoder: bytes are refused with a reason, or are code that encodes to the same bytes and that reads back from its
 * text.
 */
public final class CodeTarget {
  private static final List<ByteOrder> ORDERS =
      List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

  private CodeTarget() {}

  /** What a fuzzer calls first. */
  public static void fuzzerInitialize() {
    Target.CODE.warmUp();
  }

  /** Decodes bytes in both orders: together, and if that fails slot by slot. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    for (ByteOrder order : ORDERS) {
      try {
        check(bytes, Decoder.decode(bytes, order), order);
      } catch (MalformedCodeException e) {
        Expect.reason(e.getMessage());
        slotBySlot(bytes, order);
      }
    }
  }

  private static void check(byte[] bytes, Code code, ByteOrder order)
      throws MalformedCodeException {
    byte[] encoded = Encoder.encode(code, order);
    Expect.that(
        Arrays.equals(bytes, encoded) || callsARegister(code.instructions()),
        "other bytes encode the code");
    Expect.that(code.equals(Decoder.decode(encoded, order)), "the encoding means other code");
    String listing = Disassembler.listing(code);
    Expect.that(code.equals(Assembler.assemble(listing)), "the listing means other code");
    CodeStructure.check(code, order);
  }

  /** {@code callx} is decoded from two encodings, which name the register in different fields. */
  private static boolean callsARegister(List<Instruction> instructions) {
    return instructions.stream().anyMatch(Instruction.CallRegister.class::isInstance);
  }

  private static void slotBySlot(byte[] bytes, ByteOrder order) {
    for (int slot = 0; slot < bytes.length / 8; slot++) {
      try {
        Instruction instruction = Decoder.decodeAt(bytes, slot, order);
        CodeStructure.target(instruction, slot);
        check(bytes, slot, instruction, order);
      } catch (MalformedCodeException e) {
        Expect.reason(e.getMessage());
      }
    }
  }

  private static void check(byte[] bytes, int slot, Instruction instruction, ByteOrder order)
      throws MalformedCodeException {
    byte[] same = Arrays.copyOfRange(bytes, 8 * slot, 8 * (slot + instruction.slots()));
    byte[] encoded = Encoder.encode(instruction, order);
    Expect.that(
        Arrays.equals(same, encoded) || callsARegister(List.of(instruction)),
        "other bytes encode " + instruction);
    Expect.that(
        instruction.equals(Decoder.decodeAt(encoded, 0, order)),
        "the encoding means another instruction than " + instruction);
    String text = Disassembler.text(instruction);
    Expect.that(
        Assembler.assemble(text).at(0).equals(instruction),
        "the text means another instruction: " + text);
  }
}
