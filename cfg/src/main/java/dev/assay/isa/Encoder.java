package dev.assay.isa;

import java.nio.ByteOrder;

/** Instructions to bytes, by the {@link InstructionRegistry}. */
public final class Encoder {
  private Encoder() {}

  /**
   * The bytes of {@code code}, 8 a slot.
   *
   * @throws IllegalArgumentException if an instruction has no encoding
   */
  public static byte[] encode(Code code, ByteOrder order) {
    byte[] bytes = new byte[code.size() * EncodedInstruction.SLOT_BYTES];
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        write(code.at(slot), bytes, slot, order);
      }
    }
    return bytes;
  }

  /**
   * The 8 or 16 bytes of {@code instruction}.
   *
   * @throws IllegalArgumentException if it has no encoding, such as a sign-extending move of an immediate
   */
  public static byte[] encode(Instruction instruction, ByteOrder order) {
    byte[] bytes = new byte[instruction.slots() * EncodedInstruction.SLOT_BYTES];
    write(instruction, bytes, 0, order);
    return bytes;
  }

  private static void write(Instruction instruction, byte[] bytes, int slot, ByteOrder order) {
    RegistryRow row = InstructionRegistry.standard()
        .row(instruction)
        .orElseThrow(() -> new IllegalArgumentException("there is no encoding for " + instruction));
    Operands operands = operands(instruction);
    EncodedInstruction encoded = new EncodedInstruction(
        row.opcode(),
        row.destination().fill(operands.destination()),
        row.source().fill(operands.source()),
        row.offset().fill(operands.offset()),
        row.immediate().fill(operands.immediate()),
        operands.nextImmediate());
    int at = slot * EncodedInstruction.SLOT_BYTES;
    encoded.write(bytes, at, order);
    if (instruction.slots() == 2) {
      encoded.writeNext(bytes, at + EncodedInstruction.SLOT_BYTES, order);
    }
  }

  /** The fields that an instruction fills; 0 those that it does not, or that its row fixes. */
  private record Operands(
      int destination, int source, int offset, int immediate, int nextImmediate) {
    static final Operands NONE = new Operands(0, 0, 0, 0, 0);

    Operands destination(Register register) {
      return new Operands(register.number(), source, offset, immediate, nextImmediate);
    }

    Operands source(Register register) {
      return new Operands(destination, register.number(), offset, immediate, nextImmediate);
    }

    Operands source(Operand operand) {
      return switch (operand) {
        case Operand.OfRegister(Register register) -> source(register);
        case Operand.OfImmediate(int value) -> immediate(value);
      };
    }

    Operands offset(int value) {
      return new Operands(destination, source, value, immediate, nextImmediate);
    }

    Operands immediate(int value) {
      return new Operands(destination, source, offset, value, nextImmediate);
    }

    Operands nextImmediate(int value) {
      return new Operands(destination, source, offset, immediate, value);
    }
  }

  private static Operands operands(Instruction instruction) {
    Operands none = Operands.NONE;
    return switch (instruction) {
      case Instruction.Binary i -> none.destination(i.destination()).source(i.source());
      case Instruction.Negate i -> none.destination(i.destination());
      case Instruction.ByteSwap i -> none.destination(i.destination());
      case Instruction.LoadImmediate i -> wide(i.immediate()).destination(i.destination());
      case Instruction.Load i ->
        none.destination(i.destination()).source(i.base()).offset(i.offset());
      case Instruction.Store i -> none.destination(i.base()).source(i.source()).offset(i.offset());
      case Instruction.Atomic i -> none.destination(i.base()).source(i.source()).offset(i.offset());
      case Instruction.LoadPacketAbsolute i -> none.immediate(i.offset());
      case Instruction.LoadPacketIndirect i -> none.source(i.source()).immediate(i.offset());
      case Instruction.Jump i ->
        i.wide() ? none.immediate(i.offset()) : none.offset(shortOffset(i));
      case Instruction.ConditionalJump i ->
        none.destination(i.left()).source(i.right()).offset(i.offset());
      case Instruction.CallHelper i -> none.immediate(i.helper());
      case Instruction.CallLocal i -> none.immediate(i.offset());
      case Instruction.CallBtf i -> none.immediate(i.id()).offset(i.module());
      case Instruction.CallRegister i -> none.destination(i.target());
      case Instruction.Exit _ -> none;
      case Instruction.MayGoto i -> none.offset(i.offset());
      case Instruction.AddressSpaceCast i ->
        none.destination(i.destination())
            .source(i.source())
            .immediate(i.toSpace() << 16 | i.fromSpace());
    };
  }

  private static Operands wide(WideImmediate immediate) {
    Operands none = Operands.NONE;
    return switch (immediate) {
      case WideImmediate.Constant(long value) ->
        none.immediate((int) value).nextImmediate((int) (value >> 32));
      case WideImmediate.MapByFd(int fd) -> none.immediate(fd);
      case WideImmediate.MapValueByFd(int fd, int offset) ->
        none.immediate(fd).nextImmediate(offset);
      case WideImmediate.VariableAddress(int variable) -> none.immediate(variable);
      case WideImmediate.CodeAddress(int offset) -> none.immediate(offset);
      case WideImmediate.MapByIndex(int index) -> none.immediate(index);
      case WideImmediate.MapValueByIndex(int index, int offset) ->
        none.immediate(index).nextImmediate(offset);
    };
  }

  private static int shortOffset(Instruction.Jump jump) {
    if ((short) jump.offset() != jump.offset()) {
      throw new IllegalArgumentException("the offset does not fit 16 bits: " + jump);
    }
    return jump.offset();
  }
}
