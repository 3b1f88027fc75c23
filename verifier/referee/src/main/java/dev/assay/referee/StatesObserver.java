package dev.assay.referee;

import dev.assay.graph.FunctionGraph;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Observer;
import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.Register;
import dev.assay.verifier.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** At each step of a run, asks for each rung whether one of the states that it proved for the instruction describes the machine. */
final class StatesObserver implements Observer {
  private final Subject subject;
  private final List<ProvedStates> rungs;
  private final Placement placement;
  private final List<Activation> activations = new ArrayList<>();
  private Optional<Machine> machine = Optional.empty();
  private Optional<StateMembership> membership = Optional.empty();
  private Optional<String> complaint = Optional.empty();

  /** {@code rungs} is not empty. */
  StatesObserver(Subject subject, List<ProvedStates> rungs, Placement placement) {
    this.subject = subject;
    this.rungs = rungs;
    this.placement = placement;
  }

  /** The machine whose run is observed; before it runs. */
  void watch(Machine watched) {
    machine = Optional.of(watched);
  }

  /** What was found first; empty if every machine state was described. */
  Optional<String> complaint() {
    return complaint;
  }

  @Override
  public void before(String function, int slot, int depth, Registers registers) {
    if (complaint.isPresent()) {
      return;
    }
    FunctionGraph graph = rungs.getFirst().shape().graph().functionAt(slot);
    enter(depth, graph, registers);
    int block = graph.blockAt(slot);
    if (graph.firstSlot(block) == slot) {
      activations.getLast().arrive(block);
    }
    for (ProvedStates proved : rungs) {
      check(proved, slot, registers);
    }
  }

  private void enter(int depth, FunctionGraph graph, Registers registers) {
    while (activations.size() > depth + 1) {
      activations.removeLast();
    }
    if (activations.size() < depth + 1) {
      if (!activations.isEmpty()) {
        activations.getLast().leaveRegisters(registers);
      }
      activations.add(
          new Activation(registers.get(Register.R10), rungs.getFirst().shape().order(graph)));
    }
  }

  private void check(ProvedStates proved, int slot, Registers registers) {
    List<State> states = proved.bySlot().get(slot);
    if (states.isEmpty()) {
      complaint = Optional.of(
          "slot " + slot + " is executed, which " + proved.rung() + " has as unreachable");
      return;
    }
    StateMembership asked = membership(states.getFirst(), registers);
    for (State state : states) {
      if (asked.mayDescribe(state, registers)) {
        return;
      }
    }
    StringBuilder reasons = new StringBuilder();
    for (State state : states) {
      asked
          .objection(state, registers)
          .ifPresent(reason -> reasons.append("\n  ").append(reason));
    }
    complaint = Optional.of("at slot " + slot + ", none of the " + states.size()
        + " states of rung " + proved.rung() + " describes the machine:" + reasons);
  }

  /** Made at the first instruction, where r1 is the context. */
  private StateMembership membership(State any, Registers registers) {
    if (membership.isEmpty()) {
      membership = Optional.of(new StateMembership(
          subject, machine.orElseThrow(), placement, registers.get(Register.R1), activations, any));
    }
    return membership.get();
  }
}
