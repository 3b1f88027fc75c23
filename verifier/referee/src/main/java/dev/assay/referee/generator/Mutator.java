package dev.assay.referee.generator;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.referee.CodeBuilder;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes programs wrong by very little, as slips of those who write programs, compilers and verifiers do. Most results are still programs in which
 * all jumps lead somewhere; whether they are safe is for others to say.
 */
public final class Mutator {
  /** How often a place is looked for that a change fits. */
  private static final int ATTEMPTS = 200;

  private final Dice dice;

  private Mutator(Dice dice) {
    this.dice = dice;
  }

  /** The code with one to three changes, which the seed decides. */
  public static Code mutate(Code code, long seed) {
    Dice dice = new Dice(Dice.random(seed), true);
    Mutator mutator = new Mutator(dice);
    CodeBuilder builder = CodeBuilder.of(code);
    int changes = dice.chance(2) ? 1 : 1 + dice.below(3);
    for (int i = 0; i < changes; i++) {
      builder = mutator.changed(builder);
    }
    return builder.build();
  }

  /** What is changed. */
  private enum Change {
    CONSTANT,
    COMPARISON,
    WIDTH,
    REGISTER,
    OFFSET,
    SIZE,
    DELETION,
    ORDER,
    TARGET,
    COPY
  }

  private static final Change[] CHANGES = Change.values();

  private CodeBuilder changed(CodeBuilder code) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int index = dice.below(code.size());
      Optional<CodeBuilder> changed = changed(code, index, dice.pick(CHANGES));
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    return code;
  }

  /** The code with a change at a place, if it fits there. */
  private Optional<CodeBuilder> changed(CodeBuilder code, int index, Change change) {
    Instruction instruction = code.at(index);
    return switch (change) {
      case CONSTANT -> replaced(code, index, constant(instruction));
      case COMPARISON -> replaced(code, index, comparison(instruction));
      case WIDTH -> replaced(code, index, width(instruction));
      case REGISTER -> replaced(code, index, register(code, index));
      case OFFSET -> replaced(code, index, offset(instruction));
      case SIZE -> replaced(code, index, size(instruction));
      case DELETION -> deleted(code, index);
      case ORDER -> swapped(code, index);
      case TARGET -> led(code, index);
      case COPY -> copied(code, index);
    };
  }

  private static Optional<CodeBuilder> replaced(
      CodeBuilder code, int index, Optional<Instruction> instruction) {
    instruction.ifPresent(other -> code.replace(index, other));
    return instruction.map(_ -> code);
  }

  // One instruction becomes another.

  private Optional<Instruction> constant(Instruction instruction) {
    return switch (instruction) {
      case Binary(var operator, var width, var destination, Operand.OfImmediate(int value)) ->
        Optional.of(new Binary(operator, width, destination, near(value)));
      case ConditionalJump(
          var comparison,
          var width,
          var left,
          Operand.OfImmediate(int value),
          short offset) ->
        Optional.of(new ConditionalJump(comparison, width, left, near(value), offset));
      case Store(var base, short offset, var size, Operand.OfImmediate(int value)) ->
        Optional.of(new Store(base, offset, size, near(value)));
      case LoadImmediate(var destination, WideImmediate.Constant(long value)) ->
        Optional.of(new LoadImmediate(
            destination, new WideImmediate.Constant(value ^ 1L << dice.below(64))));
      case LoadImmediate(var destination, WideImmediate.MapValueByIndex(int map, int offset)) ->
        Optional.of(new LoadImmediate(
            destination, new WideImmediate.MapValueByIndex(map, offset + step())));
      case Instruction _ -> Optional.empty();
    };
  }

  private Operand near(int value) {
    return Operand.of(
        switch (dice.below(4)) {
          case 0 -> value * 2;
          case 1 -> value ^ 1 << dice.below(32);
          default -> value + step();
        });
  }

  private int step() {
    return dice.chance(2) ? 1 : -1;
  }

  private Optional<Instruction> comparison(Instruction instruction) {
    return instruction instanceof ConditionalJump jump
        ? similar(jump.comparison())
            .map(other ->
                new ConditionalJump(other, jump.width(), jump.left(), jump.right(), jump.offset()))
        : Optional.empty();
  }

  /** The comparison with the other sign, or with equality on the other side. */
  private Optional<Comparison> similar(Comparison comparison) {
    boolean sign = dice.chance(2);
    return Optional.of(
        switch (comparison) {
          case EQ -> Comparison.NE;
          case NE -> Comparison.EQ;
          case SET, NOT_SET -> Comparison.NE;
          case GT -> sign ? Comparison.SGT : Comparison.GE;
          case GE -> sign ? Comparison.SGE : Comparison.GT;
          case LT -> sign ? Comparison.SLT : Comparison.LE;
          case LE -> sign ? Comparison.SLE : Comparison.LT;
          case SGT -> sign ? Comparison.GT : Comparison.SGE;
          case SGE -> sign ? Comparison.GE : Comparison.SGT;
          case SLT -> sign ? Comparison.LT : Comparison.SLE;
          case SLE -> sign ? Comparison.LE : Comparison.SLT;
        });
  }

  private static Optional<Instruction> width(Instruction instruction) {
    return switch (instruction) {
      case Binary binary
      when binary.operator() != ArithmeticOperator.MOVSX32 ->
        Optional.of(new Binary(
            binary.operator(), other(binary.width()), binary.destination(), binary.source()));
      case ConditionalJump jump ->
        Optional.of(new ConditionalJump(
            jump.comparison(), other(jump.width()), jump.left(), jump.right(), jump.offset()));
      case Atomic atomic ->
        Optional.of(new Atomic(
            atomic.operator(),
            atomic.fetch(),
            other(atomic.width()),
            atomic.base(),
            atomic.offset(),
            atomic.source()));
      case Instruction _ -> Optional.empty();
    };
  }

  private static Width other(Width width) {
    return width == Width.W32 ? Width.W64 : Width.W32;
  }

  /** One register becomes another that calls leave alone, or do not, as they did before. */
  private Optional<Instruction> register(CodeBuilder code, int index) {
    boolean first = dice.chance(2);
    UnaryOperator<Register> another = register -> another(code, index, register);
    return switch (code.at(index)) {
      case Binary(var operator, var width, var destination, Operand.OfRegister(var source)) ->
        Optional.of(new Binary(
            operator,
            width,
            first ? another.apply(destination) : destination,
            Operand.of(first ? source : another.apply(source))));
      case Binary(var operator, var width, var destination, var source) ->
        Optional.of(new Binary(operator, width, another.apply(destination), source));
      case ConditionalJump(
          var comparison,
          var width,
          var left,
          Operand.OfRegister(var right),
          short offset) ->
        Optional.of(new ConditionalJump(
            comparison,
            width,
            first ? another.apply(left) : left,
            Operand.of(first ? right : another.apply(right)),
            offset));
      case ConditionalJump(var comparison, var width, var left, var right, short offset) ->
        Optional.of(new ConditionalJump(comparison, width, another.apply(left), right, offset));
      case Load(var destination, var base, short offset, var size, boolean signed) ->
        Optional.of(new Load(
            first ? another.apply(destination) : destination,
            first ? base : another.apply(base),
            offset,
            size,
            signed));
      case Store(var base, short offset, var size, Operand.OfRegister(var source)) ->
        Optional.of(new Store(
            first ? another.apply(base) : base,
            offset,
            size,
            Operand.of(first ? source : another.apply(source))));
      case Atomic(var operator, boolean fetch, var width, var base, short offset, var source) ->
        Optional.of(new Atomic(operator, fetch, width, base, offset, another.apply(source)));
      case Instruction _ -> Optional.empty();
    };
  }

  /** A register that is written nearby, of the same sort: one that calls leave alone, or not. */
  private Register another(CodeBuilder code, int index, Register register) {
    if (register == Register.R10) {
      return register;
    }
    for (int attempt = 0; attempt < 8; attempt++) {
      int near = Math.clamp(index + dice.below(17) - 12L, 0, code.size() - 1);
      Optional<Register> written = written(code.at(near));
      if (written.isPresent()
          && written.get() != register
          && written.get().number() < 6 == register.number() < 6) {
        return written.get();
      }
    }
    return register.number() < 6
        ? Register.of((register.number() + 1 + dice.below(5)) % 6)
        : Register.of(6 + (register.number() - 6 + 1 + dice.below(3)) % 4);
  }

  private static Optional<Register> written(Instruction instruction) {
    return switch (instruction) {
      case Binary binary -> Optional.of(binary.destination());
      case Load load -> Optional.of(load.destination());
      case LoadImmediate load -> Optional.of(load.destination());
      case Instruction _ -> Optional.empty();
    };
  }

  private Optional<Instruction> offset(Instruction instruction) {
    return switch (instruction) {
      case Load(var destination, var base, short offset, var size, boolean signed) ->
        Optional.of(new Load(destination, base, moved(offset, size.bytes()), size, signed));
      case Store(var base, short offset, var size, var source) ->
        Optional.of(new Store(base, moved(offset, size.bytes()), size, source));
      case Atomic(var operator, boolean fetch, var width, var base, short offset, var source) ->
        Optional.of(new Atomic(operator, fetch, width, base, moved(offset, width.bytes()), source));
      case Instruction _ -> Optional.empty();
    };
  }

  private short moved(short offset, int size) {
    return (short) (offset + step() * (dice.chance(2) ? 1 : size));
  }

  private Optional<Instruction> size(Instruction instruction) {
    AccessSize other = dice.pick(AccessSize.values());
    return switch (instruction) {
      case Load(var destination, var base, short offset, var size, boolean signed)
      when size != other ->
        Optional.of(
            new Load(destination, base, offset, other, signed && other != AccessSize.DOUBLE));
      case Store(var base, short offset, var size, var source)
      when size != other -> Optional.of(new Store(base, offset, other, source));
      case Instruction _ -> Optional.empty();
    };
  }

  // The order of instructions changes.

  /** A check is left out, or now and then something else. */
  private Optional<CodeBuilder> deleted(CodeBuilder code, int index) {
    boolean fits = code.size() > 2 && (code.at(index) instanceof ConditionalJump || dice.chance(8));
    return fits ? Optional.of(code.without(index)) : Optional.empty();
  }

  private static Optional<CodeBuilder> swapped(CodeBuilder code, int index) {
    if (index + 1 >= code.size() || ends(code.at(index)) || ends(code.at(index + 1))) {
      return Optional.empty();
    }
    code.swapWithNext(index);
    return Optional.of(code);
  }

  private static boolean ends(Instruction instruction) {
    return instruction instanceof Instruction.Exit || instruction instanceof Instruction.Jump;
  }

  private Optional<CodeBuilder> led(CodeBuilder code, int index) {
    boolean jump = code.leads(index)
        && !(code.at(index) instanceof Instruction.CallLocal)
        && !(code.at(index) instanceof LoadImmediate);
    if (jump) {
      code.lead(index, step());
    }
    return jump ? Optional.of(code) : Optional.empty();
  }

  /** A store is done once more, a few instructions before or behind. */
  private Optional<CodeBuilder> copied(CodeBuilder code, int index) {
    boolean fits = code.at(index) instanceof Store || code.at(index) instanceof Atomic;
    int place = Math.clamp(index + dice.below(17) - 8L, 0, code.size() - 1);
    return fits ? Optional.of(code.withCopy(index, place)) : Optional.empty();
  }
}
