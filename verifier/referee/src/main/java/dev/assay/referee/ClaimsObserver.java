package dev.assay.referee;

import dev.assay.graph.FunctionGraph;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Observer;
import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.Register;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** At each cut point that a run reaches, asks whether one of the states claimed there describes the machine. */
final class ClaimsObserver implements Observer {
  private final ProvedClaims proved;
  private final Placement placement;
  private final List<Activation> activations = new ArrayList<>();
  private Optional<Machine> machine = Optional.empty();
  private Optional<String> complaint = Optional.empty();
  private long contextAddress;

  ClaimsObserver(ProvedClaims proved, Placement placement) {
    this.proved = proved;
    this.placement = placement;
  }

  /** The machine whose run is observed; before it runs. */
  void watch(Machine watched) {
    machine = Optional.of(watched);
  }

  /** What was found first; empty if every state was described. */
  Optional<String> complaint() {
    return complaint;
  }

  @Override
  public void before(String function, int slot, int depth, Registers registers) {
    if (complaint.isPresent()) {
      return;
    }
    FunctionGraph graph = proved.shape().graph().functionAt(slot);
    enter(slot, depth, graph, registers);
    int block = graph.blockAt(slot);
    if (graph.firstSlot(block) != slot) {
      return;
    }
    activations.getLast().arrive(block);
    if (proved.shape().isCutPoint(graph, block)) {
      check(slot, graph, block, registers);
    }
  }

  private void enter(int slot, int depth, FunctionGraph graph, Registers registers) {
    if (activations.isEmpty()) {
      contextAddress = registers.get(Register.R1);
    }
    while (activations.size() > depth + 1) {
      activations.removeLast();
    }
    if (activations.size() < depth + 1) {
      if (!activations.isEmpty()) {
        activations.getLast().leaveRegisters(registers);
      }
      activations.add(new Activation(registers.get(Register.R10), proved.shape().order(graph)));
    }
  }

  private void check(int slot, FunctionGraph graph, int block, Registers registers) {
    StateMembership membership = new StateMembership(
        machine.orElseThrow(), placement, registers, contextAddress, activations);
    List<FunctionClaim> claims = activations.size() == 1
        ? List.of(proved.claims().main())
        : proved.claims().of(graph);
    StringBuilder reasons = new StringBuilder();
    for (FunctionClaim claim : claims) {
      for (State state : claim.states().get(block)) {
        Optional<String> objection = membership.objection(state);
        if (objection.isEmpty()) {
          return;
        }
        reasons.append("\n  ").append(objection.get());
      }
    }
    complaint =
        Optional.of("no claimed state describes the machine at slot " + slot + ":" + reasons);
  }
}
