package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.numeric.Operation;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic, moves and byte swaps.
 *
 * <p>Equalities are kept where the result is the operand plus a constant, or an extension of its low half ({@link Form}); every other
 * result is a new symbol with the scalar that the operation gives.
 */
final class ArithmeticSemantics {
  private static final long LOW_MASK = 0xffffffffL;

  private final Setting setting;
  private final Reporter reporter;

  ArithmeticSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
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
      state.setRegister(destination, onPointers(state, slot, instruction, left, right, used));
      return;
    }
    if (!setting.options().allowDivisionByZero() && divides(instruction.operator())) {
      checkDivisor(state, slot, instruction.width(), right, registers(instruction.source()));
    }
    state.setRegister(
        destination, onNumbers(state, instruction.operator(), instruction.width(), left, right));
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
    return lowHalfOfPointer(state, slot, source, used);
  }

  /** 32 bits of an address are a number that says nothing; under the strict policy they are a leak. */
  private Value lowHalfOfPointer(State state, int slot, Value source, int used) {
    if (setting.strict() && !mayBeNumber(source)) {
      reporter.report(
          slot,
          state,
          Check.POINTER_ARITHMETIC,
          "32-bit arithmetic on a pointer",
          "the operand is a number",
          used);
    }
    return state.numbers().freshNumber(Scalar.top().zeroExtend(32));
  }

  private static boolean mayBeNumber(Value value) {
    return value.kind() instanceof Kind.KernelObject k && k.untyped();
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
      return lowKnown(source)
          ? numbers.extend(source, Form.SIGN_EXTENDED)
          : numbers.freshNumber(numbers.of(source).signExtend(32));
    }
    Scalar extended = numbers.of(source).signExtend(bits);
    Scalar result = instruction.width() == Width.W64 ? extended : extended.zeroExtend(32);
    return result.equals(numbers.of(source)) && fits(numbers.of(source), bits)
        ? source
        : numbers.freshNumber(result);
  }

  /** Whether the scalar's values are their own sign extensions from {@code bits} bits, and not negative. */
  private static boolean fits(Scalar scalar, int bits) {
    return scalar.signedMin() >= 0 && scalar.signedMax() < 1L << (bits - 1);
  }

  /** Whether the low half of the value is that of symbol + shift. */
  private static boolean lowKnown(Value value) {
    return value.form() != Form.SHIFTED;
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

  /** The result of an operation on two numbers. */
  static Value onNumbers(
      State state, ArithmeticOperator operator, Width width, Value left, Value right) {
    Numbers numbers = state.numbers();
    Scalar l = numbers.of(left);
    Scalar r = numbers.of(right);
    boolean low = width == Width.W32;
    Scalar result = l.apply(operation(operator), low, r);
    if (result.isConstant()) {
      return Value.constant(result.constantValue());
    }
    if (low) {
      Value kept = keepLow(numbers, operator, left, l, right, r);
      return kept != null ? kept : numbers.freshNumber(result);
    }
    Value kept = keepFull(numbers, operator, left, l, right, r);
    return kept != null ? kept : relatedSum(numbers, operator, left, right, result);
  }

  /** The operation as one that keeps an equality with the operands, or null. */
  private static @Nullable Value keepFull(
      Numbers numbers, ArithmeticOperator operator, Value left, Scalar l, Value right, Scalar r) {
    switch (operator) {
      case ADD -> {
        if (r.isConstant() && left.form() == Form.FULL) {
          return plus(left, r.constantValue());
        }
        if (l.isConstant() && right.form() == Form.FULL) {
          return plus(right, l.constantValue());
        }
      }
      case SUB -> {
        if (r.isConstant() && left.form() == Form.FULL) {
          return plus(left, -r.constantValue());
        }
        if (left.form() == Form.FULL
            && right.form() == Form.FULL
            && left.symbol() == right.symbol()) {
          return Value.constant(left.shift() - right.shift());
        }
      }
      case LSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && lowKnown(left)) {
          return new Value(left.kind(), Form.SHIFTED, left.symbol(), left.shift());
        }
      }
      case RSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && left.form() == Form.SHIFTED) {
          return numbers.lowHalf(left.kind(), Form.ZERO_EXTENDED, left.symbol(), left.shift());
        }
      }
      case ARSH -> {
        if (r.isConstant() && (r.constantValue() & 63) == 32 && left.form() == Form.SHIFTED) {
          return numbers.lowHalf(left.kind(), Form.SIGN_EXTENDED, left.symbol(), left.shift());
        }
      }
      case AND -> {
        if (r.isConstant()) {
          return masked(numbers, left, l, r.constantValue());
        }
      }
      case MUL, DIV, SDIV, MOD, SMOD, OR, XOR, MOV, MOVSX8, MOVSX16, MOVSX32 -> {}
    }
    return unchanged(operator, left, r, 64);
  }

  /**
   * x & mask is x where no bit outside the mask can be set in x; x & 0xffffffff is the zero extension of the low half.
   */
  private static @Nullable Value masked(Numbers numbers, Value left, Scalar l, long mask) {
    if (((l.bitsMask() | l.bitsValue()) & ~mask) == 0) {
      return left;
    }
    return mask == LOW_MASK && lowKnown(left) ? numbers.extend(left, Form.ZERO_EXTENDED) : null;
  }

  /** x + 0, x · 1, x << 0 and their like are x. */
  private static @Nullable Value unchanged(
      ArithmeticOperator operator, Value left, Scalar r, int bits) {
    if (!r.isConstant()) {
      return null;
    }
    long constant = bits == 64 ? r.constantValue() : r.constantValue() & LOW_MASK;
    boolean same =
        switch (operator) {
          case ADD, SUB, OR, XOR -> constant == 0;
          case LSH, RSH, ARSH -> (constant & bits - 1) == 0;
          case MUL, DIV, SDIV -> constant == 1;
          case AND, MOD, SMOD, MOV, MOVSX8, MOVSX16, MOVSX32 -> false;
        };
    return same ? left : null;
  }

  /** The 32-bit operation as one that keeps an equality, or null. The result's low half is what the operation gives on low halves. */
  private static @Nullable Value keepLow(
      Numbers numbers, ArithmeticOperator operator, Value left, Scalar l, Value right, Scalar r) {
    switch (operator) {
      case ADD -> {
        if (r.isConstant() && lowKnown(left)) {
          return addLow(numbers, left, l, (int) r.constantValue());
        }
        if (l.isConstant() && lowKnown(right)) {
          return addLow(numbers, right, r, (int) l.constantValue());
        }
      }
      case SUB -> {
        if (r.isConstant() && lowKnown(left)) {
          return addLow(numbers, left, l, -(int) r.constantValue());
        }
      }
      case AND -> {
        if (r.isConstant()
            && ((l.bitsMask() | l.bitsValue()) & ~(r.constantValue() & LOW_MASK)) == 0) {
          return left;
        }
        if (r.isConstant()
            && ((l.bitsMask() | l.bitsValue()) & LOW_MASK & ~r.constantValue()) == 0
            && lowKnown(left)) {
          return numbers.extend(left, Form.ZERO_EXTENDED);
        }
      }
      case MUL, DIV, SDIV, MOD, SMOD, OR, XOR, LSH, RSH, ARSH, MOV, MOVSX8, MOVSX16, MOVSX32 -> {}
    }
    Value same = unchanged(operator, left, r, 32);
    return same != null && lowKnown(same) ? numbers.extend(same, Form.ZERO_EXTENDED) : null;
  }

  /**
   * (u32) (x + c). If x and x + c both lie in [0, 2³²) for every x possible, that is x + c; else the zero extension of the low half of
   * symbol + shift + c.
   */
  private static Value addLow(Numbers numbers, Value left, Scalar l, int constant) {
    if (left.form() == Form.FULL && l.signedMin() >= 0 && l.signedMax() <= LOW_MASK) {
      long least = l.signedMin() + constant;
      long most = l.signedMax() + constant;
      if (least >= 0 && most <= LOW_MASK) {
        return plus(left, constant);
      }
    }
    return numbers.lowHalf(left.kind(), Form.ZERO_EXTENDED, left.symbol(), left.shift() + constant);
  }

  private static Value plus(Value value, long constant) {
    return value.isLiteral() && value.isNumber()
        ? Value.constant(value.shift() + constant)
        : new Value(value.kind(), Form.FULL, value.symbol(), value.shift() + constant);
  }

  /**
   * A sum or a difference on a new symbol. Where it does not wrap, it is related to the operands that already are in relations: t = x + y with y
   * in [a, b] gives a ≤ t − x ≤ b. A difference x − y is narrowed by what is known of x − y.
   */
  private static Value relatedSum(
      Numbers numbers, ArithmeticOperator operator, Value left, Value right, Scalar result) {
    Scalar known = result;
    if (operator == ArithmeticOperator.SUB) {
      long most = numbers.maxDifference(left, right);
      long least = numbers.maxDifference(right, left);
      if (most != Long.MAX_VALUE
          && least != Long.MAX_VALUE
          && least != Long.MIN_VALUE
          && -least <= most) {
        known = known.meet(Scalar.signed(-least, most));
      }
    }
    Value sum = numbers.freshNumber(known);
    if (sum.isLiteral()) {
      return sum;
    }
    if (operator == ArithmeticOperator.ADD && addsExactly(numbers.of(left), numbers.of(right))) {
      relate(numbers, sum, left, numbers.of(right));
      relate(numbers, sum, right, numbers.of(left));
    }
    if (operator == ArithmeticOperator.SUB
        && subtractsExactly(numbers.of(left), numbers.of(right))) {
      Scalar r = numbers.of(right);
      if (r.signedMin() > Long.MIN_VALUE) {
        relate(numbers, sum, left, Scalar.signed(-r.signedMax(), -r.signedMin()));
      }
    }
    return sum;
  }

  private static void relate(Numbers numbers, Value sum, Value operand, Scalar difference) {
    if (operand.form() == Form.FULL && numbers.relations().mentions(operand.symbol())) {
      numbers.assumeDifference(sum, operand, difference.signedMax());
      if (difference.signedMin() > Long.MIN_VALUE) {
        numbers.assumeDifference(operand, sum, -difference.signedMin());
      }
    }
  }

  private static boolean addsExactly(Scalar a, Scalar b) {
    return !overflows(a.signedMin(), b.signedMin()) && !overflows(a.signedMax(), b.signedMax());
  }

  private static boolean overflows(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0;
  }

  private static boolean subtractsExactly(Scalar a, Scalar b) {
    long least = a.signedMin() - b.signedMax();
    long most = a.signedMax() - b.signedMin();
    return ((a.signedMin() ^ b.signedMax()) & (a.signedMin() ^ least)) >= 0
        && ((a.signedMax() ^ b.signedMin()) & (a.signedMax() ^ most)) >= 0;
  }

  static Operation operation(ArithmeticOperator operator) {
    return switch (operator) {
      case ADD -> Operation.ADD;
      case SUB -> Operation.SUB;
      case MUL -> Operation.MUL;
      case DIV -> Operation.DIVIDE_UNSIGNED;
      case SDIV -> Operation.DIVIDE_SIGNED;
      case MOD -> Operation.MODULO_UNSIGNED;
      case SMOD -> Operation.MODULO_SIGNED;
      case OR -> Operation.OR;
      case AND -> Operation.AND;
      case XOR -> Operation.XOR;
      case LSH -> Operation.SHIFT_LEFT;
      case RSH -> Operation.SHIFT_RIGHT;
      case ARSH -> Operation.SHIFT_RIGHT_SIGNED;
      case MOV, MOVSX8, MOVSX16, MOVSX32 ->
        throw new IllegalArgumentException(operator + " is a move");
    };
  }

  /** An operation with a pointer among its operands: pointer ± number, number + pointer, and differences of pointers mean something. */
  private Value onPointers(
      State state, int slot, Instruction.Binary instruction, Value left, Value right, int used) {
    Numbers numbers = state.numbers();
    if (instruction.width() == Width.W32) {
      return lowHalfOfPointer(state, slot, left.isNumber() ? right : left, used);
    }
    Value pointer = left.isNumber() ? right : left;
    if ((isUntyped(left) && !right.isNumber()) || (isUntyped(right) && !left.isNumber())) {
      if (setting.strict() && !(isUntyped(left) && isUntyped(right))) {
        reporter.report(
            slot,
            state,
            Check.POINTER_ARITHMETIC,
            "a pointer becomes part of a number",
            "a pointer is only moved by a number, or subtracted from another",
            used);
      }
      return numbers.freshNumber(Scalar.top());
    }
    boolean sum =
        instruction.operator() == ArithmeticOperator.ADD && (left.isNumber() || right.isNumber());
    boolean difference = instruction.operator() == ArithmeticOperator.SUB && right.isNumber();
    if (sum || difference) {
      return moved(state, slot, instruction.operator(), left, right, pointer, used);
    }
    if (instruction.operator() == ArithmeticOperator.SUB && !left.isNumber() && !right.isNumber()) {
      if (sameRegion(setting, left, right)) {
        return onNumbers(
            state, ArithmeticOperator.SUB, Width.W64, left.asNumber(), right.asNumber());
      }
      if (setting.strict()) {
        reporter.report(
            slot,
            state,
            Check.POINTER_ARITHMETIC,
            "subtraction of pointers into different regions",
            "both point into one region",
            used);
      }
      return numbers.freshNumber(Scalar.top());
    }
    if (!isUntyped(left) && !isUntyped(right)) {
      reporter.report(
          slot,
          state,
          Check.POINTER_ARITHMETIC,
          "this operation on a pointer gives no pointer",
          "a pointer is only moved by a number, or subtracted from another",
          used);
    }
    return numbers.freshNumber(Scalar.top());
  }

  private static boolean isUntyped(Value value) {
    return value.kind() instanceof Kind.KernelObject k && k.untyped();
  }

  private Value moved(
      State state,
      int slot,
      ArithmeticOperator operator,
      Value left,
      Value right,
      Value pointer,
      int used) {
    Kind kind = pointer.kind();
    boolean fixed =
        switch (kind) {
          case Kind.MapReference m -> true;
          case Kind.InnerMap m -> true;
          case Kind.CodeReference c -> true;
          case Kind.Basic basic -> basic == Kind.Basic.UNUSABLE;
          case Kind.FramePointer p -> false;
          case Kind.MapValue v -> false;
          case Kind.Memory m -> false;
          case Kind.KernelObject k -> false;
          case Kind.Socket s -> false;
        };
    if (kind.nullable()) {
      reporter.report(
          slot,
          state,
          Check.NOT_NULL,
          "arithmetic on a pointer that may be null",
          "the pointer is compared with null before",
          used);
      kind = kind.nonNull();
    }
    if (fixed) {
      reporter.report(
          slot,
          state,
          Check.POINTER_ARITHMETIC,
          "this pointer cannot be moved",
          "the pointer stays as it was given",
          used);
      return Value.UNUSABLE;
    }
    Value first = state.materialised(left).asNumber();
    Value second = state.materialised(right).asNumber();
    return onNumbers(state, operator, Width.W64, first, second).withKind(kind);
  }

  /**
   * Whether two pointers surely have the same base, so that their difference is that of their offsets. Two values of a map may be
   * values of different keys, and two objects of one type different objects; data sections have one value only.
   */
  static boolean sameRegion(Setting setting, Value left, Value right) {
    if (!left.kind().equals(right.kind()) || left.kind().nullable()) {
      return false;
    }
    return switch (left.kind()) {
      case Kind.Basic basic -> basic == Kind.Basic.PACKET || basic == Kind.Basic.CONTEXT;
      case Kind.FramePointer p -> true;
      case Kind.MapValue v -> !v.inner() && setting.map(v.map()).data().isPresent();
      case Kind.Memory m -> m.reference() != 0;
      case Kind.MapReference m -> false;
      case Kind.InnerMap m -> false;
      case Kind.KernelObject k -> false;
      case Kind.Socket s -> false;
      case Kind.CodeReference c -> false;
    };
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
      state.setRegister(r, state.numbers().freshNumber(known.byteSwap(instruction.bits())));
    } else {
      state.setRegister(r, truncated(state, value, instruction.bits()));
    }
  }

  /** The low {@code bits} bits of a number, zero-extended; the same value where that changes nothing. */
  static Value truncated(State state, Value value, int bits) {
    if (bits == 64) {
      return value;
    }
    if (bits == 32 && lowKnown(value)) {
      return state.numbers().extend(value, Form.ZERO_EXTENDED);
    }
    Scalar known = state.scalar(value);
    boolean same = known.signedMin() >= 0 && known.signedMax() < 1L << bits;
    return same ? value : state.numbers().freshNumber(known.zeroExtend(bits));
  }

  private boolean number(State state, int slot, Register register) {
    if (!initialised(state, slot, register)) {
      return false;
    }
    Value value = state.register(register.number());
    if (!value.isNumber()) {
      if (!isUntyped(value)) {
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
