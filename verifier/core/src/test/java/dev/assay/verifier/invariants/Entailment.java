package dev.assay.verifier.invariants;

import dev.assay.verifier.invariants.Constraint.Location;
import dev.assay.verifier.invariants.Constraint.Variable;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a state of ours entails constraints of PREVAIL's.
 *
 * <p>What is said of a pointer's region ({@code ctx_offset}, {@code shared_region_size}, …) is said only of pointers into such a region; and
 * where a location may hold a number or a pointer, its {@code svalue} is that of the number.
 */
final class Entailment {
  private final Places places;
  private final Addresses addresses;
  private final Map<Integer, Counter> counters;
  private final Set<Location> perhapsNumbers = new HashSet<>();

  Entailment(
      Places places,
      Addresses addresses,
      Map<Integer, Counter> counters,
      List<Constraint> constraints) {
    this.places = places;
    this.addresses = addresses;
    this.counters = counters;
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Types t
          && t.types().size() > 1
          && t.types().contains("number")) {
        perhapsNumbers.add(t.location());
      }
    }
  }

  /** Whether every concrete state that {@code state} describes satisfies the constraint. */
  boolean holds(State state, Constraint constraint) {
    return switch (constraint) {
      case Constraint.Types types -> hasType(state, types);
      case Constraint.SameType same -> {
        Optional<String> left = type(state, same.left());
        yield left.isPresent() && left.equals(type(state, same.right()));
      }
      case Constraint.Within within
      when within.variable().name().equals("stack_numeric_size") ->
        within.low().isPresent()
            && hasNumericBytes(state, within.variable().location(), within.low().get());
      case Constraint.Within within -> {
        Reading reading = read(state, within.variable());
        yield switch (reading) {
          case Reading.Vacuous v -> true;
          case Reading.Unknown u -> false;
          case Reading.Known known -> within(known.quantity(), within);
        };
      }
      case Constraint.Equal equal -> holds(state, equal);
      case Constraint.Difference difference -> {
        Reading left = read(state, difference.left());
        Reading right = read(state, difference.right());
        yield left instanceof Reading.Vacuous
            || right instanceof Reading.Vacuous
            || left instanceof Reading.Known l
                && right instanceof Reading.Known r
                && l.quantity().isAtMost(r.quantity(), difference.bound());
      }
    };
  }

  private boolean holds(State state, Constraint.Equal equal) {
    if (equal.left().name().equals("stack_numeric_size")) {
      // Of the same pointer, or of one to the same place.
      return places
          .value(state, equal.left().location())
          .equals(places.value(state, equal.right().location()));
    }
    Optional<Value> left = places.value(state, equal.left().location());
    Optional<Value> right = places.value(state, equal.right().location());
    if (left.isPresent()
        && left.equals(right)
        && !left.get().isNumber()
        && equal.plus().signum() == 0) {
      return true;
    }
    Reading l = read(state, equal.left());
    Reading r = read(state, equal.right());
    return l instanceof Reading.Vacuous
        || r instanceof Reading.Vacuous
        || l instanceof Reading.Known a
            && r instanceof Reading.Known b
            && a.quantity().equals(b.quantity(), equal.plus());
  }

  /** PREVAIL writes of the packet's size only the least that it is. */
  private static boolean within(Quantity quantity, Constraint.Within within) {
    boolean leastOnly =
        within.variable().name().equals("packet_size") && within.low().equals(within.high());
    return within.low().map(low -> quantity.low().compareTo(low) >= 0).orElse(true)
        && (leastOnly
            || within.high().map(high -> quantity.high().compareTo(high) <= 0).orElse(true));
  }

  private boolean hasType(State state, Constraint.Types types) {
    if (types.location() instanceof Location.OnStack cell
        && types.types().equals(Set.of("number"))) {
      return places.inFrame(cell) && numeric(state, places.index(cell.first()), cell.length());
    }
    Optional<String> type = type(state, types.location());
    // A null pointer is a number to us.
    boolean isNull = types.types().contains("shared")
        && places.value(state, types.location()).equals(Optional.of(Value.constant(0)));
    return isNull || type.isPresent() && types.types().contains(type.get());
  }

  private Optional<String> type(State state, Location location) {
    return places.value(state, location).flatMap(Places::type);
  }

  private boolean numeric(State state, int index, int length) {
    StackFrame stack = state.frame(0).stack();
    return stack.firstUninitialised(index, index + length) < 0
        && !places.memory().holdsPointer(state, 0, index, length);
  }

  /** Whether at least so many bytes from where a stack pointer points are numbers; also true of other pointers, of which nothing is said. */
  private boolean hasNumericBytes(State state, Location location, BigInteger bytes) {
    Optional<Value> pointer = places.value(state, location);
    if (pointer.isEmpty()
        || !(pointer.get().kind() instanceof Kind.FramePointer)
        || bytes.signum() <= 0) {
      return true;
    }
    Value offset = pointer.get().asNumber();
    int low = (int) state.scalar(offset).signedMin() + state.frame(0).stack().size();
    int high = (int) state.scalar(offset).signedMax()
        + state.frame(0).stack().size()
        + bytes.intValueExact();
    return low >= 0 && high <= state.frame(0).stack().size() && numeric(state, low, high - low);
  }

  private sealed interface Reading {
    /** The variable says nothing of such a state. */
    record Vacuous() implements Reading {}

    /** Nothing is known of the variable. */
    record Unknown() implements Reading {}

    record Known(Quantity quantity) implements Reading {}
  }

  private Reading read(State state, Variable variable) {
    return switch (variable.name()) {
      case "packet_size" -> known(state, state.packetSize(), false);
      case "meta_offset" -> known(state, state.packetMeta(), false);
      case "svalue", "uvalue" ->
        places
            .value(state, variable.location())
            .map(
                value -> word(state, variable.location(), value, variable.name().equals("uvalue")))
            .orElse(new Reading.Unknown());
      default ->
        variable.name().startsWith("pc[")
            ? counter(state, variable.name())
            : ofPointer(state, variable);
    };
  }

  private static Reading known(State state, Value value, boolean unsigned) {
    return new Reading.Known(new Quantity(state, value, Optional.empty(), unsigned));
  }

  private Reading word(State state, Location location, Value value, boolean unsigned) {
    if (value.isNumber()) {
      return known(state, value, unsigned);
    }
    if (perhapsNumbers.contains(location)) {
      return new Reading.Vacuous();
    }
    if (Places.type(value).isEmpty()) {
      return new Reading.Unknown();
    }
    return address(state, value);
  }

  /** The end of the packet is an address as its start is; others are the start of their region plus their offset. */
  private Reading address(State state, Value pointer) {
    Value offset = pointer.asNumber();
    if (pointer.kind() == Kind.Basic.PACKET && !offset.isLiteral()) {
      long beyond = state.numbers().maxDifference(offset, state.packetSize());
      if (beyond == -state.numbers().maxDifference(state.packetSize(), offset)) {
        Addresses.Base end =
            new Addresses.Base("packet end", Addresses.LEAST_PACKET, Addresses.GREATEST);
        return new Reading.Known(
            new Quantity(state, Value.constant(beyond), Optional.of(end), true));
      }
    }
    Optional<Addresses.Base> base = addresses.of(Places.region(pointer));
    if (base.isEmpty()) {
      return new Reading.Unknown();
    }
    Addresses.Base known = base.get();
    if (pointer.kind() instanceof Kind.MapValue
        && !addresses.isLearnt(known.name())
        && offset.isLiteral()) {
      // All addresses in the region are such, not only its start.
      BigInteger back = BigInteger.valueOf(-offset.shift());
      known =
          new Addresses.Base(known.name(), known.low().add(back), known.high().add(back));
    }
    if (pointer.kind().nullable()) {
      known = new Addresses.Base(known.name() + " or null", BigInteger.ZERO, known.high());
    }
    return new Reading.Known(new Quantity(state, offset, Optional.of(known), true));
  }

  private Reading counter(State state, String name) {
    String head =
        name.substring(Math.max(name.indexOf('/'), name.indexOf('[')) + 1, name.length() - 1);
    return counters
        .get(Integer.valueOf(head))
        .value(state, places)
        .map(value -> known(state, value, false))
        .orElse(new Reading.Unknown());
  }

  private Reading ofPointer(State state, Variable variable) {
    Optional<Value> value = places.value(state, variable.location());
    if (value.isEmpty()) {
      return new Reading.Unknown();
    }
    String type = Places.type(value.get()).orElse("");
    return switch (variable.name()) {
      case "shared_region_size" ->
        places
            .sharedSize(value.get())
            .map(size -> known(state, Value.constant(size), false))
            .orElse(new Reading.Vacuous());
      case "map_fd" ->
        value.get().kind() instanceof Kind.MapReference map
            ? known(state, Value.constant(map.map()), false)
            : new Reading.Vacuous();
      case "map_fd_programs" -> new Reading.Vacuous();
      default ->
        variable.name().equals(type + "_offset")
            ? known(state, places.offset(state, value.get()), false)
            : type.isEmpty() ? new Reading.Unknown() : new Reading.Vacuous();
    };
  }
}
