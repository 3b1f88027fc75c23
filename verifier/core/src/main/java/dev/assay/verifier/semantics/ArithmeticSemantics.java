package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.nio.ByteOrder;

/** Arithmetic, moves and byte swaps: what they need of their operands, and what the destination holds afterwards. */
final class ArithmeticSemantics {
  private final Setting setting;
  private final Reporter reporter;
  private final PointerArithmetic pointers;

  ArithmeticSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.pointers = new PointerArithmetic(setting, reporter);
  }

  /** The operand as a 64-bit value: immediates are sign-extended. */
  static Value operand(State state, Operand operand) {
    return switch (operand) {
      case Operand.OfRegister r -> state.register(r.register().number());
      case Operand.OfImmediate i -> Value.constant(i.value());
    };
  }

  /** The set of registers that an operand reads. */
  static int registers(Operand operand) {
    return operand instanceof Operand.OfRegister r ? 1 << r.register().number() : 0;
  }

  void binary(State state, int slot, Instruction.Binary instruction) {
    int destination = instruction.destination().number();
    Value right = operand(state, instruction.source());
    int used = registers(instruction.source());
    if (used != 0
        && !initialised(state, slot, ((Operand.OfRegister) instruction.source()).register())) {
      right = state.numbers().freshNumber(Scalar.top());
    }
    if (instruction.operator() == ArithmeticOperator.MOV) {
      state.setRegister(destination, move(state, slot, instruction.width(), right, used));
      return;
    }
    if (isExtension(instruction.operator())) {
      state.setRegister(destination, moveExtended(state, slot, instruction, right, used));
      return;
    }
    if (!initialised(state, slot, instruction.destination())) {
      state.setRegister(destination, state.numbers().freshNumber(Scalar.top()));
      return;
    }
    Value left = state.register(destination);
    used |= 1 << destination;
    if (!left.isNumber() || !right.isNumber()) {
      state.setRegister(destination, pointers.apply(state, slot, instruction, left, right, used));
      return;
    }
    if (!setting.options().allowDivisionByZero() && divides(instruction.operator())) {
      checkDivisor(state, slot, instruction.width(), right, registers(instruction.source()));
    }
    state.setRegister(
        destination,
        NumberArithmetic.apply(state, instruction.operator(), instruction.width(), left, right));
  }

  /** Whether a register was written; if not, says so. */
  boolean initialised(State state, int slot, Register register) {
    if (state.register(register.number()).isUninitialised()) {
      reporter.report(
          slot,
          state,
          Check.INITIALISED,
          register + " is read, but not written on every path to here",
          register + " is written before",
          1 << register.number());
      return false;
    }
    return true;
  }

  private Value move(State state, int slot, Width width, Value source, int used) {
    if (width == Width.W64) {
      return source;
    }
    if (source.isNumber()) {
      return state.numbers().extend(source, Form.ZERO_EXTENDED);
    }
    return pointers.lowHalf(state, slot, source, used);
  }

  private static boolean isExtension(ArithmeticOperator operator) {
    return switch (operator) {
      case MOVSX8, MOVSX16, MOVSX32 -> true;
      case MOV, ADD, SUB, MUL, DIV, SDIV, MOD, SMOD, OR, AND, XOR, LSH, RSH, ARSH -> false;
    };
  }

  private Value moveExtended(
      State state, int slot, Instruction.Binary instruction, Value source, int used) {
    int bits =
        switch (instruction.operator()) {
          case MOVSX8 -> 8;
          case MOVSX16 -> 16;
          case MOVSX32 -> 32;
          case MOV, ADD, SUB, MUL, DIV, SDIV, MOD, SMOD, OR, AND, XOR, LSH, RSH, ARSH ->
            throw new IllegalArgumentException("not a sign extension: " + instruction);
        };
    if (!source.isNumber()) {
      reporter.report(
          slot,
          state,
          Check.POINTER_ARITHMETIC,
          "sign extension of a pointer",
          "the operand is a number",
          used);
      return state.numbers().freshNumber(Scalar.top());
    }
    Numbers numbers = state.numbers();
    if (bits == 32 && instruction.width() == Width.W64) {
      return NumberArithmetic.lowKnown(source)
          ? numbers.extend(source, Form.SIGN_EXTENDED)
          : numbers.freshNumber(numbers.of(source).signExtend(32));
    }
    Scalar extended = numbers.of(source).signExtend(bits);
    Scalar result = instruction.width() == Width.W64 ? extended : extended.zeroExtend(32);
    return fits(numbers.of(source), bits) ? source : numbers.freshNumber(result);
  }

  /** Whether the scalar's values are their own sign extensions from {@code bits} bits, to 32 bits and to 64: that is, not negative. */
  private static boolean fits(Scalar scalar, int bits) {
    return scalar.signedMin() >= 0 && scalar.signedMax() < 1L << (bits - 1);
  }

  private static boolean divides(ArithmeticOperator operator) {
    return switch (operator) {
      case DIV, SDIV, MOD, SMOD -> true;
      case ADD, SUB, MUL, OR, AND, XOR, LSH, RSH, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 -> false;
    };
  }

  private void checkDivisor(State state, int slot, Width width, Value divisor, int used) {
    Scalar known =
        width == Width.W64 ? state.scalar(divisor) : state.scalar(divisor).zeroExtend(32);
    if (known.contains(0)) {
      reporter.report(
          slot,
          state,
          Check.DIVISION_BY_ZERO,
          "the divisor may be zero",
          "the divisor is not zero",
          used);
    }
  }

  void negate(State state, int slot, Instruction.Negate instruction) {
    int r = instruction.destination().number();
    if (!number(state, slot, instruction.destination())) {
      state.setRegister(r, state.numbers().freshNumber(Scalar.top()));
      return;
    }
    Scalar result = state.scalar(state.register(r)).negate(instruction.width() == Width.W32);
    state.setRegister(r, state.numbers().freshNumber(result));
  }

  void byteSwap(State state, int slot, Instruction.ByteSwap instruction) {
    int r = instruction.destination().number();
    if (!number(state, slot, instruction.destination())) {
      state.setRegister(
          r, state.numbers().freshNumber(Scalar.top().zeroExtend(instruction.bits())));
      return;
    }
    boolean swaps = swaps(instruction.conversion(), setting.object().byteOrder());
    Value value = state.register(r);
    Scalar known = state.scalar(value);
    if (swaps) {
      Value swapped = state.numbers().freshNumber(known.byteSwap(instruction.bits()));
      if (value.form() == Form.FULL
          && !value.isLiteral()
          && value.shift() == 0
          && !swapped.isLiteral()) {
        state
            .numbers()
            .learn(new Fact.Image(
                swapped.symbol(), Fact.Function.BYTE_SWAP, instruction.bits(), value.symbol()));
      }
      state.setRegister(r, swapped);
    } else {
      state.setRegister(r, NumberArithmetic.truncated(state, value, instruction.bits()));
    }
  }

  private boolean number(State state, int slot, Register register) {
    if (!initialised(state, slot, register)) {
      return false;
    }
    Value value = state.register(register.number());
    if (!value.isNumber()) {
      if (!PointerArithmetic.isUntyped(value)) {
        reporter.report(
            slot,
            state,
            Check.POINTER_ARITHMETIC,
            "this operation on a pointer gives no pointer",
            register + " is a number",
            1 << register.number());
      }
      return false;
    }
    return true;
  }

  /** Whether the byte order conversion swaps on a host of this order. */
  static boolean swaps(ByteOrderConversion conversion, ByteOrder order) {
    return switch (conversion) {
      case SWAP -> true;
      case TO_LITTLE_ENDIAN -> order == ByteOrder.BIG_ENDIAN;
      case TO_BIG_ENDIAN -> order == ByteOrder.LITTLE_ENDIAN;
    };
  }
}
