package dev.assay.referee;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Observer;
import dev.assay.interpreter.memory.Region;
import dev.assay.isa.Register;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.object.MapDefinition;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a state describes a machine at one moment of a run: whether there are words for the state's symbols such that each location holds
 * what its value says and everything known of the symbols is true.
 *
 * <p>Full values give the words; where none does, a symbol's low half may be known from an extension. An objection is a proof that there
 * are no such words; the absence of one is not a proof that there are. One object serves one moment after the other, for it is asked at each step.
 */
final class StateMembership {
  private static final int STACK_SIZE = 512;

  /** What is asked about before anything is. */
  private static final State NONE = new State(STACK_SIZE, Relations.zones());

  private final Subject subject;
  private final Machine machine;
  private final long contextAddress;
  private final List<Activation> activations;
  private final Words words = new Words();
  private Observer.Registers registers = register -> 0;
  private State state = NONE;
  private boolean explaining;
  private boolean contradicted;
  private boolean full;
  private @Nullable String objection;
  private long packetAddress;

  /** For one run of {@code machine}; {@code activations} are those of the moment, whenever it is asked. */
  StateMembership(
      Subject subject, Machine machine, long contextAddress, List<Activation> activations) {
    this.subject = subject;
    this.machine = machine;
    this.contextAddress = contextAddress;
    this.activations = activations;
  }

  /** Whether nothing speaks against the state. */
  boolean mayDescribe(State candidate, Observer.Registers now) {
    explaining = false;
    examine(candidate, now);
    return !contradicted;
  }

  /** What speaks against the state, or nothing. */
  Optional<String> objection(State candidate, Observer.Registers now) {
    explaining = true;
    examine(candidate, now);
    return Optional.ofNullable(objection);
  }

  private void examine(State candidate, Observer.Registers now) {
    state = candidate;
    registers = now;
    contradicted = false;
    objection = null;
    packetAddress = machine.packetAddress();
    require(
        state.depth() == activations.size(),
        () -> "it has " + state.depth() + " frames rather than " + activations.size());
    if (contradicted) {
      return;
    }
    words.clear();
    full = true;
    visit();
    full = false;
    visit();
    if (!contradicted) {
      checkSymbols();
    }
  }

  private void visit() {
    for (int r = 0; r < 10; r++) {
      location(Place.REGISTER, 0, r, state.register(r), registers.get(Register.of(r)));
    }
    number(Place.PACKET_SIZE, 0, 0, state.packetSize(), machine.packetSize());
    number(Place.PACKET_META, 0, 0, state.packetMeta(), machine.metadataAddress() - packetAddress);
    for (int f = 0; f < state.depth() && !contradicted; f++) {
      visit(f, state.frame(f));
    }
  }

  private void visit(int f, Frame frame) {
    Activation activation = activations.get(f);
    Value[] saved = frame.saved();
    for (int i = 0; i < saved.length; i++) {
      location(Place.SAVED, f, 6 + i, saved[i], activation.saved(i));
    }
    int[] loops = frame.loops();
    for (int i = 0; i < loops.length; i++) {
      long rounds = activation.rounds(loops[i]);
      number(Place.ROUNDS, f, loops[i], frame.rising()[i], rounds);
      number(Place.NEGATED_ROUNDS, f, loops[i], frame.falling()[i], -rounds);
    }
    StackFrame stack = frame.stack();
    if (stack.cells() == 0) {
      return;
    }
    byte[] bytes =
        machine.regionAt(activation.frameTop() - STACK_SIZE).map(Region::bytes).orElseThrow();
    for (int i = 0; i < stack.cells(); i++) {
      long word = 0;
      for (int b = stack.length(i) - 1; b >= 0; b--) {
        word = word << 8 | bytes[stack.start(i) + b] & 0xff;
      }
      location(Place.STACK, f, stack.start(i) - stack.size(), stack.value(i), word);
    }
  }

  /** Where a value is. */
  private enum Place {
    REGISTER("r%2$d"),
    SAVED("frame %1$d r%2$d"),
    STACK("frame %1$d [%2$d]"),
    ROUNDS("rounds of the loop at block %2$d in frame %1$d"),
    NEGATED_ROUNDS("negated rounds of the loop at block %2$d in frame %1$d"),
    PACKET_SIZE("the packet's size"),
    PACKET_META("the packet's metadata");

    private final String format;

    Place(String format) {
      this.format = format;
    }

    String name(int frame, int index) {
      return format.formatted(frame, index);
    }
  }

  private void location(Place place, int frame, int index, Value value, long word) {
    if (contradicted || value.kind().nullable() && word == 0) {
      return;
    }
    switch (value.kind()) {
      case Kind.Basic basic -> {
        switch (basic) {
          case NUMBER -> number(place, frame, index, value, word);
          case CONTEXT -> number(place, frame, index, value, word - contextAddress);
          case PACKET -> number(place, frame, index, value, word - packetAddress);
          case UNINITIALISED, UNUSABLE -> {}
        }
      }
      case Kind.FramePointer p ->
        number(place, frame, index, value, word - activations.get(p.frame()).frameTop());
      case Kind.MapReference m -> {
        String name = "map " + subject.maps().get(m.map()).name();
        require(
            machine
                .regionAt(word)
                .filter(region -> region.role() == Region.Role.MAP && region.base() == word)
                .filter(region -> region.name().equals(name))
                .isPresent(),
            () -> place.name(frame, index) + " is " + at(word) + ", which is not " + name);
      }
      case Kind.InnerMap m ->
        require(
            machine
                .regionAt(word)
                .filter(region -> region.role() == Region.Role.MAP && region.base() == word)
                .isPresent(),
            () -> place.name(frame, index) + " is " + at(word) + ", which is no map");
      case Kind.MapValue v -> {
        MapDefinition map = subject.maps().get(v.map());
        if (v.inner()) {
          region(place, frame, index, value, word, Region.Role.MAP_VALUE, 1, "");
        } else {
          String name = "value of map " + map.name();
          region(place, frame, index, value, word, Region.Role.MAP_VALUE, map.valueSize(), name);
        }
      }
      case Kind.Memory m -> {
        if (m.reference() != 0) {
          region(place, frame, index, value, word, Region.Role.ALLOCATED, m.size(), "");
        }
        notNull(place, frame, index, value, word);
      }
      // What these lead to, the machine does not have, or only as something to be handed on.
      case Kind.KernelObject k -> {
        if (k.trust().excludesNull()) {
          notNull(place, frame, index, value, word);
        }
      }
      case Kind.Socket s -> notNull(place, frame, index, value, word);
      case Kind.PerCpuVariable v -> {}
      case Kind.CodeReference c -> {}
    }
  }

  /**
   * A pointer that lies within its region, of at least so many bytes, leads to a region of its role, size and name, if it has one. Outside of it
   * it may as well lead into another, so that nothing is known: regions may touch, and offsets may be as large as the distance between two.
   */
  private void region(
      Place place,
      int frame,
      int index,
      Value value,
      long word,
      Region.Role role,
      long size,
      String name) {
    Scalar offset = state.scalar(value);
    if (offset.signedMin() < 0 || offset.signedMax() >= size) {
      return;
    }
    Region region = machine.regionAt(word).orElse(Region.NONE);
    require(
        region.role() == role
            && region.size() >= size
            && (name.isEmpty() || region.name().equals(name)),
        () -> "%s is %s, which is not in a %s %s of %d bytes"
            .formatted(place.name(frame, index), at(word), role, name, size));
    number(place, frame, index, value, word - region.base());
  }

  /** What a pointer with a known offset is an offset from is something. */
  private void notNull(Place place, int frame, int index, Value value, long word) {
    require(
        !value.isLiteral() || word != value.shift(), () -> place.name(frame, index) + " is null");
  }

  private String at(long word) {
    Region region = machine.regionAt(word).orElse(Region.NONE);
    return "0x%x (%s)".formatted(word, region.name());
  }

  private void number(Place place, int frame, int index, Value value, long number) {
    if (contradicted || value.isUninitialised() || full != (value.form() == Form.FULL)) {
      return;
    }
    boolean holds;
    if (value.isLiteral()) {
      holds = value.shift() == number;
    } else if (full) {
      holds = words.putFull(value.symbol(), number - value.shift());
    } else {
      holds = extension(value, number);
    }
    if (!holds) {
      require(
          false,
          () -> "%s is %d (0x%x), which is not %s %s (symbol %d is %s)"
              .formatted(
                  place.name(frame, index),
                  number,
                  number,
                  value,
                  state.scalar(value),
                  value.symbol(),
                  words.word(value.symbol())));
    }
  }

  private boolean extension(Value value, long number) {
    int low = value.form() == Form.SHIFTED ? (int) (number >>> 32) : (int) number;
    long extended =
        switch (value.form()) {
          case FULL -> number;
          case ZERO_EXTENDED -> low & 0xffffffffL;
          case SIGN_EXTENDED -> low;
          case SHIFTED -> (long) low << 32;
        };
    return extended == number && words.putLow(value.symbol(), low - (int) value.shift());
  }

  private void checkSymbols() {
    for (int i = 0; i < words.size(); i++) {
      int symbol = words.symbol(i);
      Scalar known = state.numbers().ofSymbol(symbol);
      if (words.hasFull(symbol)) {
        long word = words.full(symbol);
        require(
            known.contains(word),
            () -> "symbol %d is %d (0x%x), which is not in %s%s"
                .formatted(symbol, word, word, known, places(symbol)));
      } else {
        long low = words.low(symbol) & 0xffffffffL;
        require(
            known.zeroExtend(32).contains(low),
            () -> "the low half of symbol %d is 0x%x, which is not in %s%s"
                .formatted(symbol, low, known, places(symbol)));
      }
    }
    Relations relations = state.numbers().relations();
    relations.forEach(this::checkDifference);
    require(
        contradicted || relations.allows(words::hasFull, words::full),
        () -> "the relations of symbols do not allow %s".formatted(words));
    for (Fact fact : state.numbers().facts().all()) {
      require(fact.mayHold(words::word), () -> "%s is not true".formatted(fact));
    }
  }

  private void checkDifference(int x, int y, long bound) {
    if (contradicted || !words.hasFull(x) || !words.hasFull(y)) {
      return;
    }
    long left = words.full(x);
    long right = words.full(y);
    long difference = left - right;
    boolean overflows = ((left ^ right) & (left ^ difference)) < 0;
    require(
        !(overflows ? left > 0 : difference > bound),
        () -> "symbols %d − %d ≤ %d is not true of %d and %d%s%s"
            .formatted(x, y, bound, left, right, places(x), places(y)));
  }

  private String places(int symbol) {
    StringBuilder text = new StringBuilder(", symbol " + symbol + " in");
    for (int r = 0; r < 10; r++) {
      if (state.register(r).symbol() == symbol && !state.register(r).isUninitialised()) {
        text.append(" r").append(r).append(" as ").append(state.register(r));
      }
    }
    return text.toString();
  }

  private void require(boolean holds, Supplier<String> reason) {
    if (!holds && !contradicted) {
      contradicted = true;
      if (explaining) {
        objection = reason.get();
      }
    }
  }
}
