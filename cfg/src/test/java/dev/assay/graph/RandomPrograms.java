package dev.assay.graph;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small programs that do much with their stack frame. */
final class RandomPrograms {
  /** Helper n reads n bytes from r1, writes n bytes to r2, and returns r1 if n is odd. */
  static final int LARGEST_HELPER = 9;

  private final Random random;

  RandomPrograms(long seed) {
    random = new Random(seed);
  }

  /** A program of one function, whose pointers may come from anywhere, or from r10 alone. */
  Code program(boolean pointersInRegisters) {
    int length = 3 + random.nextInt(18);
    List<Instruction> instructions = new ArrayList<>();
    for (int slot = 0; slot < length; slot++) {
      instructions.add(
          pointersInRegisters && random.nextInt(6) > 0 ? onPointers() : onFrame(slot, length));
    }
    instructions.add(new Instruction.Exit());
    return Code.of(instructions);
  }

  private Instruction onFrame(int slot, int length) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Instruction.Load(register(), Register.R10, offset(), size(), false);
      case 2 -> new Instruction.Store(Register.R10, offset(), size(), Operand.of(register()));
      case 3 ->
        new Instruction.ConditionalJump(Comparison.EQ, Width.W64, register(), Operand.of(0), (short)
            (random.nextInt(length + 1) - slot - 1));
      default -> new Instruction.Jump(random.nextInt(length + 1) - slot - 1, false);
    };
  }

  private Instruction onPointers() {
    return switch (random.nextInt(10)) {
      case 0, 1 ->
        new Instruction.Binary(
            ArithmeticOperator.MOV,
            Width.W64,
            register(),
            Operand.of(random.nextBoolean() ? Register.R10 : register()));
      case 2 ->
        new Instruction.Binary(
            ArithmeticOperator.ADD, Width.W64, register(), Operand.of(-8 * random.nextInt(3)));
      case 3 ->
        new Instruction.Binary(
            random.nextBoolean() ? ArithmeticOperator.ADD : ArithmeticOperator.SUB,
            Width.W64,
            register(),
            Operand.of(register()));
      case 4 ->
        new Instruction.Binary(
            ArithmeticOperator.MOV, Width.W64, register(), Operand.of(-8 * random.nextInt(3)));
      case 5 -> new Instruction.Load(register(), register(), offset(), AccessSize.DOUBLE, false);
      case 6 ->
        new Instruction.Store(register(), offset(), AccessSize.DOUBLE, Operand.of(register()));
      case 7 ->
        new Instruction.Store(Register.R10, offset(), AccessSize.DOUBLE, Operand.of(register()));
      case 8 -> new Instruction.CallHelper(random.nextInt(LARGEST_HELPER + 1));
      default ->
        new Instruction.Atomic(
            random.nextBoolean() ? AtomicOperator.XCHG : AtomicOperator.CMPXCHG,
            true,
            Width.W64,
            register(),
            offset(),
            register());
    };
  }

  private Register register() {
    return Register.of(random.nextInt(4));
  }

  private short offset() {
    int cell = -8 * random.nextInt(4);
    return (short) (random.nextInt(8) == 0 ? cell - random.nextInt(8) : cell);
  }

  private AccessSize size() {
    return AccessSize.values()[random.nextInt(4)];
  }
}
