package dev.assay.referee;

import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions whose jumps and local calls lead to instructions rather than over slots, so that instructions can be put in and taken out.
 */
final class CodeBuilder {
  private static final int NOWHERE = -1;

  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /** The builder that gives {@code code}, whose jumps lead to instructions of it. */
  static CodeBuilder of(Code code) {
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
            instruction, jumps(instruction) ? indices[slot + 1 + offset(instruction)] : NOWHERE);
      }
    }
    return builder;
  }

  /** The same without instruction {@code index}; what led there leads to the one after it. */
  CodeBuilder without(int index) {
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

  int size() {
    return instructions.size();
  }

  /** A place to be {@link #bind bound} later. */
  int label() {
    labels.add(NOWHERE);
    return labels.size() - 1;
  }

  /** Puts a label before the next instruction. */
  void bind(int label) {
    labels.set(label, instructions.size());
  }

  void add(Instruction instruction) {
    add(instruction, NOWHERE);
  }

  private void add(Instruction instruction, int target) {
    instructions.add(instruction);
    targets.add(target);
  }

  void jump(int label) {
    add(new Instruction.Jump(0, false), label);
  }

  void jumpIf(Comparison comparison, Width width, Register left, Operand right, int label) {
    add(new Instruction.ConditionalJump(comparison, width, left, right, (short) 0), label);
  }

  void call(int label) {
    add(new Instruction.CallLocal(0), label);
  }

  /** Loads the address of the function at a label. */
  void addressOf(Register register, int label) {
    add(new Instruction.LoadImmediate(register, new WideImmediate.CodeAddress(0)), label);
  }

  Code build() {
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
    return instruction instanceof Instruction.Jump
        || instruction instanceof Instruction.ConditionalJump
        || instruction instanceof Instruction.CallLocal
        || instruction instanceof Instruction.LoadImmediate load
            && load.immediate() instanceof WideImmediate.CodeAddress;
  }

  private static int offset(Instruction instruction) {
    if (instruction instanceof Instruction.Jump jump) {
      return jump.offset();
    }
    if (instruction instanceof Instruction.ConditionalJump jump) {
      return jump.offset();
    }
    if (instruction
        instanceof
        Instruction.LoadImmediate(Register register, WideImmediate.CodeAddress(int offset))) {
      return offset;
    }
    return ((Instruction.CallLocal) instruction).offset();
  }

  private static Instruction to(Instruction instruction, int offset) {
    if (instruction instanceof Instruction.Jump jump) {
      return new Instruction.Jump(offset, jump.wide());
    }
    if (instruction instanceof Instruction.ConditionalJump j) {
      return new Instruction.ConditionalJump(
          j.comparison(), j.width(), j.left(), j.right(), (short) offset);
    }
    if (instruction instanceof Instruction.LoadImmediate load) {
      return new Instruction.LoadImmediate(
          load.destination(), new WideImmediate.CodeAddress(offset));
    }
    return new Instruction.CallLocal(offset);
  }
}
