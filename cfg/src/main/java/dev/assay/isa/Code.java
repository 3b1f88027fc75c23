package dev.assay.isa;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sequence of instructions addressed by slot. Immutable. */
public final class Code {
  private final @Nullable Instruction[] slots;

  private Code(@Nullable Instruction[] slots) {
    this.slots = slots;
  }

  /** The code that consists of these instructions in this order. */
  public static Code of(List<? extends Instruction> instructions) {
    int count = 0;
    for (Instruction instruction : instructions) {
      count += instruction.slots();
    }
    @Nullable Instruction[] slots = new Instruction[count];
    int slot = 0;
    for (Instruction instruction : instructions) {
      slots[slot] = instruction;
      slot += instruction.slots();
    }
    return new Code(slots);
  }

  /** The number of slots. */
  public int size() {
    return slots.length;
  }

  /**
   * Whether an instruction starts at {@code slot}: false outside the code and in the second half of a
   * 64-bit immediate.
   */
  public boolean startsAt(int slot) {
    return slot >= 0 && slot < slots.length && slots[slot] != null;
  }

  /**
   * The instruction that starts at {@code slot}.
   *
   * @throws IndexOutOfBoundsException if none does
   */
  public Instruction at(int slot) {
    Instruction instruction = slots[slot];
    if (instruction == null) {
      throw new IndexOutOfBoundsException(
          "slot " + slot + " is the second half of a 64-bit immediate");
    }
    return instruction;
  }

  /** The instructions in order. */
  public List<Instruction> instructions() {
    return Arrays.stream(slots).<Instruction>flatMap(Stream::ofNullable).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Code code && Arrays.equals(slots, code.slots);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(slots);
  }

  /** The code as assembly, one instruction a line. */
  @Override
  public String toString() {
    return Disassembler.listing(this);
  }
}
