package dev.assay.verifier.semantics;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.object.BpfProgram;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.platform.TargetFacts;
import dev.assay.platform.TargetRule;
import dev.assay.verifier.state.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a program attaches to, as far as that says what its arguments are: the context is then an array of 8-byte slots, one for each argument
 * and two for one of more than 8 bytes, and for some kinds one more for the result.
 *
 * <p>What an argument is follows Linux 6.18 ({@code btf_ctx_access} in {@code kernel/bpf/btf.c}), with two differences, both to the safe side:
 * pointers to anything but structs are numbers, where 6.18 refuses to load some of them; and that a pointer for which the kernel vouches is not
 * null is not built on.
 */
public sealed interface AttachTarget {
  /** As many parameters as Linux passes on ({@code MAX_BPF_FUNC_ARGS}). */
  int MOST_PARAMETERS = 12;

  /** Bytes of the largest parameter that Linux passes on. */
  int LARGEST_PARAMETER = 16;

  /** The kind has no such arguments, the section does not say the target, or nothing tells the target's types. */
  record Untold() implements AttachTarget {}

  /**
   * The kernel has nothing that the program could attach to.
   *
   * @param message one sentence: what is missing or does not fit
   * @param required what would have to hold
   */
  record Refused(String message, String required) implements AttachTarget {}

  /**
   * The target.
   *
   * @param name of the function or tracepoint, as the kernel calls it
   * @param slots what each 8 bytes of the context are
   * @param hasResult whether the last of them is the function's result
   */
  record Known(String name, List<Slot> slots, boolean hasResult) implements AttachTarget {
    public Known {
      slots = List.copyOf(slots);
    }
  }

  /** Eight bytes of the context. */
  sealed interface Slot {
    /** A number, or a pointer that is none for programs. */
    record Number() implements Slot {}

    /** A number that a program could have returned, which the host holds to this range. */
    record Returned(IntegerRange range) implements Slot {}

    /**
     * A pointer to an object of the kernel.
     *
     * @param name what messages call it
     */
    record Object(String name, Kind.KernelObject kind) implements Slot {}

    /**
     * Memory that an iterator lends, of which it is known only later how large it is.
     *
     * @param name what messages call it
     */
    record Buffer(String name) implements Slot {}
  }

  /** The target of a program of a kind. */
  static AttachTarget of(
      BpfProgram program, Platform platform, ProgramKind kind, Optional<KernelTypes> types) {
    Optional<TargetRule> rule = platform.targetFacts().rule(kind);
    Optional<String> declaration = declaration(program, platform, kind);
    if (types.isEmpty() || rule.isEmpty() || declaration.isEmpty()) {
      return new Untold();
    }
    return new Reading(
            types.get().types(), platform.targetFacts(), kind, rule.get(), declaration.get())
        .read();
  }

  /** What a program of a kind attaches to, as the kernel's BTF calls it, if the program's section says so. */
  static Optional<String> declaration(BpfProgram program, Platform platform, ProgramKind kind) {
    boolean ownSection = platform
        .programKindOfSection(program.section())
        .map(named -> named.index() == kind.index())
        .orElse(false);
    return ownSection
        ? platform
            .attachTarget(program.section())
            .map(target -> kind.btfTarget().orElse("") + target)
        : Optional.empty();
  }

  /** Reads the declaration of one target. */
  record Reading(
      BtfTypes types, TargetFacts facts, ProgramKind kind, TargetRule rule, String declaration) {

    private AttachTarget read() {
      Optional<BtfType.Prototype> prototype = prototype();
      if (prototype.isEmpty()) {
        return new Refused(
            "the target kernel has no " + what() + " " + declaration + " to attach to",
            "the section names " + what() + "s of the kernel whose types --btf gives (those of its"
                + " modules are not among them)");
      }
      return read(prototype.get());
    }

    private String what() {
      return switch (rule.declared()) {
        case FUNCTION -> "function";
        case TYPEDEF -> "tracepoint";
      };
    }

    private Optional<BtfType.Prototype> prototype() {
      return switch (rule.declared()) {
        case FUNCTION -> {
          OptionalInt id = types.find(declaration, BtfType.Function.class);
          yield id.isPresent() && types.type(id.getAsInt()) instanceof BtfType.Function function
              ? asPrototype(function.prototype())
              : Optional.empty();
        }
        case TYPEDEF -> {
          OptionalInt id = types.find(declaration, BtfType.Typedef.class);
          yield id.isPresent() && types.resolved(id.getAsInt()) instanceof BtfType.Pointer pointer
              ? asPrototype(pointer.target())
              : Optional.empty();
        }
      };
    }

    private Optional<BtfType.Prototype> asPrototype(int id) {
      return types.resolved(id) instanceof BtfType.Prototype prototype
          ? Optional.of(prototype)
          : Optional.empty();
    }

    private AttachTarget read(BtfType.Prototype prototype) {
      List<BtfType.Parameter> parameters =
          prototype.parameters().stream().skip(rule.skipped()).toList();
      if (parameters.size() > MOST_PARAMETERS) {
        return unfit("has more than " + MOST_PARAMETERS + " parameters");
      }
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        int bytes = types.size(parameters.get(i).type()).orElse(0);
        if (bytes < 1 || bytes > LARGEST_PARAMETER) {
          return unfit(
              "has parameters that are not passed on (" + name(parameters.get(i), i) + ")");
        }
        if (parameters.get(i).name().endsWith("__ref")) {
          return new Refused(
              name(parameters.get(i), i) + " of " + declaration
                  + " has to be released, which this version does not model",
              "the program attaches to something else");
        }
        slots.add(slot(parameters.get(i), i));
        for (int more = 8; more < bytes; more += 8) {
          slots.add(new Slot.Number());
        }
      }
      return withResult(prototype, slots);
    }

    private AttachTarget withResult(BtfType.Prototype prototype, List<Slot> slots) {
      BtfType result = types.resolved(prototype.result());
      boolean integer = result instanceof BtfType.Int || result instanceof BtfType.Enumeration;
      switch (rule.result()) {
        case NONE -> {
          return new Known(declaration, slots, false);
        }
        case INTEGER -> {
          if (!integer) {
            return unfit("does not return an integer");
          }
        }
        case ANY, LEGAL -> {
          if (result instanceof BtfType.Composite) {
            return unfit("returns a struct");
          }
        }
      }
      if (result instanceof BtfType.Void) {
        return new Known(declaration, slots, false);
      }
      Optional<IntegerRange> legal = rule.result() == TargetRule.ResultSlot.LEGAL
          ? facts.result(kind, declaration)
          : Optional.empty();
      if (legal.isPresent()) {
        slots.add(new Slot.Returned(legal.get()));
        return new Known(declaration, slots, true);
      }
      slots.add(
          result instanceof BtfType.Pointer pointer
              ? pointer(pointer, "the result", Optional.empty(), false)
              : new Slot.Number());
      return new Known(declaration, slots, true);
    }

    private Refused unfit(String why) {
      return new Refused(
          "programs of type " + kind.name() + " cannot attach to " + declaration + ", which " + why,
          "the section names another function");
    }

    private static String name(BtfType.Parameter parameter, int index) {
      return "argument " + (index + 1)
          + (parameter.name().isEmpty() ? "" : " (" + parameter.name() + ")");
    }

    private Slot slot(BtfType.Parameter parameter, int index) {
      if (!(types.resolved(parameter.type()) instanceof BtfType.Pointer pointer)) {
        return new Slot.Number();
      }
      Optional<TargetFacts.Argument> fact = facts.argument(declaration, index);
      boolean others = rule.nullable() == TargetRule.Nullable.OTHERS;
      if (fact.equals(Optional.of(TargetFacts.Argument.NUMBER))) {
        return new Slot.Number();
      }
      if (others && index > 0 && types.resolve(pointer.target()) == 0) {
        return new Slot.Buffer(name(parameter, index));
      }
      boolean nullable = parameter.name().endsWith("__nullable")
          || fact.equals(Optional.of(TargetFacts.Argument.NULLABLE))
          || (others && index > 0);
      return pointer(pointer, name(parameter, index), fact, nullable);
    }

    private Slot pointer(
        BtfType.Pointer pointer,
        String name,
        Optional<TargetFacts.Argument> fact,
        boolean nullable) {
      int id = types.resolve(pointer.target());
      if (!(types.type(id) instanceof BtfType.Composite struct)
          || KernelObjectAccess.isElsewhere(types, pointer.target())) {
        return new Slot.Number();
      }
      boolean vouched = rule.pointers() == TargetRule.Pointers.VOUCHED
          && !fact.equals(Optional.of(TargetFacts.Argument.UNVOUCHED));
      Kind.Trust trust = vouched ? Kind.Trust.VOUCHED : Kind.Trust.PASSED;
      return new Slot.Object(
          name, new Kind.KernelObject(struct.name(), id, trust, nullable, 0, false));
    }
  }
}
