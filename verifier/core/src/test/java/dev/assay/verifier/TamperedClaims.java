package dev.assay.verifier;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackFrame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Claims with faults, of the sort that a search with mistakes would propose: states dropped, made to say more, or exchanged. */
final class TamperedClaims {
  private final Random random;

  private TamperedClaims(Random random) {
    this.random = random;
  }

  /** The claims with so many random faults. */
  static Claims random(Claims claims, int faults, Random random) {
    Claims result = claims;
    for (int i = 0; i < faults; i++) {
      result = new TamperedClaims(random).once(result);
    }
    return result;
  }

  private Claims once(Claims claims) {
    List<Integer> called =
        new ArrayList<>(claims.callees().keySet().stream().sorted().toList());
    if (called.isEmpty() || random.nextInt(3) > 0) {
      return new Claims(tampered(claims.main()), claims.callees());
    }
    int callee = called.get(random.nextInt(called.size()));
    List<FunctionClaim> known = new ArrayList<>(claims.callees().get(callee));
    if (!known.isEmpty()) {
      int which = random.nextInt(known.size());
      known.set(which, tampered(known.get(which)));
    }
    Map<Integer, List<FunctionClaim>> callees = new HashMap<>(claims.callees());
    callees.put(callee, known);
    return new Claims(claims.main(), callees);
  }

  private FunctionClaim tampered(FunctionClaim claim) {
    return switch (random.nextInt(8)) {
      case 0 -> with(claim, claim.entry(), claim.states(), tampered(claim.exits()));
      case 1 -> with(claim, tampered(claim.entry()), claim.states(), claim.exits());
      default -> {
        List<List<State>> states = new ArrayList<>(claim.states());
        int block = random.nextInt(states.size());
        states.set(block, tampered(states.get(block)));
        yield with(claim, claim.entry(), states, claim.exits());
      }
    };
  }

  static FunctionClaim with(
      FunctionClaim claim, State entry, List<List<State>> states, List<State> exits) {
    return new FunctionClaim(claim.function(), entry, states, claim.rounds(), exits);
  }

  private List<State> tampered(List<State> states) {
    List<State> result = new ArrayList<>(states);
    if (result.isEmpty()) {
      return result;
    }
    int which = random.nextInt(result.size());
    if (random.nextInt(4) == 0) {
      result.remove(which);
    } else {
      result.set(which, tampered(result.get(which)));
    }
    return result;
  }

  /** The state with one thing changed, mostly so that it says more. */
  private State tampered(State state) {
    State result = state.copy();
    int r = random.nextInt(10);
    Value value = result.register(r);
    switch (random.nextInt(10)) {
      case 0 -> result.setRegister(r, Value.constant(random.nextInt(3)));
      case 1 -> result.setRegister(r, value.withKind(value.kind().nonNull()));
      case 2 -> result.setRegister(r, Value.pointer(new Kind.FramePointer(0), -8));
      case 3, 4 -> result.numbers().refine(value, Scalar.signed(0, random.nextInt(16)));
      case 5 ->
        result.numbers().refine(result.packetSize(), Scalar.signed(random.nextInt(64), 0xffff));
      case 6 ->
        result
            .numbers()
            .assumeDifference(value, result.register(random.nextInt(10)), random.nextInt(4) - 2);
      case 7 -> {
        for (int reference : result.references()) {
          result.forgetReference(reference);
        }
      }
      case 8 -> result.setInnermost(counters(result.innermost(), result));
      default -> result.setInnermost(result.innermost().withStack(stack(result)));
    }
    return result;
  }

  private Frame counters(Frame frame, State state) {
    Value[] rising = frame.rising().clone();
    Value[] falling = frame.falling().clone();
    for (int i = 0; i < rising.length; i++) {
      if (random.nextBoolean()) {
        rising[i] = state.numbers().freshNumber(Scalar.signed(0, random.nextInt(6)));
      }
      if (random.nextBoolean()) {
        falling[i] = state.numbers().freshNumber(Scalar.signed(-random.nextInt(6), 0));
      }
    }
    return frame.withLoops(frame.loops(), rising, falling);
  }

  private StackFrame stack(State state) {
    StackFrame stack = state.innermost().stack();
    if (stack.cells() > 0 && random.nextBoolean()) {
      return stack.withValue(random.nextInt(stack.cells()), Value.constant(0));
    }
    int start = stack.size() - 8 * (1 + random.nextInt(4));
    return stack.overwritten(
        start, 8, Value.constant(1), (value, from, length, index, piece) -> null);
  }
}
