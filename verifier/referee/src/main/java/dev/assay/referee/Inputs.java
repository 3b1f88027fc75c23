package dev.assay.referee;

import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Inputs for a program: packets of no, of few and of many bytes, and of just the sizes that its constants speak of. */
public final class Inputs {
  private static final int LARGEST = 2048;

  private Inputs() {}

  /** So many inputs, which seed and code decide. */
  public static List<Input> of(Code code, long seed, int count) {
    RandomGenerator random = Input.random(~seed);
    List<Integer> sizes = new ArrayList<>(List.of(0, 1, 20, 40, 64));
    for (Instruction instruction : code.instructions()) {
      if (instruction instanceof Instruction.Binary binary
          && binary.source() instanceof Operand.OfImmediate(int value)
          && value > 0
          && value < LARGEST) {
        sizes.addAll(List.of(value - 1, value, value + 1));
      }
    }
    List<Input> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int size =
          random.nextInt(3) == 0 ? random.nextInt(100) : sizes.get(random.nextInt(sizes.size()));
      inputs.add(new Input(
          random.nextLong(), size, random.nextBoolean() ? Placement.HOSTILE : Placement.SPREAD));
    }
    return inputs;
  }
}
