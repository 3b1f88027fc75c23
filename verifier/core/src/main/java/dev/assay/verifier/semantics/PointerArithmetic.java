package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Width;
import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** Operations with a pointer among their operands: which of them give a pointer or a distance, and which an unknown number. */
final class PointerArithmetic {
  private final Setting setting;
  private final Reporter reporter;

  PointerArithmetic(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  /** An operation with a pointer among its operands: pointer ± number, number + pointer, and differences of pointers mean something. */
  Value apply(
      State state, int slot, Instruction.Binary instruction, Value left, Value right, int used) {
    Numbers numbers = state.numbers();
    if (instruction.width() == Width.W32) {
      // The low half of the difference of two addresses is that of their offsets' difference.
      boolean distance = !setting.strict()
          && instruction.operator() == ArithmeticOperator.SUB
          && !left.isNumber()
          && !right.isNumber()
          && sameRegion(setting, left, right);
      return distance
          ? NumberArithmetic.apply(
              state, ArithmeticOperator.SUB, Width.W32, left.asNumber(), right.asNumber())
          : lowHalf(state, slot, left.isNumber() ? right : left, used);
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
    boolean ofPointers = !left.isNumber() && !right.isNumber();
    if (instruction.operator() == ArithmeticOperator.OR
        && !setting.strict()
        && (ofPointers || isZero(state, left) || isZero(state, right))) {
      return union(state, left, right);
    }
    boolean sum =
        instruction.operator() == ArithmeticOperator.ADD && (left.isNumber() || right.isNumber());
    boolean difference = instruction.operator() == ArithmeticOperator.SUB && right.isNumber();
    if (sum || difference) {
      return moved(state, slot, instruction.operator(), left, right, pointer, used);
    }
    if (instruction.operator() == ArithmeticOperator.SUB && !left.isNumber() && !right.isNumber()) {
      if (sameRegion(setting, left, right)) {
        return NumberArithmetic.apply(
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

  /** x | 0 is x. Two pointers of which one is not 0 make a word that is not, whatever else it is. */
  private static Value union(State state, Value left, Value right) {
    if (isZero(state, left)) {
      return right;
    }
    if (isZero(state, right)) {
      return left;
    }
    boolean notNull =
        JumpSemantics.surelyNotNull(state, left) || JumpSemantics.surelyNotNull(state, right);
    return state
        .numbers()
        .freshNumber(
            notNull
                ? Scalar.assume(Condition.NE, false, Scalar.top(), Scalar.constant(0))
                    .left()
                : Scalar.top());
  }

  private static boolean isZero(State state, Value value) {
    return value.isNumber() && state.scalar(value).equals(Scalar.constant(0));
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
          case Kind.PerCpuVariable v -> true;
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
    return NumberArithmetic.apply(state, operator, Width.W64, first, second).withKind(kind);
  }

  /** 32 bits of an address are a number that says nothing; under the strict policy they are a leak. */
  Value lowHalf(State state, int slot, Value source, int used) {
    if (setting.strict() && !isUntyped(source)) {
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
      case Kind.PerCpuVariable v -> false;
      case Kind.CodeReference c -> false;
    };
  }

  /** Whether the value may be a pointer as well as a number. */
  static boolean isUntyped(Value value) {
    return value.kind() instanceof Kind.KernelObject k && k.untyped();
  }
}
