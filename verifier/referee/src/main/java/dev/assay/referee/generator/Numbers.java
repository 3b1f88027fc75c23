package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;

/** Numbers out of nowhere, and out of numbers. */
final class Numbers {
  /** Helpers without arguments that return a number. */
  private static final Helper[] SOURCES = {
    Helper.KTIME_GET_NS,
    Helper.KTIME_GET_NS,
    Helper.GET_PRANDOM_U32,
    Helper.GET_PRANDOM_U32,
    Helper.GET_SMP_PROCESSOR_ID,
    Helper.GET_CURRENT_PID_TGID
  };

  /** Helpers that return a number and take the context. */
  private static final Helper[] CONTEXT_SOURCES = {Helper.GET_HASH_RECALC, Helper.XDP_GET_BUFF_LEN};

  private final Draft draft;
  private final Dice dice;

  Numbers(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  /** A register becomes a number that may be known, but mostly is not. */
  void source(Register register) {
    switch (dice.below(4)) {
      case 0 -> draft.set(register, dice.constant());
      case 1 -> {
        draft.add(new Instruction.LoadImmediate(register, new WideImmediate.Constant(dice.wide())));
        draft.define(register);
      }
      default -> unknown(register);
    }
  }

  /** A register becomes a number of which at most the size is known. */
  void unknown(Register register) {
    Helper ofContext = dice.pick(CONTEXT_SOURCES);
    if (dice.chance(8) && draft.hasContext() && draft.facts().mayCall(ofContext)) {
      draft.move(Register.R1, Register.R6);
      draft.helper(ofContext);
    } else {
      draft.helper(dice.pick(SOURCES));
    }
    draft.move(register, Register.R0);
  }

  void arithmetic() {
    Register destination = draft.number();
    Width width = dice.width();
    if (dice.chance(10)) {
      draft.add(new Instruction.Negate(width, destination));
      return;
    }
    ArithmeticOperator operator = dice.pick(ArithmeticOperator.values());
    if (operator == ArithmeticOperator.MOVSX32) {
      width = Width.W64;
    }
    Operand source;
    if (operator.extendsSign() || dice.chance(2)) {
      source = Operand.of(draft.number());
    } else {
      source = Operand.of(
          switch (operator) {
            case LSH, RSH, ARSH -> dice.below(width.bits());
            case DIV, SDIV, MOD, SMOD -> notZero(dice.constant());
            case ADD, SUB, MUL, OR, AND, XOR, MOV, MOVSX8, MOVSX16, MOVSX32 -> dice.constant();
          });
    }
    if (operator == ArithmeticOperator.MOV && source instanceof Operand.OfRegister) {
      destination = draft.scratch();
      draft.define(destination);
    }
    draft.add(new Instruction.Binary(operator, width, destination, source));
  }

  private static int notZero(int value) {
    return value == 0 ? 1 : value;
  }

  void swapBytes() {
    swapBytes(draft.number());
  }

  void swapBytes(Register register) {
    draft.add(new Instruction.ByteSwap(
        dice.pick(ByteOrderConversion.values()), 16 << dice.below(3), register));
  }

  /** Makes a number small, mostly. */
  void mask(Register register) {
    int bound = 1 << dice.below(7);
    switch (dice.below(5)) {
      case 0 -> draft.binary(ArithmeticOperator.MOD, dice.width(), register, bound + dice.below(5));
      case 1 -> draft.binary(ArithmeticOperator.RSH, Width.W64, register, 56 + dice.below(8));
      case 2 -> {
        draft.binary(ArithmeticOperator.LSH, Width.W64, register, 32 + dice.below(30));
        draft.binary(
            dice.chance(2) ? ArithmeticOperator.RSH : ArithmeticOperator.ARSH,
            Width.W64,
            register,
            32 + dice.below(30));
      }
      default ->
        draft.binary(
            ArithmeticOperator.AND,
            dice.width(),
            register,
            dice.slip(4) ? dice.constant() : bound - 1);
    }
  }

  /** Makes a number at most so large, in one of the ways in which compilers do. */
  void limit(Register register, int most) {
    int mask = Integer.highestOneBit(most + 1) - 1;
    switch (dice.below(4)) {
      case 0 -> draft.binary(ArithmeticOperator.MOD, dice.width(), register, most + 1);
      case 1 -> {
        Width width = dice.width();
        int small = draft.label();
        draft.jumpIf(dice.slip(6) ? Comparison.SLE : Comparison.LE, width, register, most, small);
        draft.binary(ArithmeticOperator.MOV, width, register, most);
        draft.bind(small);
        if (width == Width.W32 && !dice.slip(4)) {
          draft.binary(ArithmeticOperator.MOV, Width.W32, register, register);
        }
      }
      default -> draft.binary(ArithmeticOperator.AND, dice.width(), register, mask);
    }
  }

  /** Adds a little, or now and then anything. */
  void nudge(Register register) {
    if (dice.chance(3)) {
      draft.binary(
          ArithmeticOperator.ADD,
          dice.chance(4) ? Width.W32 : Width.W64,
          register,
          dice.chance(3) ? dice.constant() : dice.below(9) - 4);
    }
  }

  /** Leaves for a label unless the number is small, or not negative, or both. */
  void bound(Register register, int end) {
    if (dice.chance(2)) {
      draft.jumpIf(
          dice.chance(2) ? Comparison.SGT : Comparison.GT,
          dice.chance(5) ? Width.W32 : Width.W64,
          register,
          dice.below(30),
          end);
    }
    if (dice.chance(2)) {
      draft.jumpIf(
          Comparison.SLT, dice.chance(5) ? Width.W32 : Width.W64, register, dice.below(5) - 1, end);
    }
  }

  /** Goes to a label, or not, by a number. */
  void test(int label) {
    Register left = draft.number();
    Comparison comparison = dice.comparison();
    if (dice.chance(2)) {
      draft.jumpIf(comparison, dice.width(), left, draft.number(), label);
    } else {
      draft.jumpIf(comparison, dice.width(), left, dice.constant(), label);
    }
  }

  /** The result becomes a number's low half, or another part of it, extended in some way. */
  void extend(Register result, Register source) {
    switch (dice.below(6)) {
      case 0 -> draft.binary(ArithmeticOperator.MOVSX32, Width.W64, result, source);
      case 1 -> draft.binary(ArithmeticOperator.MOV, Width.W64, result, source);
      case 2 ->
        draft.binary(
            dice.chance(2) ? ArithmeticOperator.MOVSX8 : ArithmeticOperator.MOVSX16,
            dice.width(),
            result,
            source);
      default -> draft.binary(ArithmeticOperator.MOV, Width.W32, result, source);
    }
    draft.define(result);
    nudge(result);
  }
}
