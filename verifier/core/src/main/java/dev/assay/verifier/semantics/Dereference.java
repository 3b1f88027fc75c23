package dev.assay.verifier.semantics;

import dev.assay.isa.Register;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/** Which registers may be dereferenced at all: those that hold a pointer to memory that programs reach directly, and not null. */
final class Dereference {
  private final Reporter reporter;

  Dereference(Reporter reporter) {
    this.reporter = reporter;
  }

  /** The pointer in {@code base} if it may be dereferenced at all; null is ruled out after it was reported. */
  Optional<Value> pointer(State state, int slot, Register base) {
    int r = base.number();
    Value value = state.register(r);
    int used = 1 << r;
    switch (value.kind()) {
      case Kind.Basic basic -> {
        switch (basic) {
          case UNINITIALISED ->
            reporter.report(
                slot,
                state,
                Check.INITIALISED,
                base + " is used as an address, but not written on every path to here",
                base + " is written before",
                used);
          case UNUSABLE ->
            reporter.report(
                slot,
                state,
                Check.POINTER,
                base
                    + " is used as an address, but does not hold one pointer on all paths, or was"
                    + " invalidated",
                base + " is a valid pointer",
                used);
          case NUMBER ->
            reporter.report(
                slot,
                state,
                state.scalar(value).equals(Scalar.constant(0)) ? Check.NOT_NULL : Check.POINTER,
                state.scalar(value).equals(Scalar.constant(0))
                    ? base + " is null here"
                    : base + " is a number, and is used as an address",
                base + " is a pointer",
                used);
          case CONTEXT, PACKET -> {
            return Optional.of(value);
          }
        }
        return Optional.empty();
      }
      case Kind.MapReference m -> {
        reporter.report(
            slot,
            state,
            Check.POINTER,
            "a map is accessed directly",
            "maps are accessed through helpers",
            used);
        return Optional.empty();
      }
      case Kind.InnerMap m -> {
        reporter.report(
            slot,
            state,
            Check.POINTER,
            "a map is accessed directly",
            "maps are accessed through helpers",
            used);
        return Optional.empty();
      }
      case Kind.PerCpuVariable v -> {
        reporter.report(
            slot,
            state,
            Check.POINTER,
            "the per-CPU variable " + v.name() + " is accessed directly",
            "bpf_per_cpu_ptr or bpf_this_cpu_ptr gives the address for a CPU",
            used);
        return Optional.empty();
      }
      case Kind.CodeReference c -> {
        reporter.report(
            slot, state, Check.POINTER, "code is accessed as data", base + " points to data", used);
        return Optional.empty();
      }
      case Kind.FramePointer p -> {
        return Optional.of(value);
      }
      case Kind.MapValue v -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.Memory m -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.KernelObject k -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
      case Kind.Socket s -> {
        return Optional.of(nonNull(state, slot, base, value));
      }
    }
  }

  private Value nonNull(State state, int slot, Register base, Value value) {
    if (!value.kind().nullable()) {
      return value;
    }
    reporter.report(
        slot,
        state,
        Check.NOT_NULL,
        base + " may be null",
        base + " is compared with null before",
        1 << base.number());
    Value pointer = value.withKind(value.kind().nonNull());
    state.setRegister(base.number(), pointer);
    return pointer;
  }
}
