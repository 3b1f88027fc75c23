package dev.assay.graph;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run of one of {@link RandomPrograms} along a random path. Values are numbers, or pointers into the frame, which
 * survive in memory only as long as none of their 8 bytes is overwritten. Ends at an access outside the frame.
 */
final class RandomRun {
  final List<Step> steps = new ArrayList<>();

  private final Code code;
  private final int frameSize;
  private final Random random;
  private final Word[] registers = new Word[Register.COUNT];
  private final Map<Integer, Word> pointers = new HashMap<>();
  private final List<Word> escaped = new ArrayList<>();

  /** A number, or the address r10 + value. */
  private record Word(boolean pointer, long value) {}

  /** Which bytes of the frame the instruction at a slot read and wrote; byte i is the one at offset i − frame size. */
  record Step(int slot, BitSet reads, BitSet writes) {}

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
  }

  RandomRun(Code code, int frameSize, long seed) {
    this.code = code;
    this.frameSize = frameSize;
    random = new Random(seed);
    for (int register = 0; register < 10; register++) {
      registers[register] = number();
    }
    registers[10] = new Word(true, 0);
  }

  private Word number() {
    return new Word(false, -8L * random.nextInt(8));
  }

  void run(int limit) {
    int slot = 0;
    while (slot >= 0 && steps.size() < limit) {
      Step step = new Step(slot, new BitSet(), new BitSet());
      try {
        int next = execute(code.at(slot), slot, step);
        steps.add(step);
        slot = next;
      } catch (Fault e) {
        return;
      }
    }
  }

  private int execute(Instruction instruction, int slot, Step step) throws Fault {
    switch (instruction) {
      case Binary binary -> set(binary.destination(), compute(binary));
      case Load load ->
        set(
            load.destination(),
            load(get(load.base()), load.offset(), load.size().bytes(), step));
      case Store store ->
        store(get(store.base()), store.offset(), store.size().bytes(), value(store.source()), step);
      case Atomic atomic -> execute(atomic, step);
      case CallHelper(int size) -> call(size, step);
      case Jump _ -> {
        return CodeStructure.target(instruction, slot).getAsInt();
      }
      case ConditionalJump _ -> {
        return random.nextBoolean() ? CodeStructure.target(instruction, slot).getAsInt() : slot + 1;
      }
      case Exit _ -> {
        return -1;
      }
      default -> throw new AssertionError(instruction);
    }
    return slot + 1;
  }

  private Word get(Register register) {
    return registers[register.number()];
  }

  private void set(Register register, Word value) {
    registers[register.number()] = value;
  }

  private Word value(Operand operand) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> get(register);
      case Operand.OfImmediate(int value) -> new Word(false, value);
    };
  }

  private Word compute(Binary binary) {
    Word left = get(binary.destination());
    Word right = value(binary.source());
    if (binary.operator() == ArithmeticOperator.MOV) {
      return right;
    }
    if (binary.operator() == ArithmeticOperator.ADD) {
      return new Word(left.pointer != right.pointer, left.value + right.value);
    }
    return new Word(left.pointer && !right.pointer, left.value - right.value);
  }

  private Word load(Word base, int offset, int size, Step step) throws Fault {
    if (!base.pointer) {
      return size == 8 && !escaped.isEmpty() && random.nextBoolean()
          ? escaped.get(random.nextInt(escaped.size()))
          : number();
    }
    int at = touch(base, offset, size, step.reads);
    return size == 8 ? pointers.getOrDefault(at, number()) : number();
  }

  private void store(Word base, int offset, int size, Word value, Step step) throws Fault {
    boolean storesPointer = size == 8 && value.pointer;
    if (base.pointer) {
      int at = touch(base, offset, size, step.writes);
      pointers.keySet().removeIf(pointer -> pointer > at - 8 && pointer < at + size);
      if (storesPointer) {
        pointers.put(at, value);
      }
    } else if (storesPointer) {
      escaped.add(value);
    }
  }

  private int touch(Word base, int offset, int size, BitSet bytes) throws Fault {
    long at = base.value + offset;
    if (at < -frameSize || at + size > 0) {
      throw new Fault();
    }
    bytes.set((int) at + frameSize, (int) at + size + frameSize);
    return (int) at;
  }

  private void execute(Atomic atomic, Step step) throws Fault {
    Word base = get(atomic.base());
    Word old = load(base, atomic.offset(), 8, step);
    if (atomic.operator() == AtomicOperator.XCHG || random.nextBoolean()) {
      store(base, atomic.offset(), 8, get(atomic.source()), step);
    }
    set(atomic.operator() == AtomicOperator.CMPXCHG ? Register.R0 : atomic.source(), old);
  }

  private void call(int size, Step step) throws Fault {
    Word read = get(Register.R1);
    Word written = get(Register.R2);
    if (read.pointer) {
      touch(read, 0, size, step.reads);
    }
    if (written.pointer) {
      store(written, 0, size, new Word(false, 0), step);
    }
    set(Register.R0, size % 2 == 1 && random.nextBoolean() ? read : number());
    for (int register = 1; register <= 5; register++) {
      registers[register] = number();
    }
  }
}
