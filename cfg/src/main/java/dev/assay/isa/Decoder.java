package dev.assay.isa;

import static java.util.stream.Collectors.joining;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Bytes to instructions, by the {@link InstructionRegistry}: a slot is the instruction of the first row that
 * matches its fields, and malformed if none does.
 */
public final class Decoder {
  /** A field of an instruction, with what rows say of it. */
  private record Field(
      String name,
      ToIntFunction<EncodedInstruction> value,
      Function<RegistryRow, FieldPattern> pattern) {}

  private static final List<Field> FIELDS = List.of(
      new Field("src_reg", EncodedInstruction::source, RegistryRow::source),
      new Field("offset", EncodedInstruction::offset, RegistryRow::offset),
      new Field("imm", EncodedInstruction::immediate, RegistryRow::immediate),
      new Field("dst_reg", EncodedInstruction::destination, RegistryRow::destination));

  private final byte[] bytes;
  private final ByteOrder order;

  private Decoder(byte[] bytes, ByteOrder order) {
    this.bytes = bytes;
    this.order = order;
  }

  /**
   * Decodes code and checks that every jump, local call and code address leads to the start of an instruction. That
   * control does not run past the end is not checked here: see {@link CodeStructure#check}.
   *
   * @throws MalformedCodeException for the first thing that is wrong
   */
  public static Code decode(byte[] bytes, ByteOrder order) throws MalformedCodeException {
    Decoder decoder = new Decoder(bytes, order);
    List<Instruction> instructions = new ArrayList<>(bytes.length / EncodedInstruction.SLOT_BYTES);
    int slot = 0;
    while (slot * (long) EncodedInstruction.SLOT_BYTES < bytes.length) {
      Instruction instruction = decoder.at(slot);
      instructions.add(instruction);
      slot += instruction.slots();
    }
    Code code = Code.of(instructions);
    CodeStructure.checkTargets(code, order);
    return code;
  }

  /**
   * Decodes the instruction that starts at {@code slot}, without regard to where it jumps.
   *
   * @throws MalformedCodeException if it is not an instruction
   */
  public static Instruction decodeAt(byte[] bytes, int slot, ByteOrder order)
      throws MalformedCodeException {
    return new Decoder(bytes, order).at(slot);
  }

  private Instruction at(int slot) throws MalformedCodeException {
    EncodedInstruction encoded = read(slot);
    RegistryRow row = row(slot, encoded);
    if (row.nextImmediate().isPresent()) {
      encoded =
          encoded.withNextImmediate(nextImmediate(slot + 1, row.nextImmediate().get()));
    }
    checkRegister(slot, "dst_reg", row.destination(), encoded.destination());
    checkRegister(slot, "src_reg", row.source(), encoded.source());
    Instruction instruction = instruction(slot, row.operation(), encoded);
    if (FramePointer.isWrittenBy(instruction)) {
      throw malformed(slot, "writes to r10, which is read-only");
    }
    return instruction;
  }

  private EncodedInstruction read(int slot) throws MalformedCodeException {
    int at = slot * EncodedInstruction.SLOT_BYTES;
    int left = bytes.length - at;
    if (left < EncodedInstruction.SLOT_BYTES) {
      throw malformed(slot, "the code is truncated: " + left + " of 8 bytes");
    }
    return EncodedInstruction.read(bytes, at, order);
  }

  private RegistryRow row(int slot, EncodedInstruction encoded) throws MalformedCodeException {
    List<RegistryRow> rows = InstructionRegistry.standard().rows(encoded.opcode());
    for (RegistryRow row : rows) {
      if (row.matches(encoded)) {
        return row;
      }
    }
    throw malformed(
        slot,
        ForeignInstruction.of(encoded)
            .map(ForeignInstruction::message)
            .orElseGet(() -> mismatch(rows, encoded)));
  }

  /** Why no row matches: the first field that rules out all rows that the fields before it left. */
  private static String mismatch(List<RegistryRow> rows, EncodedInstruction encoded) {
    String opcode = "opcode 0x%02x".formatted(encoded.opcode());
    List<RegistryRow> left = rows;
    for (Field field : FIELDS) {
      int value = field.value().applyAsInt(encoded);
      List<RegistryRow> fitting =
          left.stream().filter(row -> field.pattern().apply(row).matches(value)).toList();
      if (fitting.isEmpty() && !left.isEmpty()) {
        String allowed = left.stream()
            .map(row -> field.pattern().apply(row).toString())
            .distinct()
            .collect(joining(" or "));
        return field.name() + " is " + value + "; for " + opcode + " it must be " + allowed;
      }
      left = fitting;
    }
    return opcode + " is undefined";
  }

  private int nextImmediate(int slot, FieldPattern pattern) throws MalformedCodeException {
    if (slot * (long) EncodedInstruction.SLOT_BYTES >= bytes.length) {
      throw malformed(slot - 1, "the code ends in the middle of a 64-bit immediate");
    }
    EncodedInstruction next = read(slot);
    boolean reservedAreZero =
        next.opcode() == 0 && next.destination() == 0 && next.source() == 0 && next.offset() == 0;
    if (!reservedAreZero) {
      throw malformed(slot, "in the second slot of a 64-bit immediate, all but its imm must be 0");
    }
    if (!pattern.matches(next.immediate())) {
      throw malformed(
          slot,
          "next_imm is " + next.immediate() + "; for this kind of 64-bit immediate it must be "
              + pattern);
    }
    return next.immediate();
  }

  private void checkRegister(int slot, String field, FieldPattern pattern, int value)
      throws MalformedCodeException {
    if (pattern instanceof FieldPattern.Any && value >= Register.COUNT) {
      throw malformed(slot, field + " is " + value + "; there are only r0 to r10");
    }
  }

  private Instruction instruction(int slot, Operation operation, EncodedInstruction encoded)
      throws MalformedCodeException {
    int immediate = encoded.immediate();
    short offset = (short) encoded.offset();
    return switch (operation) {
      case Operation.Binary(ArithmeticOperator operator, Width width, Operation.Source source) ->
        new Instruction.Binary(operator, width, destination(encoded), operand(source, encoded));
      case Operation.Negate(Width width) -> new Instruction.Negate(width, destination(encoded));
      case Operation.ByteSwap(ByteOrderConversion conversion, int bits) ->
        new Instruction.ByteSwap(conversion, bits, destination(encoded));
      case Operation.LoadImmediate(Operation.WideKind kind) ->
        new Instruction.LoadImmediate(destination(encoded), wideImmediate(kind, encoded));
      case Operation.SecondSlot _ ->
        throw malformed(slot, "the second slot of a 64-bit immediate without its first");
      case Operation.Load(AccessSize size, boolean signed) ->
        new Instruction.Load(destination(encoded), source(encoded), offset, size, signed);
      case Operation.Store(AccessSize size, Operation.Source source) ->
        new Instruction.Store(destination(encoded), offset, size, operand(source, encoded));
      case Operation.Atomic(AtomicOperator operator, Width width, boolean fetch) ->
        new Instruction.Atomic(
            operator, fetch, width, destination(encoded), offset, source(encoded));
      case Operation.LoadPacketAbsolute(AccessSize size) ->
        new Instruction.LoadPacketAbsolute(size, immediate);
      case Operation.LoadPacketIndirect(AccessSize size) ->
        new Instruction.LoadPacketIndirect(size, source(encoded), immediate);
      case Operation.Jump(boolean wide) -> new Instruction.Jump(wide ? immediate : offset, wide);
      case Operation.ConditionalJump(Comparison comparison, Width width, Operation.Source source) ->
        new Instruction.ConditionalJump(
            comparison, width, destination(encoded), operand(source, encoded), offset);
      case Operation.CallHelper _ -> new Instruction.CallHelper(immediate);
      case Operation.CallLocal _ -> new Instruction.CallLocal(immediate);
      case Operation.CallBtf _ -> new Instruction.CallBtf(immediate, offset);
      case Operation.CallRegister(boolean inImmediate) -> {
        if (inImmediate && (immediate < 0 || immediate >= Register.COUNT)) {
          throw malformed(slot, "imm is " + immediate + "; there are only r0 to r10");
        }
        yield new Instruction.CallRegister(
            inImmediate ? Register.of(immediate) : destination(encoded));
      }
      case Operation.Exit _ -> new Instruction.Exit();
      case Operation.MayGoto _ -> new Instruction.MayGoto(offset);
      case Operation.AddressSpaceCast _ ->
        new Instruction.AddressSpaceCast(
            destination(encoded), source(encoded), immediate >>> 16, immediate & 0xffff);
    };
  }

  private static WideImmediate wideImmediate(Operation.WideKind kind, EncodedInstruction encoded) {
    int immediate = encoded.immediate();
    int next = encoded.nextImmediate();
    return switch (kind) {
      case CONSTANT ->
        new WideImmediate.Constant((long) next << 32 | Integer.toUnsignedLong(immediate));
      case MAP_BY_FD -> new WideImmediate.MapByFd(immediate);
      case MAP_VALUE_BY_FD -> new WideImmediate.MapValueByFd(immediate, next);
      case VARIABLE_ADDRESS -> new WideImmediate.VariableAddress(immediate);
      case CODE_ADDRESS -> new WideImmediate.CodeAddress(immediate);
      case MAP_BY_INDEX -> new WideImmediate.MapByIndex(immediate);
      case MAP_VALUE_BY_INDEX -> new WideImmediate.MapValueByIndex(immediate, next);
    };
  }

  private static Register destination(EncodedInstruction encoded) {
    return Register.of(encoded.destination());
  }

  private static Register source(EncodedInstruction encoded) {
    return Register.of(encoded.source());
  }

  private static Operand operand(Operation.Source source, EncodedInstruction encoded) {
    return switch (source) {
      case REGISTER -> Operand.of(source(encoded));
      case IMMEDIATE -> Operand.of(encoded.immediate());
    };
  }

  private MalformedCodeException malformed(int slot, String reason) {
    int at = slot * EncodedInstruction.SLOT_BYTES;
    int end = Math.min(bytes.length, at + EncodedInstruction.SLOT_BYTES);
    return new MalformedCodeException(slot, Arrays.copyOfRange(bytes, at, end), reason);
  }
}
