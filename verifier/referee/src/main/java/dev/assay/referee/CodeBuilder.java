package dev.assay.referee;

import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Instructions whose jumps and local calls lead to instructions rather than over slots, so that instructions can be put in and taken out.
 */
public final class CodeBuilder {
  private static final int NOWHERE = -1;

  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /** The builder that gives {@code code}, whose jumps lead to instructions of it. */
  public static CodeBuilder of(Code code) {
    CodeBuilder builder = new CodeBuilder();
    int[] indices = new int[code.size() + 1];
    int index = 0;
    for (int slot = 0; slot < code.size(); slot++) {
      indices[slot] = index;
      index += code.startsAt(slot) ? 1 : 0;
    }
    indices[code.size()] = index;
    for (int i = 0; i <= index; i++) {
      builder.labels.add(i);
    }
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        Instruction instruction = code.at(slot);
        builder.add(
            instruction,
            jumps(instruction) ? indices[slot + 1 + offset(instruction).orElseThrow()] : NOWHERE);
      }
    }
    return builder;
  }

  /** The same without instruction {@code index}; what led there leads to the one after it. */
  public CodeBuilder without(int index) {
    CodeBuilder shorter = new CodeBuilder();
    for (int i = 0; i < instructions.size(); i++) {
      if (i != index) {
        shorter.add(instructions.get(i), targets.get(i));
      }
    }
    for (int label : labels) {
      shorter.labels.add(label > index ? label - 1 : label);
    }
    return shorter;
  }

  public int size() {
    return instructions.size();
  }

  /** The instruction at an index; where it leads does not show in it. */
  public Instruction at(int index) {
    return instructions.get(index);
  }

  /** Whether the instruction at an index leads to another one. */
  public boolean leads(int index) {
    return targets.get(index) != NOWHERE;
  }

  /** Another instruction stands at an index, and leads where the one before led. */
  public void replace(int index, Instruction instruction) {
    instructions.set(index, instruction);
  }

  /** The instruction at an index and the one after it change places; what led to either now leads to the other. */
  public void swapWithNext(int index) {
    Collections.swap(instructions, index, index + 1);
    Collections.swap(targets, index, index + 1);
  }

  /** A copy of an instruction, inserted before another; what led there leads to the copy. */
  public CodeBuilder withCopy(int index, int before) {
    CodeBuilder longer = new CodeBuilder();
    for (int i = 0; i < instructions.size(); i++) {
      if (i == before) {
        longer.add(instructions.get(index), targets.get(index));
      }
      longer.add(instructions.get(i), targets.get(i));
    }
    for (int label : labels) {
      longer.labels.add(label > before ? label + 1 : label);
    }
    return longer;
  }

  /** The instruction at an index, which {@link #leads}, leads so many instructions further, as far as there are any. */
  public void lead(int index, int further) {
    int target = labels.get(targets.get(index)) + further;
    labels.add(Math.clamp(target, 0, instructions.size() - 1));
    targets.set(index, labels.size() - 1);
  }

  /** A place to be {@link #bind bound} later. */
  public int label() {
    labels.add(NOWHERE);
    return labels.size() - 1;
  }

  /** Puts a label before the next instruction. */
  public void bind(int label) {
    labels.set(label, instructions.size());
  }

  public void add(Instruction instruction) {
    add(instruction, NOWHERE);
  }

  private void add(Instruction instruction, int target) {
    instructions.add(instruction);
    targets.add(target);
  }

  public void jump(int label) {
    add(new Instruction.Jump(0, false), label);
  }

  public void jumpIf(Comparison comparison, Width width, Register left, Operand right, int label) {
    add(new Instruction.ConditionalJump(comparison, width, left, right, (short) 0), label);
  }

  /** Goes on at a label once the loop budget is spent. */
  public void mayGoto(int label) {
    add(new Instruction.MayGoto((short) 0), label);
  }

  public void call(int label) {
    add(new Instruction.CallLocal(0), label);
  }

  /** Loads the address of the function at a label. */
  public void addressOf(Register register, int label) {
    add(new Instruction.LoadImmediate(register, new WideImmediate.CodeAddress(0)), label);
  }

  public Code build() {
    int[] slots = new int[instructions.size() + 1];
    for (int i = 0; i < instructions.size(); i++) {
      slots[i + 1] = slots[i] + instructions.get(i).slots();
    }
    List<Instruction> result = new ArrayList<>(instructions.size());
    for (int i = 0; i < instructions.size(); i++) {
      int target = targets.get(i);
      result.add(
          target == NOWHERE
              ? instructions.get(i)
              : to(instructions.get(i), slots[labels.get(target)] - slots[i] - 1));
    }
    return Code.of(result);
  }

  private static boolean jumps(Instruction instruction) {
    return offset(instruction).isPresent();
  }

  /** How many slots an instruction leads over, if it leads anywhere. */
  private static OptionalInt offset(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Jump jump -> OptionalInt.of(jump.offset());
      case Instruction.ConditionalJump jump -> OptionalInt.of(jump.offset());
      case Instruction.MayGoto jump -> OptionalInt.of(jump.offset());
      case Instruction.CallLocal call -> OptionalInt.of(call.offset());
      case Instruction.LoadImmediate(var _, WideImmediate.CodeAddress(int offset)) ->
        OptionalInt.of(offset);
      case Instruction.Binary _,
          Instruction.Negate _,
          Instruction.ByteSwap _,
          Instruction.LoadImmediate _,
          Instruction.Load _,
          Instruction.Store _,
          Instruction.Atomic _,
          Instruction.LoadPacketAbsolute _,
          Instruction.LoadPacketIndirect _,
          Instruction.CallHelper _,
          Instruction.CallBtf _,
          Instruction.CallRegister _,
          Instruction.Exit _,
          Instruction.AddressSpaceCast _ -> OptionalInt.empty();
    };
  }

  private static Instruction to(Instruction instruction, int offset) {
    if (instruction instanceof Instruction.Jump jump) {
      return new Instruction.Jump(offset, jump.wide());
    }
    if (instruction instanceof Instruction.ConditionalJump j) {
      return new Instruction.ConditionalJump(
          j.comparison(), j.width(), j.left(), j.right(), (short) offset);
    }
    if (instruction instanceof Instruction.MayGoto) {
      return new Instruction.MayGoto((short) offset);
    }
    if (instruction instanceof Instruction.LoadImmediate load) {
      return new Instruction.LoadImmediate(
          load.destination(), new WideImmediate.CodeAddress(offset));
    }
    return new Instruction.CallLocal(offset);
  }
}
