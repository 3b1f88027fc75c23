package dev.assay.verifier.invariants;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.isa.Instruction;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Relations;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.Effort;
import dev.assay.verifier.search.ProgramFacts;
import dev.assay.verifier.search.ProgramSearch;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.StateJoin;
import dev.assay.verifier.state.Value;
import dev.assay.verifier.verdict.Finding;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a case through search and judge, and holds the result against what the case expects.
 *
 * <p>To PREVAIL a path ends at a check that fails, and here too: the line is replaced by an end, and the rest is searched again. It also finds
 * fault with branches that are never taken; here these are the edges that no claimed state follows.
 */
final class InvariantRun {
  private static final long STEPS = 200_000;
  private static final int DESCENDING_PASSES = 2;

  /** The bytes of stack of a function, and of all. */
  private static final int FRAME = 512;

  private static final int WHOLE_STACK = 4096;

  /** A loop at a line, or in a function that is called at one line, at another. */
  private static final Pattern COUNTER = Pattern.compile("pc\\[(\\d+/)?(\\d+)]");

  private final InvariantCase test;
  private final Rung rung;
  private final Relations none;
  private final Host host;
  private final Addresses addresses = new Addresses();
  private final List<Constraint> pre;
  private final List<Constraint> post;
  private final boolean bottom;
  private final Places places;
  private final int frameSize;
  private final Map<Integer, Counter> counters = new HashMap<>();
  private final Map<Integer, Integer> callees = new HashMap<>();
  private final Set<String> messages = new TreeSet<>();
  private final Set<Integer> cuts = new TreeSet<>();
  private final List<State> exits = new ArrayList<>();

  private InvariantRun(InvariantCase test, Rung rung, Relations none) {
    this.test = test;
    this.none = none;
    this.host = new Host(test);
    this.rung = rung;
    this.pre = parse(test.pre());
    this.post = parse(test.post());
    this.bottom = test.post().equals(List.of(InvariantCase.BOTTOM));
    ByteOrder order =
        test.options().contains("big_endian") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int r10 = r10();
    int lowest = unknownR10() ? 0 : r10 - FRAME;
    this.frameSize = callsFunctions() ? FRAME : WHOLE_STACK - lowest;
    this.places = new Places(host, order, callsFunctions() ? r10 : WHOLE_STACK, frameSize, r10);
    findCounters();
    findCallees();
  }

  /**
   * What a case came to.
   *
   * @param messages what ours finds fault with
   * @param missing the lines after the code that ours does not entail
   */
  record Outcome(Set<String> messages, List<String> missing) {}

  /** Runs a case. What any rung finds out holds, so that a line need only be entailed on one of them. */
  static Outcome of(InvariantCase test) {
    return of(test, RelationalDomain.ZONE);
  }

  /** Runs a case with that domain of relations. */
  static Outcome of(InvariantCase test, RelationalDomain domain) {
    Outcome best = null;
    for (Rung rung : List.of(Rung.KINDS, Rung.CONSTANTS)) {
      Outcome outcome;
      try (RelationalDomain.Session session = domain.open()) {
        outcome = new InvariantRun(test, rung, session.none()).run();
      }
      if (best == null) {
        best = outcome;
      } else {
        List<String> missing = new ArrayList<>(best.missing());
        missing.retainAll(outcome.missing());
        best = new Outcome(
            outcome.messages().isEmpty() ? outcome.messages() : best.messages(), missing);
      }
    }
    return best;
  }

  private static List<Constraint> parse(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.equals(InvariantCase.BOTTOM))
        .map(Constraint::parse)
        .toList();
  }

  private boolean callsFunctions() {
    return test.blocks().toString().contains("call <");
  }

  private boolean unknownR10() {
    return test.pre().stream().noneMatch(line -> line.startsWith("r10.stack_offset"));
  }

  /** Where r10 points. */
  private int r10() {
    return pre.stream()
        .filter(c -> c instanceof Constraint.Within w
            && w.variable()
                .equals(new Constraint.Variable(
                    new Constraint.Location.InRegister(10), "stack_offset")))
        .map(c -> ((Constraint.Within) c).low().orElseThrow().intValueExact())
        .findFirst()
        .orElse(callsFunctions() ? FRAME : WHOLE_STACK);
  }

  private void findCounters() {
    String code = test.blocks().toString();
    int register = 9;
    while (code.contains("r" + register)) {
      register--;
    }
    boolean limited =
        test.post().stream().noneMatch(line -> line.startsWith("pc[") && line.contains("+oo"));
    for (String line : test.post()) {
      Matcher name = COUNTER.matcher(line);
      if (name.find()) {
        counters.put(
            Integer.valueOf(name.group(2)),
            name.group(1) == null
                ? new Counter.InRegister(register, limited)
                : new Counter.InCaller());
      }
    }
  }

  private void findCallees() {
    for (int register = 0; register < 10; register++) {
      int number = register;
      constant(test, register).ifPresent(helper -> callees.put(number, helper));
    }
  }

  /** The number that a register surely holds before the code. */
  static Optional<Integer> constant(InvariantCase test, int register) {
    Constraint.Variable variable =
        new Constraint.Variable(new Constraint.Location.InRegister(register), "uvalue");
    return parse(test.pre()).stream()
        .filter(c -> c instanceof Constraint.Within w
            && w.variable().equals(variable)
            && w.low().isPresent()
            && w.low().equals(w.high()))
        .map(c -> ((Constraint.Within) c).low().orElseThrow().intValue())
        .findFirst();
  }

  private Outcome run() {
    try {
      int before;
      do {
        before = cuts.size();
        exits.clear();
        runOnce();
      } while (cuts.size() > before);
    } catch (MalformedGraphException malformed) {
      messages.add(String.valueOf(malformed.getMessage()));
      exits.clear();
      return new Outcome(messages, test.post());
    } catch (SearchExhausted exhausted) {
      messages.add("search exhausted");
      return new Outcome(messages, test.post());
    }
    return new Outcome(messages, missing());
  }

  private List<String> missing() {
    if (bottom) {
      return exits.isEmpty() ? List.of() : test.post();
    }
    if (exits.isEmpty() && !cuts.isEmpty()) {
      // Nothing is left to hold the lines against.
      return test.post();
    }
    Entailment entailment = new Entailment(places, addresses, counters, post);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < post.size(); i++) {
      Constraint constraint = post.get(i);
      if (!exits.stream().allMatch(state -> entailment.holds(state, constraint))) {
        missing.add(test.post().get(i));
      }
    }
    return missing;
  }

  private void runOnce() throws SearchExhausted, MalformedGraphException {
    // Maps for shared memory are added while start states are built, which the setting then has.
    PrevailAssembly.Program program = PrevailAssembly.assemble(test, cuts, counters, callees);
    ProgramShape blankShape = shape(host.setting(program.code(), test, frameSize));
    Setting blankSetting = host.setting(program.code(), test, frameSize);
    Execution blank = new Execution(blankSetting, blankShape, Reporter.NONE);
    List<State> starts = StartStates.of(pre, host, places, addresses, () -> {
      State state = blank.entry(none);
      for (int register = 0; register < 10; register++) {
        state.setRegister(register, Value.UNUSABLE);
      }
      if (!callsFunctions()) {
        // Callers' frames lie above it.
        state.setRegister(10, Value.pointer(new Kind.FramePointer(0), places.r10() - WHOLE_STACK));
      }
      counters.values().forEach(counter -> counter.start(state, places));
      return state;
    });
    Setting setting = host.setting(program.code(), test, frameSize);
    ProgramShape shape = shape(setting);
    Edges edges = new Edges();
    for (State start : starts) {
      runFrom(StateJoin.canonical(start), setting, shape, program, edges);
    }
    edges.addDead(shape, program);
  }

  private static ProgramShape shape(Setting setting) throws MalformedGraphException {
    return new ProgramShape(ControlFlowGraph.of(setting.program()));
  }

  private void runFrom(
      State start,
      Setting setting,
      ProgramShape shape,
      PrevailAssembly.Program program,
      Edges edges)
      throws SearchExhausted {
    ProgramFacts facts = ProgramFacts.of(setting, shape);
    Claims claims =
        ProgramSearch.searchKeepingAll(facts, start, Effort.of(rung, DESCENDING_PASSES, STEPS));
    Judgement judgement = Judge.judge(setting, shape, claims, start);
    if (!judgement.inductive()) {
      claims = ProgramSearch.searchKeepingAll(facts, start, Effort.of(rung, 0, STEPS));
      judgement = Judge.judge(setting, shape, claims, start);
    }
    if (!judgement.inductive()) {
      messages.add("no inductive invariants");
    }
    for (Finding finding : judgement.findings()) {
      if (finding.check().equals(Check.ALIGNMENT.id())) {
        // The cases are for a machine that has atomic operations at any address:
        // docs/invariants.md.
        continue;
      }
      int line = finding.slot() < 0 ? -1 : program.lines().get(finding.slot());
      boolean whole = finding.check().equals(Check.TERMINATION.id())
          || finding.check().equals(Check.MAX_INSTRUCTIONS.id());
      if (whole) {
        messages.add(finding.check());
      } else if (line >= 0) {
        messages.add(line + ": " + finding.check() + ": " + finding.message());
        cuts.add(line);
      }
    }
    follow(claims, setting, shape, edges);
  }

  /** Follows the claimed states once more, for where they leave the program and which edges they take. */
  private void follow(Claims claims, Setting setting, ProgramShape shape, Edges edges) {
    Set<FunctionClaim> all = new LinkedHashSet<>();
    all.add(claims.main());
    claims.callees().values().forEach(all::addAll);
    for (FunctionClaim claim : all) {
      FunctionGraph function = claim.function();
      for (int block = 0; block < function.blockCount(); block++) {
        for (State state : claim.states().get(block)) {
          new Execution(setting, shape, Reporter.NONE)
              .run(state.copy(), function, block, new Execution.Listener() {
                @Override
                public void reached(State to, int from, int target) {
                  edges.taken(function, from, target);
                }

                @Override
                public void entered(State to, int target) {
                  edges.taken(function, function.predecessors(target).at(0), target);
                }

                @Override
                public void left(State end) {
                  if (claim == claims.main()
                      && !end.register(0).equals(Value.constant(PrevailAssembly.ENDED))) {
                    exits.add(end);
                  }
                }

                @Override
                public List<State> calledBack(
                    State first, int slot, CallbackCall call, Execution rounds) {
                  throw new IllegalStateException("no case calls back");
                }

                @Override
                public List<State> called(State entry, int slot, FunctionGraph callee) {
                  return claims.of(slot, callee, entry).stream()
                      .flatMap(claimed -> claimed.exits().stream())
                      .map(State::copy)
                      .toList();
                }
              });
        }
      }
    }
  }

  /** The edges of the control flow that some state takes. */
  private final class Edges {
    private final Set<List<Integer>> taken = new HashSet<>();

    void taken(FunctionGraph function, int from, int to) {
      taken.add(List.of(function.index(), from, to));
    }

    /** Finds fault with branches of which one way is taken and the other never. */
    void addDead(ProgramShape shape, PrevailAssembly.Program program) {
      for (FunctionGraph function : shape.graph().functions()) {
        for (int block = 0; block < function.blockCount(); block++) {
          int slot = function.lastSlot(block);
          if (!(program.code().at(slot) instanceof Instruction.ConditionalJump)
              || program.silent().contains(slot)) {
            continue;
          }
          boolean falls = taken.contains(
              List.of(function.index(), block, function.successors(block).at(0)));
          boolean jumps = taken.contains(List.of(
              function.index(),
              block,
              function.successors(block).at(function.successors(block).size() - 1)));
          if (jumps && !falls && !program.assumptions().contains(slot) || falls && !jumps) {
            messages.add(program.lines().get(slot) + ": one way is never taken");
          }
        }
      }
    }
  }
}
