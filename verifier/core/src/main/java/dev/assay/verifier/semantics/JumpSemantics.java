package dev.assay.verifier.semantics;

import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Width;
import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.object.MapDefinition;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.Numbers;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** What conditional jumps need, and what their outcome teaches. */
final class JumpSemantics {
  /** Pointers are taken to be at least this far from address 0 (Linux: the lowest and highest 512 MiB hold no regions). */
  private static final long NULL_DISTANCE = 1L << 29;

  /** Metadata before a packet never has more bytes. */
  private static final long LARGEST_META = 4096;

  private final Setting setting;
  private final Reporter reporter;

  JumpSemantics(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  /** Whether the jump asks just whether the register {@code r} is null, so that a nullable pointer need not be split before. */
  static boolean isNullTest(State state, Instruction.ConditionalJump jump, int r) {
    Value right = ArithmeticSemantics.operand(state, jump.right());
    return jump.left().number() == r
        && jump.width() == Width.W64
        && right.isNumber()
        && right.isLiteral()
        && right.shift() == 0
        && tellsNull(jump.comparison());
  }

  private static boolean tellsNull(Comparison comparison) {
    return switch (comparison) {
      case EQ, NE, GT, LE -> true;
      case SET, NOT_SET, GE, LT, SGT, SGE, SLT, SLE -> false;
    };
  }

  /** Reports what the comparison needs and does not have. */
  void check(State state, int slot, Instruction.ConditionalJump jump) {
    int used = 1 << jump.left().number() | ArithmeticSemantics.registers(jump.right());
    Value left = state.register(jump.left().number());
    Value right = ArithmeticSemantics.operand(state, jump.right());
    for (int r = 0; r < State.REGISTERS; r++) {
      if ((used >>> r & 1) != 0 && state.register(r).isUninitialised()) {
        reporter.report(
            slot,
            state,
            Check.INITIALISED,
            "r" + r + " is compared, but not written on every path to here",
            "r" + r + " is written before",
            1 << r);
        return;
      }
    }
    if (left.isNumber() && right.isNumber() || !setting.strict()) {
      return;
    }
    boolean withNull = right.isNumber()
        && right.isLiteral()
        && right.shift() == 0
        && tellsNull(jump.comparison())
        && jump.width() == Width.W64;
    boolean oneRegion = jump.width() == Width.W64
        && PointerArithmetic.sameRegion(setting, left, right)
        && !isBits(jump.comparison());
    boolean whichMap = jump.width() == Width.W64
        && (jump.comparison() == Comparison.EQ || jump.comparison() == Comparison.NE)
        && left.kind() instanceof Kind.MapReference
        && right.kind() instanceof Kind.MapReference;
    if (!withNull && !oneRegion && !whichMap) {
      reporter.report(
          slot,
          state,
          Check.COMPARISON,
          "a pointer is compared with something that is not in its region",
          "both are numbers, or maps, or point into one region, or one is a pointer and the other"
              + " 0",
          used);
    }
  }

  private static boolean isBits(Comparison comparison) {
    return comparison == Comparison.SET || comparison == Comparison.NOT_SET;
  }

  /**
   * Narrows the state to the outcome.
   *
   * @return false if that outcome is impossible
   */
  boolean assume(State state, Instruction.ConditionalJump jump, boolean taken) {
    Comparison comparison = taken ? jump.comparison() : jump.comparison().negated();
    int register = jump.left().number();
    Value left = state.register(register);
    Value right = ArithmeticSemantics.operand(state, jump.right());
    boolean low = jump.width() == Width.W32;
    if (left.isNumber() && right.isNumber()) {
      return assumeNumbers(state, condition(comparison), low, left, right);
    }
    if (low) {
      return !isOneWayApart(state, comparison, left, right)
          || assumeInRegion(state, comparison, left, right);
    }
    if (left.kind().nullable() && isNullTest(state, jump, register)) {
      assumeNull(state, register, comparison == Comparison.EQ || comparison == Comparison.LE);
      return true;
    }
    if (left.isNumber() != right.isNumber()) {
      return assumeWithNumber(
          state,
          left.isNumber() ? comparison.mirrored() : comparison,
          left.isNumber() ? right : left,
          left.isNumber() ? left : right);
    }
    if (left.kind() instanceof Kind.MapReference && left.equals(right)) {
      // One address. That of another definition may be the same one, too: a loader may give both
      // the same map.
      return switch (comparison) {
        case EQ, GE, LE, SGE, SLE -> true;
        case NE, GT, LT, SGT, SLT -> false;
        case SET, NOT_SET -> true;
      };
    }
    return !PointerArithmetic.sameRegion(setting, left, right)
        || assumeInRegion(state, comparison, left, right);
  }

  /** Of two unknown numbers their low halves, if these are compared, become symbols, which can be related. */
  private static boolean assumeNumbers(
      State state, Condition condition, boolean low, Value left, Value right) {
    Value l = left;
    Value r = right;
    if (!state.scalar(left).isConstant() && !state.scalar(right).isConstant()) {
      l = left.form() == Form.ZERO_EXTENDED ? state.materialised(left) : left;
      r = right.form() == Form.ZERO_EXTENDED ? state.materialised(right) : right;
      if (low) {
        // First the halves of the whole words, which may be all that other values hold.
        if (!state.numbers().assume(condition, true, l, r)) {
          return false;
        }
        l = state.numbers().lowHalfAsSymbol(l);
        r = state.numbers().lowHalfAsSymbol(r);
      }
    }
    return state.numbers().assume(condition, low, l, r);
  }

  /**
   * Whether equality of the low halves of two addresses is equality of the addresses: they have one base, and their offsets differ by less than 2³².
   */
  private boolean isOneWayApart(State state, Comparison comparison, Value left, Value right) {
    return (comparison == Comparison.EQ || comparison == Comparison.NE)
        && !left.isNumber()
        && !right.isNumber()
        && PointerArithmetic.sameRegion(setting, left, right)
        && Numbers.isLowHalf(state.scalar(left))
        && Numbers.isLowHalf(state.scalar(right));
  }

  /** A nullable pointer turns out to be null (the number 0; a reference was then not given) or not to be. */
  static void assumeNull(State state, int register, boolean isNull) {
    Value value = state.register(register);
    if (isNull) {
      if (value.kind().reference() != 0 && !value.kind().view()) {
        state.forgetReference(value.kind().reference());
      }
      state.setRegister(register, Value.constant(0));
    } else {
      state.setRegister(register, value.withKind(value.kind().nonNull()));
    }
  }

  /** A pointer that is not null never equals 0, if it was not moved far. Other numbers teach nothing. */
  private boolean assumeWithNumber(
      State state, Comparison comparison, Value pointer, Value number) {
    if (!state.scalar(number).equals(Scalar.constant(0)) || !surelyNotNull(state, pointer)) {
      return true;
    }
    return switch (comparison) {
      case EQ, LE -> false;
      case NE, GT, GE, LT, SET, NOT_SET, SGT, SGE, SLT, SLE -> true;
    };
  }

  /** Whether the word of a pointer is not 0: it is not null, and was not moved far. */
  static boolean surelyNotNull(State state, Value pointer) {
    boolean known =
        switch (pointer.kind()) {
          case Kind.Basic basic -> basic == Kind.Basic.CONTEXT || basic == Kind.Basic.PACKET;
          case Kind.KernelObject object ->
            !object.untyped() && !object.nullable() && object.trust().excludesNull();
          case Kind.FramePointer p -> true;
          case Kind.MapReference m -> true;
          case Kind.InnerMap m -> !m.nullable();
          case Kind.MapValue v -> !v.nullable();
          case Kind.Memory m -> !m.nullable();
          case Kind.Socket s -> !s.nullable();
          case Kind.PerCpuVariable v -> false;
          case Kind.CodeReference c -> true;
        };
    Scalar offset = state.scalar(pointer);
    return known && offset.signedMin() > -NULL_DISTANCE && offset.signedMax() < NULL_DISTANCE;
  }

  /**
   * Two pointers with the same base. Their addresses are equal exactly if their offsets are. An order between the addresses is the
   * order of the offsets as integers only if neither base + offset wraps around the address space: that is known for offsets within the
   * region and its end, and nothing is learnt beyond. Packets lie so far from the ends of the address space that offsets from data do not
   * wrap either, up to the largest that pointer arithmetic may form: a loop that tests a pointer and then moves it goes past the largest
   * packet before it is tested again.
   */
  private boolean assumeInRegion(State state, Comparison comparison, Value left, Value right) {
    Condition condition =
        switch (comparison) {
          case EQ -> Condition.EQ;
          case NE -> Condition.NE;
          case GT -> Condition.SGT;
          case GE -> Condition.SGE;
          case LT -> Condition.SLT;
          case LE -> Condition.SLE;
          // A region may straddle the middle of the address space.
          case SGT, SGE, SLT, SLE, SET, NOT_SET -> Condition.SET;
        };
    if (condition == Condition.SET) {
      return true;
    }
    boolean order = condition != Condition.EQ && condition != Condition.NE;
    if (order && !(nearRegion(state, left) && nearRegion(state, right))) {
      return true;
    }
    return state.numbers().assume(condition, false, left.asNumber(), right.asNumber());
  }

  private boolean nearRegion(State state, Value pointer) {
    long from = 0;
    long to = 0;
    switch (pointer.kind()) {
      case Kind.Basic basic -> {
        from = basic == Kind.Basic.PACKET ? -LARGEST_META : 0;
        to = basic == Kind.Basic.PACKET
            ? setting.platform().limits().pointerOffset()
            : setting.kind().context().size();
      }
      case Kind.FramePointer p -> from = -state.frame(p.frame()).stack().size();
      case Kind.MapValue v ->
        to = setting.shape(v).map(MapDefinition::valueSize).orElse(0);
      case Kind.Memory m -> to = m.size();
      case Kind.MapReference m -> {}
      case Kind.InnerMap m -> {}
      case Kind.KernelObject k -> {}
      case Kind.Socket s -> {}
      case Kind.PerCpuVariable v -> {}
      case Kind.CodeReference c -> {}
    }
    Scalar offset = state.scalar(pointer);
    return offset.signedMin() >= from && offset.signedMax() <= to;
  }

  static Condition condition(Comparison comparison) {
    return switch (comparison) {
      case EQ -> Condition.EQ;
      case NE -> Condition.NE;
      case SET -> Condition.SET;
      case NOT_SET -> Condition.NOT_SET;
      case GT -> Condition.GT;
      case GE -> Condition.GE;
      case LT -> Condition.LT;
      case LE -> Condition.LE;
      case SGT -> Condition.SGT;
      case SGE -> Condition.SGE;
      case SLT -> Condition.SLT;
      case SLE -> Condition.SLE;
    };
  }

  /** The registers that the jump's operands are read from. */
  static int registers(Instruction.ConditionalJump jump) {
    return 1 << jump.left().number()
        | (jump.right() instanceof Operand.OfRegister r ? 1 << r.register().number() : 0);
  }
}
