package dev.assay.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.Assembler;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The referee is not blind: a state that is not so at one instruction is noticed, whatever it is wrong about. */
class RefereeFaultTest {
  private static final Subject PROGRAM = new Subject(
      Assembler.assemble("""
          0: r6 = r1
          1: r7 = *(u32 *)(r1 + 0)
          2: r8 = *(u32 *)(r1 + 4)
          3: *(u64 *)(r10 - 8) = 5
          4: *(u32 *)(r10 - 12) = 0
          5: r2 = r10
          6: r2 += -12
          7: r1 = map_by_idx(0) ll
          9: call 1
          10: if r0 == 0 goto 14
          11: r9 = 3
          12: r9 += 4
          13: r3 = *(u64 *)(r0 + 0)
          14: r0 = 0
          15: r1 = 0
          16: r1 += 1
          17: if r1 != 4 goto 16
          18: exit
          """),
      List.of(MapDefinition.of("array", 2, 4, 8, 1), MapDefinition.of("other", 2, 4, 8, 1)),
      LinuxPlatform.load().programKind("xdp").orElseThrow());

  private static final Input INPUT = new Input(3, 40, Placement.SPREAD);

  /** What the referee says where the states of one slot are changed. */
  private static Optional<Violation> withFault(int slot, Consumer<State> fault) {
    ProvedStates proved = proved();
    List<List<State>> states = new ArrayList<>(proved.bySlot());
    List<State> changed = states.get(slot).stream().map(State::copy).toList();
    changed.forEach(fault);
    states.set(slot, changed);
    return Referee.violation(
        PROGRAM, List.of(new ProvedStates(proved.rung(), proved.shape(), states)), INPUT);
  }

  private static ProvedStates proved() {
    return ProvedStates.of(
            ProvedStates.Prepared.of(PROGRAM, RelationalDomain.ZONE.open()).orElseThrow(),
            Rung.KINDS,
            10_000)
        .orElseThrow();
  }

  private static void assertNoticed(int slot, Consumer<State> fault) {
    Optional<Violation> violation = withFault(slot, fault);
    assertEquals(Optional.of(Violation.Sort.MEMBERSHIP), violation.map(Violation::sort));
    assertTrue(
        violation.get().message().contains("slot " + slot), violation.get().message());
  }

  @Test
  void withoutAFaultThereIsNothingToNotice() {
    assertEquals(Optional.empty(), withFault(12, state -> {}));
  }

  @Test
  void aRegisterThatHoldsAnotherNumber() {
    assertNoticed(12, state -> state.setRegister(9, Value.constant(4)));
  }

  @Test
  void aRegisterThatHoldsLessThanIsClaimed() {
    assertNoticed(
        12, state -> state.setRegister(9, state.numbers().freshNumber(Scalar.signed(4, 9))));
  }

  @Test
  void aStackByteThatHoldsSomethingElse() {
    assertNoticed(
        10,
        state -> state.setInnermost(state
            .innermost()
            .withStack(state
                .innermost()
                .stack()
                .overwritten(
                    state.innermost().stack().size() - 8,
                    8,
                    Value.constant(6),
                    (value, from, length, index, piece) -> null))));
  }

  @Test
  void aPacketThatIsShorterThanIsClaimed() {
    assertNoticed(
        10, state -> state.numbers().refine(state.packetSize(), Scalar.signed(41, 0xffff)));
  }

  @Test
  void aPacketPointerThatLeadsElsewhere() {
    assertNoticed(10, state -> state.setRegister(7, state.plus(state.register(7), 1)));
  }

  @Test
  void aMapValueThatIsNoMapValue() {
    assertNoticed(
        10, state -> state.setRegister(6, Value.pointer(new Kind.MapValue(0, false, false, 0), 0)));
  }

  @Test
  void aMapValueThatIsAnotherMaps() {
    assertNoticed(
        13, state -> state.setRegister(0, Value.pointer(new Kind.MapValue(1, false, false, 0), 0)));
  }

  @Test
  void aPointerThatIsNull() {
    assertNoticed(
        15,
        state -> state.setRegister(
            0, Value.pointer(new Kind.Socket(SocketClass.FULL, false, 0, false), 0)));
  }

  @Test
  void aMapThatIsNoMap() {
    assertNoticed(10, state -> state.setRegister(6, Value.pointer(new Kind.MapReference(0), 0)));
  }

  @Test
  void aPointerThatIsTakenForNull() {
    assertNoticed(10, state -> state.setRegister(0, Value.constant(0)));
  }

  @Test
  void aLoopThatWentRoundMoreOftenThanIsClaimed() {
    assertNoticed(16, state -> {
      Value[] still = {Value.constant(0)};
      state.setInnermost(state.innermost().withLoops(state.innermost().loops(), still, still));
    });
  }

  @Test
  void anInstructionThatIsTakenForUnreachable() {
    ProvedStates proved = proved();
    List<List<State>> states = new ArrayList<>(proved.bySlot());
    states.set(12, List.of());
    assertTrue(Referee.violation(
            PROGRAM, List.of(new ProvedStates(proved.rung(), proved.shape(), states)), INPUT)
        .isPresent());
  }

  /** A domain that, beyond the differences that zones know, takes everything for impossible. */
  private static final RelationalDomain NOTHING_ALLOWED = new RelationalDomain() {
    private final Relations none = (Relations) Proxy.newProxyInstance(
        Relations.class.getClassLoader(), new Class<?>[] {Relations.class}, this::call);

    private Object call(Object proxy, Method method, Object[] arguments)
        throws ReflectiveOperationException {
      return switch (method.getName()) {
        case "allows" -> false;
        default -> {
          Object[] real = arguments == null ? new Object[0] : arguments.clone();
          for (int i = 0; i < real.length; i++) {
            real[i] = real[i] == proxy ? Relations.zones() : real[i];
          }
          Object result = method.invoke(Relations.zones(), real);
          yield result instanceof Relations ? proxy : result;
        }
      };
    }

    @Override
    public String name() {
      return "nothing allowed";
    }

    @Override
    public Session open() {
      return new Session() {
        @Override
        public Relations none() {
          return none;
        }

        @Override
        public void close() {}
      };
    }
  };

  @Test
  void whatADomainKnowsBeyondDifferences() {
    Subject subject = new Subject(
        Assembler.assemble("r0 = 0\nexit\n"), List.of(), PROGRAM.kind(), NOTHING_ALLOWED);
    Referee.Ruling ruling = Referee.rule(subject, List.of(INPUT));
    assertTrue(ruling.accepted());
    assertEquals(Optional.of(Violation.Sort.MEMBERSHIP), ruling.violation().map(Violation::sort));
  }
}
