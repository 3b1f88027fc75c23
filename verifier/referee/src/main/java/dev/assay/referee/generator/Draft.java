package dev.assay.referee.generator;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.referee.CodeBuilder;

/**
 * A program that is being written, and what is known at its end.
 *
 * <p>By convention r6 holds the context, r7 the packet's start, r8 its end, and r9 is a number or a pointer that lives long; r0 to r5 are for
 * whoever needs them. Of the frame the upper {@link #FRAME} bytes are for everybody; below are a counter and what a function will return.
 */
final class Draft {
  static final int FRAME = 64;

  /** Where a loop counts that does not count in a register. */
  static final int COUNTER_SLOT = -72;

  /** Where a function keeps what it will return. */
  static final int RESULT_SLOT = -80;

  private final Dice dice;
  private final KindFacts facts;
  private final CodeBuilder code = new CodeBuilder();
  private Knowledge knows = Knowledge.none();
  private int level;
  private int exit;
  private boolean mayLeave;
  private boolean mayMovePacket;

  Draft(Dice dice, KindFacts facts) {
    this.dice = dice;
    this.facts = facts;
  }

  Dice dice() {
    return dice;
  }

  KindFacts facts() {
    return facts;
  }

  Code build() {
    return code.build();
  }

  // Functions.

  /**
   * A function begins, of which nothing is known yet.
   *
   * @param depth how many functions of this program are its callers at most
   */
  void begin(int label, int depth) {
    code.bind(label);
    level = depth;
    exit = code.label();
    mayLeave = true;
    mayMovePacket = true;
    knows = Knowledge.none();
  }

  int level() {
    return level;
  }

  /** Where one goes who leaves the function early: r0 is set there. */
  int exit() {
    return exit;
  }

  /** Whether one may leave early: nothing is held that would have to be given back. */
  boolean mayLeave() {
    return mayLeave;
  }

  /** While something is written, nobody may leave. */
  void staying(Runnable writing) {
    boolean before = mayLeave;
    mayLeave = false;
    writing.run();
    mayLeave = before;
  }

  boolean mayMovePacket() {
    return mayMovePacket;
  }

  void permitMoves(boolean permitted) {
    mayMovePacket = permitted;
  }

  // Instructions.

  void add(Instruction instruction) {
    code.add(instruction);
  }

  int label() {
    return code.label();
  }

  void bind(int label) {
    code.bind(label);
  }

  void jump(int label) {
    code.jump(label);
  }

  void jumpIf(Comparison comparison, Width width, Register left, int right, int label) {
    code.jumpIf(comparison, width, left, Operand.of(right), label);
  }

  void jumpIf(Comparison comparison, Width width, Register left, Register right, int label) {
    code.jumpIf(comparison, width, left, Operand.of(right), label);
  }

  void mayGoto(int label) {
    code.mayGoto(label);
  }

  void binary(ArithmeticOperator operator, Width width, Register register, int value) {
    add(new Instruction.Binary(operator, width, register, Operand.of(value)));
  }

  void binary(ArithmeticOperator operator, Width width, Register register, Register source) {
    add(new Instruction.Binary(operator, width, register, Operand.of(source)));
  }

  /** The register becomes a number that is known. */
  void set(Register register, int value) {
    binary(ArithmeticOperator.MOV, Width.W64, register, value);
    define(register);
  }

  /** The register becomes what the other holds. */
  void move(Register register, Register source) {
    if (register != source) {
      binary(ArithmeticOperator.MOV, Width.W64, register, source);
      knows.set(
          register,
          source == Register.R10 || knows.of(source) == Holding.Plain.COUNTER
              ? Holding.Plain.NOTHING
              : knows.of(source));
    }
  }

  /** The register becomes a copy of a number, or now and then of its low half. */
  void copy(Register register, Register source) {
    binary(ArithmeticOperator.MOV, dice.chance(4) ? Width.W32 : Width.W64, register, source);
    define(register);
  }

  /** A pointer into this function's frame, at a negative offset. */
  void frame(Register register, int offset) {
    move(register, Register.R10);
    binary(ArithmeticOperator.ADD, Width.W64, register, offset);
    undefine(register);
  }

  void load(Register register, Register base, int offset, int bytes, boolean signed) {
    add(new Instruction.Load(register, base, (short) offset, size(bytes), signed));
    define(register);
  }

  void store(Register base, int offset, int bytes, Register source) {
    add(new Instruction.Store(base, (short) offset, size(bytes), Operand.of(source)));
  }

  void store(Register base, int offset, int bytes, int value) {
    add(new Instruction.Store(base, (short) offset, size(bytes), Operand.of(value)));
  }

  /** Eight bytes of the frame become a number that is known. */
  void fill(int offset) {
    store(Register.R10, offset, Long.BYTES, dice.constant());
    knows.setAt(offset, Holding.Plain.NUMBER);
  }

  /** These bytes of the frame, from a multiple of 8 up to another, become numbers. */
  void fill(int from, int to) {
    for (int offset = from; offset < to; offset += Long.BYTES) {
      fill(offset);
    }
  }

  /** The register becomes what stands for a map. */
  void map(Register register, int map) {
    add(new Instruction.LoadImmediate(register, new WideImmediate.MapByIndex(map)));
    undefine(register);
  }

  /** The register points into the only value of an array. */
  void value(Register register, int map, int offset) {
    add(new Instruction.LoadImmediate(register, new WideImmediate.MapValueByIndex(map, offset)));
    undefine(register);
  }

  void addressOf(Register register, int label) {
    code.addressOf(register, label);
    undefine(register);
  }

  /** Calls a helper that returns a number; its arguments stand in their registers. */
  void helper(Helper helper) {
    add(new Instruction.CallHelper(helper.number()));
    clobber();
    define(Register.R0);
  }

  void call(int label) {
    code.call(label);
    clobber();
    define(Register.R0);
  }

  // What is known.

  Knowledge knows() {
    return knows;
  }

  Knowledge snapshot() {
    return knows.copy();
  }

  void restore(Knowledge earlier) {
    knows = earlier.copy();
  }

  /** Writes what is only executed if nobody jumped to the label before; the label comes after it. */
  void unless(int label, Runnable writing) {
    Knowledge before = snapshot();
    writing.run();
    bind(label);
    knows.meet(before);
  }

  void define(Register register) {
    knows.set(register, Holding.Plain.NUMBER);
  }

  void undefine(Register register) {
    knows.set(register, Holding.Plain.NOTHING);
  }

  void hold(Register register, Holding holding) {
    knows.set(register, holding);
  }

  /** A call leaves nothing in r1 to r5. */
  void clobber() {
    for (int r = 1; r < 6; r++) {
      undefine(Register.of(r));
    }
  }

  /** Whether r7 and r8 hold the packet's bounds. */
  boolean hasPacket() {
    return knows.of(Register.R7) instanceof Holding.Packet
        && knows.of(Register.R8) == Holding.Plain.PACKET_END;
  }

  boolean hasContext() {
    return knows.of(Register.R6) == Holding.Plain.CONTEXT;
  }

  // Registers.

  /** A register that holds a number, if only one that is made here. */
  Register number() {
    int register = dice.below(10);
    for (int i = 0; i < 10; i++) {
      Register candidate = Register.of((register + i) % 10);
      if (knows.isNumber(candidate)) {
        return candidate;
      }
    }
    set(Register.R0, dice.constant());
    return Register.R0;
  }

  /** A register whose contents nobody misses. */
  Register scratch() {
    return Register.of(dice.below(6));
  }

  Register scratchOtherThan(Register taken) {
    Register register = scratch();
    return register == taken ? Register.of((register.number() + 1) % 6) : register;
  }

  private static AccessSize size(int bytes) {
    return AccessSize.values()[Integer.numberOfTrailingZeros(bytes)];
  }
}
