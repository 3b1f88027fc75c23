package dev.assay.verifier.semantics;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.btf.KernelTypes.Found;
import dev.assay.numeric.Scalar;
import dev.assay.platform.TargetFacts;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/**
 * Loads from objects of the kernel.
 *
 * <p>Why they are safe: a load through a pointer on which nothing may be built (passed, walked, untrusted, or without a type) is guarded by the
 * kernel, and gives 0 where it faults. A load through one for which the kernel vouches is not guarded, but the object is then alive and of the
 * type, and the load lies within the type's size; the open end of an object, whose size the type does not say, is not within.
 *
 * <p>What a load gives may be any word: that it is typed as a pointer only says what loads through it, guarded ones, go by, and
 * which functions take it.
 */
final class KernelObjectAccess {
  private final Setting setting;
  private final Reporter reporter;

  KernelObjectAccess(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  Value load(State state, Access access, Kind.KernelObject object) {
    if (setting.strict()) {
      // Linux 6.18, check_ptr_to_btf_access: for loaders with CAP_PERFMON.
      reporter.report(
          access.slot(),
          state,
          Check.POINTER_LEAK,
          access.what() + " in an object of the kernel, which may hold addresses",
          "the policy is privileged, as for loaders with CAP_PERFMON",
          access.registers());
    }
    Optional<KernelTypes> types = setting.kernelTypes();
    if (object.btfType() == 0 || types.isEmpty()) {
      return anything(state, access, object);
    }
    Scalar offset = state.scalar(access.at());
    if (!offset.isConstant()) {
      reporter.report(
          access.slot(),
          state,
          Check.MEMORY_BOUNDS,
          access.what() + " at an offset in " + name(types.get(), object) + " that is not known",
          "the offset is a constant",
          access.registers());
      return Access.unknown(state, access.size());
    }
    boolean openEnd = !object.trust().isTrusted();
    return switch (types
        .get()
        .at(object.btfType(), offset.constantValue(), access.size(), openEnd)) {
      case Found.Number n -> Access.unknown(state, access.size());
      case Found.Pointer p -> pointer(state, types.get(), object, p);
      case Found.PartOfPointer p -> {
        report(
            state,
            access,
            types.get(),
            object,
            "has a part of the pointer " + p.member(),
            "all 8 bytes of the pointer are loaded");
        yield Access.unknown(state, access.size());
      }
      case Found.Nothing n -> {
        report(
            state,
            access,
            types.get(),
            object,
            "is not within one member",
            "offset and size are those of a member");
        yield Access.unknown(state, access.size());
      }
      case Found.Outside o -> {
        report(
            state,
            access,
            types.get(),
            object,
            "lies outside",
            "the access lies within the struct");
        yield Access.unknown(state, access.size());
      }
    };
  }

  /** What may be another pointer of the same sort. */
  private Value anything(State state, Access access, Kind.KernelObject object) {
    if (access.size() != 8) {
      return Access.unknown(state, access.size());
    }
    boolean unfollowed = object.untyped() && object.trust() == Kind.Trust.UNTRUSTED;
    return state
        .numbers()
        .freshValue(
            unfollowed ? Kind.KernelObject.UNFOLLOWED : Kind.KernelObject.ANY, Scalar.constant(0));
  }

  private void report(
      State state,
      Access access,
      KernelTypes types,
      Kind.KernelObject object,
      String what,
      String required) {
    reporter.report(
        access.slot(),
        state,
        Check.MEMORY_BOUNDS,
        access.what() + " at offset " + state.scalar(access.at()).constantValue() + " " + what
            + (what.endsWith("outside") ? " " : ": ") + name(types, object),
        required,
        access.registers());
  }

  private static String name(KernelTypes types, Kind.KernelObject object) {
    return types.types().describe(object.btfType()) + " ("
        + types.types().size(object.btfType()).orElse(0) + " bytes)";
  }

  private Value pointer(
      State state, KernelTypes types, Kind.KernelObject object, Found.Pointer found) {
    if (isElsewhere(types.types(), found.target())) {
      return Access.unknown(state, 8);
    }
    int target = types.types().resolve(found.target());
    if (!(types.types().type(target) instanceof BtfType.Composite struct)) {
      return state.numbers().freshValue(Kind.KernelObject.UNFOLLOWED, Scalar.constant(0));
    }
    Optional<TargetFacts.Field> vouched = object.trust().isTrusted() && !found.choice()
        ? setting.platform().targetFacts().field(types.types().name(found.owner()), found.member())
        : Optional.empty();
    Kind.Trust trust =
        vouched.isPresent() ? Kind.Trust.VOUCHED : walked(object.trust(), found.choice());
    boolean nullable = vouched.equals(Optional.of(TargetFacts.Field.NULLABLE));
    return Value.pointer(
        new Kind.KernelObject(struct.name(), target, trust, nullable, 0, false), 0);
  }

  /**
   * As Linux has it: while nothing in the program sleeps, the kernel's read-side critical section keeps what fields point to, to which helpers are
   * used; of what is not vouched for anyway, a sleeping program's are not told apart ("old compat" there).
   */
  private Kind.Trust walked(Kind.Trust trust, boolean choice) {
    if (choice) {
      return Kind.Trust.UNTRUSTED;
    }
    return switch (trust) {
      case CERTAIN, VOUCHED ->
        setting.kind().sleepable() ? Kind.Trust.UNTRUSTED : Kind.Trust.WALKED;
      case DERIVED, PASSED, WALKED -> Kind.Trust.WALKED;
      case UNTRUSTED -> Kind.Trust.UNTRUSTED;
    };
  }

  /** Whether what a pointer points to is tagged as not being at its address for the kernel: it is in user space, or once on each CPU. */
  static boolean isElsewhere(BtfTypes types, int target) {
    return types.tagged(target, "user") || types.tagged(target, "percpu");
  }
}
