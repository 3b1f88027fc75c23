package dev.assay.referee;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Observer;
import dev.assay.interpreter.memory.Placement;
import dev.assay.interpreter.memory.Region;
import dev.assay.isa.Register;
import dev.assay.verifier.state.Fact;
import dev.assay.verifier.state.Form;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether a state describes a machine at one moment of a run: whether there are words for the state's symbols such that each location holds
 * what its value says and everything known of the symbols is true.
 *
 * <p>Full values give the words; where none does, a symbol's low half may be known from an extension. An objection is a proof that there
 * are no such words; the absence of one is not a proof that there are.
 */
final class StateMembership {
  private static final int STACK_SIZE = 512;

  private final Machine machine;
  private final Placement placement;
  private final Observer.Registers registers;
  private final long contextAddress;
  private final List<Activation> activations;
  private final long packetAddress;
  private final int packetSize;
  private final long metaAddress;

  StateMembership(
      Machine machine,
      Placement placement,
      Observer.Registers registers,
      long contextAddress,
      List<Activation> activations) {
    this.machine = machine;
    this.placement = placement;
    this.registers = registers;
    this.contextAddress = contextAddress;
    this.activations = activations;
    this.packetAddress = machine.packetAddress();
    this.packetSize = machine.packet().length;
    this.metaAddress = machine.metadataAddress();
  }

  /** Why the state does not describe the machine, or nothing. */
  Optional<String> objection(State state) {
    if (state.depth() != activations.size()) {
      return Optional.of("it has " + state.depth() + " frames rather than " + activations.size());
    }
    Words words = new Words(state);
    words.full = true;
    visit(state, words);
    words.full = false;
    visit(state, words);
    words.checkSymbols();
    return Optional.ofNullable(words.objection);
  }

  private void visit(State state, Words words) {
    for (int r = 0; r < 10; r++) {
      words.location("r" + r, state.register(r), registers.get(Register.of(r)));
    }
    words.number("packet size", state.packetSize(), packetSize);
    words.number("packet metadata", state.packetMeta(), metaAddress - packetAddress);
    for (int f = 0; f < state.depth(); f++) {
      visit(f, state.frame(f), words);
    }
  }

  private void visit(int f, Frame frame, Words words) {
    Activation activation = activations.get(f);
    for (int i = 0; i < frame.saved().length; i++) {
      words.location("frame " + f + " r" + (6 + i), frame.saved()[i], activation.saved(i));
    }
    for (int i = 0; i < frame.loops().length; i++) {
      long rounds = activation.rounds(frame.loops()[i]);
      words.number("rounds of loop " + frame.loops()[i], frame.rising()[i], rounds);
      words.number("negated rounds of loop " + frame.loops()[i], frame.falling()[i], -rounds);
    }
    byte[] bytes =
        machine.regionAt(activation.frameTop() - STACK_SIZE).map(Region::bytes).orElseThrow();
    StackFrame stack = frame.stack();
    for (int i = 0; i < stack.cells(); i++) {
      long word = 0;
      for (int b = stack.length(i) - 1; b >= 0; b--) {
        word = word << 8 | bytes[stack.start(i) + b] & 0xff;
      }
      words.location(
          "frame " + f + " [" + (stack.start(i) - stack.size()) + "]", stack.value(i), word);
    }
  }

  /** The address that offsets of a kind count from, where it is known. */
  private OptionalLong base(Kind kind, long word) {
    return switch (kind) {
      case Kind.Basic basic ->
        switch (basic) {
          case NUMBER -> OptionalLong.of(0);
          case CONTEXT -> OptionalLong.of(contextAddress);
          case PACKET -> OptionalLong.of(packetAddress);
          case UNINITIALISED, UNUSABLE -> OptionalLong.empty();
        };
      case Kind.FramePointer p -> OptionalLong.of(activations.get(p.frame()).frameTop());
      case Kind.MapValue v -> valueBase(word);
      case Kind.MapReference m -> OptionalLong.empty();
      case Kind.InnerMap m -> OptionalLong.empty();
      case Kind.Memory m -> OptionalLong.empty();
      case Kind.KernelObject k -> OptionalLong.empty();
      case Kind.Socket s -> OptionalLong.empty();
      case Kind.PerCpuVariable v -> OptionalLong.empty();
      case Kind.CodeReference c -> OptionalLong.empty();
    };
  }

  /** Where regions may touch, an address past the end of one value may lie in another: then nothing is known. */
  private OptionalLong valueBase(long word) {
    if (placement == Placement.HOSTILE) {
      return OptionalLong.empty();
    }
    return machine
        .regionAt(word)
        .filter(region -> region.role() == Region.Role.MAP_VALUE)
        .map(region -> OptionalLong.of(region.base()))
        .orElse(OptionalLong.empty());
  }

  /** The words of one state's symbols, as far as they are known. */
  private final class Words {
    private final State state;
    private final Map<Integer, Long> words = new HashMap<>();
    private final Map<Integer, Integer> lowHalves = new HashMap<>();
    private @Nullable String objection;
    private boolean full;

    Words(State state) {
      this.state = state;
    }

    void location(String name, Value value, long word) {
      if (value.kind().nullable() && word == 0) {
        return;
      }
      OptionalLong base = base(value.kind(), word);
      if (base.isPresent()) {
        number(name, value, word - base.getAsLong());
      }
    }

    void number(String name, Value value, long number) {
      if (objection != null || value.isUninitialised() || full != (value.form() == Form.FULL)) {
        return;
      }
      if (value.isLiteral()) {
        require(value.shift() == number, name, value, number);
      } else if (full) {
        long word = number - value.shift();
        Long known = words.putIfAbsent(value.symbol(), word);
        require(known == null || known == word, name, value, number);
      } else {
        extension(name, value, number);
      }
    }

    private void extension(String name, Value value, long number) {
      int low = value.form() == Form.SHIFTED ? (int) (number >>> 32) : (int) number;
      long extended =
          switch (value.form()) {
            case FULL -> number;
            case ZERO_EXTENDED -> low & 0xffffffffL;
            case SIGN_EXTENDED -> low;
            case SHIFTED -> (long) low << 32;
          };
      int half = low - (int) value.shift();
      Long word = words.get(value.symbol());
      Integer known = lowHalves.putIfAbsent(value.symbol(), half);
      require(
          extended == number
              && (known == null || known == half)
              && (word == null || (int) (long) word == half),
          name,
          value,
          number);
    }

    private void require(boolean holds, String name, Value value, long number) {
      if (!holds && objection == null) {
        objection = "%s is %d (0x%x), which is not %s %s (symbol %d is %s)"
            .formatted(
                name,
                number,
                number,
                value,
                state.scalar(value),
                value.symbol(),
                words.get(value.symbol()));
      }
    }

    void checkSymbols() {
      words.forEach((symbol, word) -> {
        if (objection == null && !state.numbers().ofSymbol(symbol).contains(word)) {
          objection = "symbol %d is %d (0x%x), which is not in %s%s"
              .formatted(symbol, word, word, state.numbers().ofSymbol(symbol), places(symbol));
        }
      });
      lowHalves.forEach((symbol, low) -> {
        if (objection == null
            && !state.numbers().ofSymbol(symbol).zeroExtend(32).contains(low & 0xffffffffL)) {
          objection = "the low half of symbol %d is 0x%x, which is not in %s%s"
              .formatted(symbol, low, state.numbers().ofSymbol(symbol), places(symbol));
        }
      });
      state.numbers().relations().forEach(this::checkDifference);
      for (Fact fact : state.numbers().facts().all()) {
        if (objection == null && !fact.mayHold(symbol -> word(symbol))) {
          objection = "%s is not true of %s".formatted(fact, words);
        }
      }
    }

    private OptionalLong word(int symbol) {
      Long word = symbol == 0 ? Long.valueOf(0) : words.get(symbol);
      return word == null ? OptionalLong.empty() : OptionalLong.of(word);
    }

    private void checkDifference(int x, int y, long bound) {
      Long left = words.get(x);
      Long right = words.get(y);
      if (objection != null || left == null || right == null) {
        return;
      }
      long difference = left - right;
      boolean overflows = ((left ^ right) & (left ^ difference)) < 0;
      if (overflows ? left > 0 : difference > bound) {
        objection = "symbols %d − %d ≤ %d is not true of %d and %d%s%s"
            .formatted(x, y, bound, left, right, places(x), places(y));
      }
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
  }
}
