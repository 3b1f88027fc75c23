package dev.assay.verifier.invariants;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.invariants.Constraint.Location;
import dev.assay.verifier.invariants.Constraint.Variable;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The states that the constraints before a case describe: one for each choice of a kind for every location that may be of several.
 *
 * <p>PREVAIL's {@code svalue} and {@code uvalue} are two readings of one word, and so both bound our one number.
 */
final class StartStates {
  private final List<Constraint> constraints;
  private final Host host;
  private final Places places;
  private final Addresses addresses;
  private final Map<Location, Set<String>> types = new LinkedHashMap<>();
  private final List<State> states = new ArrayList<>();

  private StartStates(List<Constraint> constraints, Host host, Places places, Addresses addresses) {
    this.constraints = constraints;
    this.host = host;
    this.places = places;
    this.addresses = addresses;
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Types t) {
        types.put(t.location(), t.types());
      }
    }
  }

  /** The states; {@code blank} gives one of which nothing but the packet is known. */
  static List<State> of(
      List<Constraint> constraints,
      Host host,
      Places places,
      Addresses addresses,
      Supplier<State> blank) {
    List<State> states = new ArrayList<>();
    for (List<Constraint> choice : places(constraints)) {
      StartStates start = new StartStates(choice, host, places, addresses);
      start.choose(new ArrayList<>(start.types.keySet()), new LinkedHashMap<>(), blank);
      states.addAll(start.states);
    }
    return states;
  }

  /** The same constraints for each place that a pointer may point to, where something is said of the bytes there. */
  private static List<List<Constraint>> places(List<Constraint> constraints) {
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Within offset
          && offset.variable().name().equals("stack_offset")
          && !offset.low().equals(offset.high())
          && hasNumericBytes(constraints, offset.variable().location())) {
        List<List<Constraint>> choices = new ArrayList<>();
        int high = offset.high().orElseThrow().intValueExact();
        for (int at = offset.low().orElseThrow().intValueExact(); at <= high; at++) {
          Optional<BigInteger> place = Optional.of(BigInteger.valueOf(at));
          List<Constraint> chosen = new ArrayList<>(constraints);
          chosen.set(
              constraints.indexOf(constraint),
              new Constraint.Within(offset.variable(), place, place));
          choices.addAll(places(chosen));
        }
        return choices;
      }
    }
    return List.of(constraints);
  }

  private static boolean hasNumericBytes(List<Constraint> constraints, Location location) {
    return constraints.stream()
        .anyMatch(c -> c instanceof Constraint.Within size
            && size.variable().equals(new Variable(location, "stack_numeric_size"))
            && size.low().orElseThrow().signum() > 0);
  }

  private void choose(List<Location> open, Map<Location, String> chosen, Supplier<State> blank) {
    if (!open.isEmpty()) {
      Location first = open.getFirst();
      for (String type : types.get(first)) {
        chosen.put(first, type);
        choose(open.subList(1, open.size()), chosen, blank);
      }
      chosen.remove(first);
    } else if (agrees(chosen)) {
      State state = blank.get();
      if (new Builder(state, chosen).build()) {
        states.add(state);
      }
    }
  }

  private boolean agrees(Map<Location, String> chosen) {
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.SameType same
          && !chosen.get(same.left()).equals(chosen.get(same.right()))) {
        return false;
      }
    }
    return true;
  }

  /** Fills one state. */
  private final class Builder {
    private final State state;
    private final Map<Location, String> chosen;
    private boolean possible = true;

    Builder(State state, Map<Location, String> chosen) {
      this.state = state;
      this.chosen = chosen;
    }

    boolean build() {
      state.setPacket(
          bounded(state.packetSize(), within(new Variable(new Location.Global(), "packet_size"))),
          bounded(state.packetMeta(), within(new Variable(new Location.Global(), "meta_offset"))));
      chosen.forEach(this::numericBytes);
      chosen.forEach(this::place);
      for (Constraint constraint : constraints) {
        if (constraint instanceof Constraint.Equal equal) {
          equate(equal);
        }
      }
      for (Constraint constraint : constraints) {
        if (constraint instanceof Constraint.Difference difference) {
          value(difference.left())
              .ifPresent(left -> value(difference.right())
                  .ifPresent(right -> possible &= state
                      .numbers()
                      .assumeDifference(left, right, difference.bound().longValueExact())));
        }
      }
      return possible;
    }

    private Value bounded(Value value, Optional<Constraint.Within> bounds) {
      bounds.ifPresent(b -> possible &= state.numbers().refine(value, scalar(b, false)));
      Scalar known = state.scalar(value);
      return known.isConstant() ? Value.constant(known.constantValue()) : value;
    }

    private void numericBytes(Location location, String type) {
      if (type.equals("number")
          && location instanceof Location.OnStack cell
          && places.inFrame(cell)) {
        places.memory().scramble(state, 0, places.index(cell.first()), cell.length());
      }
      Optional<Constraint.Within> size = within(new Variable(location, "stack_numeric_size"));
      Optional<Constraint.Within> offset = within(new Variable(location, "stack_offset"));
      if (type.equals("stack")
          && size.isPresent()
          && offset.isPresent()
          && offset.get().low().equals(offset.get().high())) {
        int from = offset.get().low().orElseThrow().intValueExact();
        Location.OnStack bytes =
            new Location.OnStack(from, from + size.get().low().orElseThrow().intValueExact() - 1);
        if (bytes.length() > 0 && places.inFrame(bytes)) {
          places.memory().scramble(state, 0, places.index(from), bytes.length());
        }
      }
    }

    private void place(Location location, String type) {
      switch (location) {
        case Location.InRegister r -> {
          if (r.register() < 10) {
            state.setRegister(r.register(), valueOf(location, type, 8));
          } else {
            learnAddress(location, state.register(10));
          }
        }
        case Location.OnStack cell -> {
          boolean known = !type.equals("number")
              || within(new Variable(cell, "svalue")).isPresent()
              || within(new Variable(cell, "uvalue")).isPresent();
          if (known && places.inFrame(cell)) {
            places
                .memory()
                .store(
                    state,
                    0,
                    places.index(cell.first()),
                    cell.length(),
                    valueOf(cell, type, cell.length()));
          }
        }
        case Location.Global global -> {}
      }
    }

    private Value valueOf(Location location, String type, int bytes) {
      if (type.equals("number")) {
        Scalar known = word(location);
        possible &= !known.isBottom();
        return known.isBottom()
            ? Value.UNUSABLE
            : state.numbers().freshNumber(known.zeroExtend(8 * bytes));
      }
      Scalar offset = within(new Variable(location, type + "_offset"))
          .map(bounds -> scalar(bounds, false))
          .orElse(Scalar.top());
      Value pointer =
          switch (type) {
            case "ctx" -> state.numbers().freshValue(Kind.Basic.CONTEXT, offset);
            case "packet" -> state.numbers().freshValue(Kind.Basic.PACKET, offset);
            case "stack" ->
              state
                  .numbers()
                  .freshValue(
                      new Kind.FramePointer(0), offset.sub(Scalar.constant(places.stackTop())));
            case "shared" -> state.numbers().freshValue(shared(location), offset);
            case "map_fd" -> {
              int map = within(new Variable(location, "map_fd"))
                  .map(b -> b.low().orElseThrow().intValueExact())
                  .orElse(0);
              yield Value.pointer(new Kind.MapReference(map), 0);
            }
            case "map_fd_programs" -> Value.pointer(new Kind.MapReference(Host.PROGRAMS), 0);
            default -> throw new IllegalArgumentException("no kind for " + type);
          };
      learnAddress(location, pointer);
      return pointer;
    }

    /** Whether an address may be null is said by whether it may be 0. */
    private Kind shared(Location location) {
      int size = within(new Variable(location, "shared_region_size"))
          .map(b -> b.low().orElseThrow().intValueExact())
          .orElse(0);
      return new Kind.MapValue(host.sharedMap(size), false, word(location).contains(0), 0);
    }

    private void learnAddress(Location location, Value pointer) {
      Scalar address = word(location);
      if (!address.isTop() && !address.isBottom() && address.signedMin() >= 0) {
        Scalar offset = state.scalar(pointer);
        addresses.learn(
            Places.region(pointer),
            BigInteger.valueOf(address.signedMin()),
            BigInteger.valueOf(address.signedMax()),
            offset.signedMin(),
            offset.signedMax());
      }
    }

    /** What svalue and uvalue say of a location's word. */
    private Scalar word(Location location) {
      Scalar known = Scalar.top();
      for (boolean unsigned : new boolean[] {false, true}) {
        Optional<Constraint.Within> bounds =
            within(new Variable(location, unsigned ? "uvalue" : "svalue"));
        known = bounds.isPresent() ? known.meet(scalar(bounds.get(), unsigned)) : known;
        if (known.isBottom()) {
          // No word has both readings. PREVAIL, to which they are two variables, calls helpers by
          // the second.
          known = scalar(bounds.orElseThrow(), unsigned);
        }
      }
      boolean same = constraints.stream()
          .anyMatch(c -> c instanceof Constraint.Equal e
              && e.left().location().equals(location)
              && e.right().location().equals(location));
      return same ? known.meet(Scalar.signed(0, Long.MAX_VALUE)) : known;
    }

    private Optional<Constraint.Within> within(Variable variable) {
      return constraints.stream()
          .filter(c -> c instanceof Constraint.Within w && w.variable().equals(variable))
          .map(Constraint.Within.class::cast)
          .findFirst();
    }

    /** Makes two quantities the same symbol. */
    private void equate(Constraint.Equal equal) {
      if (equal.left().location().equals(equal.right().location())) {
        return;
      }
      boolean swap = equal.left().location() instanceof Location.Global;
      Variable left = swap ? equal.right() : equal.left();
      Variable right = swap ? equal.left() : equal.right();
      long plus = swap ? -equal.plus().longValueExact() : equal.plus().longValueExact();
      Optional<Value> target = value(left);
      Optional<Value> source = value(right);
      if (target.isEmpty() || source.isEmpty()) {
        return;
      }
      Value sum = state.plus(source.get(), plus);
      possible &= state.numbers().assume(Condition.EQ, false, target.get(), sum);
      if (left.location() instanceof Location.InRegister r) {
        Value old = state.register(r.register());
        state.setRegister(
            r.register(), new Value(old.kind(), Form.FULL, sum.symbol(), sum.shift()));
      }
    }

    /** The number of a variable, unless it is an address or is none of the kind chosen. */
    private Optional<Value> value(Variable variable) {
      return switch (variable.name()) {
        case "packet_size" -> Optional.of(state.packetSize());
        case "meta_offset" -> Optional.of(state.packetMeta());
        default -> {
          String type = chosen.getOrDefault(variable.location(), "");
          boolean number = type.equals("number") && variable.name().endsWith("value");
          boolean offset = !type.equals("stack") && variable.name().equals(type + "_offset");
          yield number || offset
              ? places.value(state, variable.location()).map(Value::asNumber)
              : Optional.empty();
        }
      };
    }
  }

  private static Scalar scalar(Constraint.Within bounds, boolean unsigned) {
    return unsigned
        ? Scalar.unsigned(
            bounds.low().map(BigInteger::longValue).orElse(0L),
            bounds.high().map(BigInteger::longValue).orElse(-1L))
        : Scalar.signed(
            bounds.low().map(BigInteger::longValue).orElse(Long.MIN_VALUE),
            bounds.high().map(BigInteger::longValue).orElse(Long.MAX_VALUE));
  }
}
