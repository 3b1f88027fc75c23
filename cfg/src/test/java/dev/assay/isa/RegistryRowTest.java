package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the registry: decoded, encoded, printed, read back, and computed as its text says. */
class RegistryRowTest {
  static final List<RegistryRow> WRITTEN_ROWS = Instructions.WRITTEN_ROWS;

  @ParameterizedTest
  @FieldSource("WRITTEN_ROWS")
  void aRowIsDecodedAndEncoded(RegistryRow row) throws MalformedCodeException {
    for (EncodedInstruction encoded : samples(row)) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        byte[] bytes = Instructions.bytes(encoded, order);
        Instruction instruction = Decoder.decodeAt(bytes, 0, order);
        assertEquals(row.operation(), Operation.of(instruction));
        assertEquals(row, InstructionRegistry.standard().row(instruction).orElseThrow());
        assertArrayEquals(bytes, Encoder.encode(instruction, order));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("WRITTEN_ROWS")
  void aRowIsPrintedAndReadBack(RegistryRow row) throws MalformedCodeException {
    for (EncodedInstruction encoded : samples(row)) {
      Instruction instruction = decode(encoded);
      String text = Disassembler.text(instruction);
      assertEquals(List.of(instruction), Assembler.assemble(text).instructions(), text);
    }
  }

  @ParameterizedTest
  @FieldSource("WRITTEN_ROWS")
  void aFixedFieldWithAnotherValueIsAnotherRowOrNone(RegistryRow row) {
    EncodedInstruction encoded = samples(row).getFirst();
    for (int field = 0; field < 4; field++) {
      FieldPattern pattern = List.of(row.destination(), row.source(), row.offset(), row.immediate())
          .get(field);
      if (pattern instanceof FieldPattern.Fixed) {
        EncodedInstruction changed = change(encoded, field);
        try {
          assertTrue(!row.operation().equals(Operation.of(decode(changed))), changed::toString);
        } catch (MalformedCodeException e) {
          assertTrue(e.reason().contains(" is "), e.reason());
        }
      }
    }
  }

  static List<RegistryRow> rowsThatCompute() {
    return WRITTEN_ROWS.stream().filter(RegistryRowTest::computes).toList();
  }

  /** Whether what the instruction does is a matter of numbers, not of the host. */
  private static boolean computes(RegistryRow row) {
    return switch (row.operation()) {
      case Operation.Binary _, Operation.Negate _, Operation.ByteSwap _ -> true;
      case Operation.Load _, Operation.Store _, Operation.Atomic _ -> true;
      case Operation.Jump _, Operation.ConditionalJump _ -> true;
      case Operation.LoadImmediate(Operation.WideKind kind) -> kind == Operation.WideKind.CONSTANT;
      case Operation.SecondSlot _, Operation.LoadPacketAbsolute _, Operation.LoadPacketIndirect _ ->
        false;
      case Operation.CallHelper _,
          Operation.CallLocal _,
          Operation.CallBtf _,
          Operation.CallRegister _ -> false;
      case Operation.Exit _, Operation.MayGoto _, Operation.AddressSpaceCast _ -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("rowsThatCompute")
  void aRowComputesWhatItsTextSays(RegistryRow row) throws MalformedCodeException {
    Random random = new Random(row.hashCode());
    for (int i = 0; i < 500; i++) {
      EncodedInstruction encoded = Instructions.encoding(
          row, 1, 2, random.nextInt(-32768, 32768), (int) number(random), random.nextInt());
      Meaning.Machine told = machine(encoded, random);
      Meaning.Machine done = copy(told);
      Meaning.execute(row.text(), told);
      execute(decode(encoded), done);
      assertEquals(told.dst, done.dst, row.text());
      assertEquals(told.src, done.src, row.text());
      assertEquals(told.r0, done.r0, row.text());
      assertEquals(told.memory, done.memory, row.text());
      assertEquals(told.address, done.address, row.text());
      assertEquals(told.jumped, done.jumped, row.text());
    }
  }

  /** What the instruction does by {@link Arithmetic}, where dst is r1 and src is r2. */
  private static void execute(Instruction instruction, Meaning.Machine machine) {
    switch (instruction) {
      case Instruction.Binary i ->
        machine.dst = Arithmetic.compute(
            i.operator(), i.width().bits(), machine.dst, value(i.source(), machine));
      case Instruction.Negate i -> machine.dst = Arithmetic.negate(i.width().bits(), machine.dst);
      case Instruction.ByteSwap i ->
        machine.dst = Arithmetic.byteSwap(
            i.conversion(),
            i.bits(),
            machine.dst,
            machine.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      case Instruction.LoadImmediate(Register _, WideImmediate.Constant(long value)) ->
        machine.dst = value;
      case Instruction.Load i -> {
        machine.address = machine.src + i.offset();
        int bits = i.size().bits();
        machine.dst = i.signed()
            ? Arithmetic.signExtend(bits, machine.memory)
            : Arithmetic.truncate(bits, machine.memory);
      }
      case Instruction.Store i -> {
        machine.address = machine.dst + i.offset();
        write(i.size().bits(), value(i.source(), machine), machine);
      }
      case Instruction.Atomic i -> {
        machine.address = machine.dst + i.offset();
        int bits = i.width().bits();
        long old = Arithmetic.truncate(bits, machine.memory);
        write(bits, Arithmetic.update(i.operator(), bits, old, machine.src, machine.r0), machine);
        if (i.operator() == AtomicOperator.CMPXCHG) {
          machine.r0 = old;
        } else if (i.fetch()) {
          machine.src = old;
        }
      }
      case Instruction.Jump _ -> machine.jumped = true;
      case Instruction.ConditionalJump i ->
        machine.jumped = Arithmetic.compare(
            i.comparison(), i.width().bits(), machine.dst, value(i.right(), machine));
      default -> throw new AssertionError("not computed here: " + instruction);
    }
  }

  private static long value(Operand operand, Meaning.Machine machine) {
    return switch (operand) {
      case Operand.OfRegister _ -> machine.src;
      case Operand.OfImmediate(int value) -> value;
    };
  }

  private static void write(int bits, long value, Meaning.Machine machine) {
    long kept = machine.memory - Arithmetic.truncate(bits, machine.memory);
    machine.memory = kept + Arithmetic.truncate(bits, value);
  }

  private static Meaning.Machine machine(EncodedInstruction encoded, Random random) {
    Meaning.Machine machine = new Meaning.Machine();
    machine.dst = number(random);
    machine.src = random.nextInt(8) == 0 ? machine.dst : number(random);
    machine.memory = number(random);
    machine.r0 = random.nextBoolean() ? machine.memory : number(random);
    machine.imm = encoded.immediate();
    machine.nextImm = encoded.nextImmediate();
    machine.offset = encoded.offset();
    machine.bigEndian = random.nextBoolean();
    return machine;
  }

  private static Meaning.Machine copy(Meaning.Machine from) {
    Meaning.Machine machine = new Meaning.Machine();
    machine.dst = from.dst;
    machine.src = from.src;
    machine.r0 = from.r0;
    machine.imm = from.imm;
    machine.nextImm = from.nextImm;
    machine.offset = from.offset;
    machine.memory = from.memory;
    machine.bigEndian = from.bigEndian;
    return machine;
  }

  /** Any number, often one near 0 or near where 32 or 64 bits overflow. */
  private static long number(Random random) {
    long small = random.nextInt(-3, 4);
    return switch (random.nextInt(6)) {
      case 0 -> small;
      case 1 -> (1L << 31) + small;
      case 2 -> (1L << 32) + small;
      case 3 -> Long.MIN_VALUE + small;
      case 4 -> random.nextInt();
      default -> random.nextLong();
    };
  }

  private static List<EncodedInstruction> samples(RegistryRow row) {
    return List.of(
        Instructions.encoding(row, 1, 2, 3, 4, 5),
        Instructions.encoding(row, 9, 9, Short.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE),
        Instructions.encoding(row, 0, 0, Short.MAX_VALUE, Integer.MAX_VALUE, -1),
        Instructions.encoding(row, 0, 0, 0, 0, 0));
  }

  /** The encoding with another value in a field of those that a row may fix. */
  private static EncodedInstruction change(EncodedInstruction from, int field) {
    return new EncodedInstruction(
        from.opcode(),
        field == 0 ? from.destination() + 1 : from.destination(),
        field == 1 ? from.source() + 7 : from.source(),
        field == 2 ? from.offset() + 5 : from.offset(),
        field == 3 ? from.immediate() + 3 : from.immediate(),
        from.nextImmediate());
  }

  private static Instruction decode(EncodedInstruction encoded) throws MalformedCodeException {
    byte[] bytes = Instructions.bytes(encoded, ByteOrder.LITTLE_ENDIAN);
    return Decoder.decodeAt(bytes, 0, ByteOrder.LITTLE_ENDIAN);
  }
}
