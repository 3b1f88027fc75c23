package dev.assay.referee;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.FunctionGraph;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Observer;
import dev.assay.isa.Register;
import dev.assay.verifier.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** At each step of a run, asks for each rung whether one of the states that it proved for the instruction describes the machine. */
final class StatesObserver implements Observer {
  private final Subject subject;
  private final List<ProvedStates> rungs;
  private final ControlFlowGraph graph;
  private final List<Start> starts = new ArrayList<>();
  private Optional<Machine> machine = Optional.empty();
  private Optional<String> complaint = Optional.empty();
  private int lastSlot;
  private int lastDepth;

  /** {@code rungs} is not empty. */
  StatesObserver(Subject subject, List<ProvedStates> rungs) {
    this.subject = subject;
    this.rungs = rungs;
    this.graph = rungs.getFirst().shape().graph();
  }

  /**
   * One start of the program that has not ended: the first one, and those by tail calls of functions, which go back to the function's caller.
   *
   * @param base how many calls are active where it starts
   */
  private record Start(int base, List<Activation> activations, StateMembership membership) {}

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
    Start start = start(slot, depth, registers);
    FunctionGraph active = graph.functionAt(slot);
    enter(start, depth - start.base(), active, registers);
    int block = active.blockAt(slot);
    if (active.firstSlot(block) == slot) {
      start.activations().getLast().arrive(block);
    }
    for (ProvedStates proved : rungs) {
      check(start, proved, slot, registers);
    }
    lastSlot = slot;
    lastDepth = depth;
  }

  private Start start(int slot, int depth, Registers registers) {
    while (!starts.isEmpty() && depth < starts.getLast().base()) {
      starts.removeLast();
    }
    boolean tailCalled = !starts.isEmpty()
        && slot == graph.entry().entrySlot()
        && depth == lastDepth
        && subject.isTailCall(lastSlot);
    if (tailCalled && depth == starts.getLast().base()) {
      starts.removeLast();
    }
    if (starts.isEmpty() || tailCalled) {
      List<Activation> activations = new ArrayList<>();
      starts.add(new Start(
          depth,
          activations,
          new StateMembership(
              subject, machine.orElseThrow(), registers.get(Register.R1), activations)));
    }
    return starts.getLast();
  }

  private void enter(Start start, int depth, FunctionGraph function, Registers registers) {
    List<Activation> activations = start.activations();
    while (activations.size() > depth + 1) {
      activations.removeLast();
    }
    if (activations.size() < depth + 1) {
      if (!activations.isEmpty()) {
        activations.getLast().leaveRegisters(registers);
      }
      activations.add(
          new Activation(registers.get(Register.R10), rungs.getFirst().shape().order(function)));
    }
  }

  private void check(Start start, ProvedStates proved, int slot, Registers registers) {
    List<State> states = proved.bySlot().get(slot);
    for (State state : states) {
      if (start.membership().mayDescribe(state, registers)) {
        return;
      }
    }
    StringBuilder reasons = new StringBuilder();
    for (State state : states) {
      start
          .membership()
          .objection(state, registers)
          .ifPresent(reason -> reasons.append("\n  ").append(reason));
    }
    complaint = Optional.of("at slot " + slot + ", none of the " + states.size()
        + " states of rung " + proved.rung() + " describes the machine:" + reasons);
  }
}
