package dev.assay.verifier.semantics;

import dev.assay.graph.FunctionGraph;
import dev.assay.numeric.Scalar;
import dev.assay.object.MapDefinition;
import dev.assay.platform.Argument;
import dev.assay.platform.CallbackContract;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.MapType;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a call of a function that calls a subprogram back fixes for all its rounds: the subprogram, and what is known of what the function hands to
 * it. The words themselves stay the same from round to round, so that what was known of them at the call stays true.
 *
 * @param callee the subprogram
 * @param contract what it is given, and what it must return
 * @param context what the call hands through to it
 * @param map the map among the arguments, as a pointer to it; or nothing
 * @param mostRounds an upper bound of the number of rounds
 */
public record CallbackCall(
    FunctionGraph callee,
    CallbackContract contract,
    Fact context,
    Optional<Kind> map,
    long mostRounds) {

  /** What is known of a word: its kind, and its number. */
  public record Fact(Kind kind, Scalar number) {
    boolean includes(Fact other) {
      return kind.equals(other.kind) && number.includes(other.number);
    }
  }

  /** Whether everything that another call may hand on is something that this one may hand on, to the same subprogram. */
  public boolean includes(CallbackCall other) {
    return callee == other.callee
        && contract.equals(other.contract)
        && context.includes(other.context)
        && map.equals(other.map)
        && mostRounds >= other.mostRounds;
  }

  /** The callback of a call by this contract, if it has one that is called during the call and whose subprogram is known. */
  static Optional<CallbackCall> of(
      Setting setting, ProgramShape shape, State state, FunctionContract contract) {
    List<Argument> arguments = contract.arguments();
    Optional<CallbackContract> callback = Optional.empty();
    Optional<FunctionGraph> callee = Optional.empty();
    Optional<Kind> map = Optional.empty();
    Fact context = new Fact(Kind.Basic.NUMBER, Scalar.constant(0));
    for (int i = 0; i < arguments.size(); i++) {
      Value value = state.register(i + 1);
      if (arguments.get(i) instanceof Argument.Callback c) {
        callback = Optional.of(c.contract());
        callee = value.kind() instanceof Kind.CodeReference code
            ? shape.functionStartingAt(code.slot())
            : callee;
      } else if (arguments.get(i) instanceof Argument.CallbackContext) {
        context = new Fact(value.kind(), state.scalar(value));
      } else if (arguments.get(i) instanceof Argument.MapPointer) {
        map = Optional.of(value.kind());
      }
    }
    if (callback.isEmpty()
        || callee.isEmpty()
        || callback.get().calls() != CallbackContract.Calls.DURING
        || callback.get().parameters().contains(CallbackContract.Parameter.DYNPTR)) {
      return Optional.empty();
    }
    return Optional.of(new CallbackCall(
        callee.get(), callback.get(), context, map, rounds(setting, state, callback.get(), map)));
  }

  private static long rounds(
      Setting setting, State state, CallbackContract contract, Optional<Kind> map) {
    long most = setting.platform().limits().loopRounds();
    if (contract.parameters().contains(CallbackContract.Parameter.INDEX)) {
      Scalar asked = state.scalar(state.register(1)).zeroExtend(32);
      return Math.min(most, asked.unsignedMax());
    }
    if (map.isPresent() && map.get() instanceof Kind.MapReference m && setting.hasMap(m.map())) {
      // Of a hash table, rounds may take elements out and put others in that are still to come.
      MapDefinition definition = setting.map(m.map());
      boolean fixed =
          setting.mapType(definition).map(MapType::everyIndexPresent).orElse(false);
      return fixed ? Math.max(1, definition.maxEntries() & 0xffffffffL) : Long.MAX_VALUE;
    }
    return map.isPresent() ? Long.MAX_VALUE : 1;
  }

  /** Gives the subprogram, which was just entered, its arguments. */
  void setArguments(Setting setting, State state) {
    // The context first: it may be a map value that the state holds nowhere else, and this round's
    // value must not be taken for that one.
    setArguments(setting, state, true);
    setArguments(setting, state, false);
    for (int r = contract.parameters().size() + 1; r <= 5; r++) {
      state.setRegister(r, Value.UNINITIALISED);
    }
  }

  private void setArguments(Setting setting, State state, boolean contexts) {
    for (int i = 0; i < contract.parameters().size(); i++) {
      CallbackContract.Parameter parameter = contract.parameters().get(i);
      if ((parameter == CallbackContract.Parameter.CONTEXT) == contexts) {
        state.setRegister(i + 1, argument(setting, state, parameter));
      }
    }
  }

  private Value argument(Setting setting, State state, CallbackContract.Parameter parameter) {
    return switch (parameter) {
      case CONTEXT -> state.numbers().freshValue(context.kind(), context.number());
      case INDEX -> state.numbers().freshNumber(Scalar.signed(0, Math.max(0, mostRounds - 1)));
      case MAP -> map.map(kind -> Value.pointer(kind, 0)).orElse(Value.UNUSABLE);
      case MAP_KEY ->
        shape(setting)
            .map(m -> Value.pointer(
                new Kind.Memory("a map's key", m.keySize() & 0xffffffffL, false, false, false, 0),
                0))
            .orElse(Value.UNUSABLE);
      case MAP_VALUE ->
        map.map(kind -> Value.pointer(valueOf(kind, lookup(setting, state)), 0))
            .orElse(Value.UNUSABLE);
      case TASK -> Value.pointer(setting.kernelObject("task_struct", Kind.Trust.CERTAIN, false), 0);
      case VM_AREA ->
        Value.pointer(setting.kernelObject("vm_area_struct", Kind.Trust.CERTAIN, false), 0);
      case DYNPTR -> Value.UNUSABLE;
    };
  }

  private Optional<MapDefinition> shape(Setting setting) {
    return map.map(kind -> valueOf(kind, 0))
        .flatMap(kind -> kind instanceof Kind.MapValue v ? setting.shape(v) : Optional.empty());
  }

  private int lookup(Setting setting, State state) {
    return shape(setting).map(setting::hasLock).orElse(false) ? state.freeLookup() : 0;
  }

  private static Kind valueOf(Kind map, int lookup) {
    if (map instanceof Kind.MapReference m) {
      return new Kind.MapValue(m.map(), false, false, lookup);
    }
    return map instanceof Kind.InnerMap m
        ? new Kind.MapValue(m.outer(), true, false, lookup)
        : Kind.Basic.UNUSABLE;
  }
}
