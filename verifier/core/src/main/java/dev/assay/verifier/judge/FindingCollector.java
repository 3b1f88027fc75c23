package dev.assay.verifier.judge;

import dev.assay.isa.Disassembler;
import dev.assay.isa.Instruction;
import dev.assay.verifier.check.AccessClass;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.semantics.Describe;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import dev.assay.verifier.verdict.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the first finding of each check at each slot, and every assumption.
 *
 * <p>It is told of every access that is executed from a claimed state, whatever function, callback or activation it belongs to. So if there are
 * accesses of two classes at one slot, the second one to be told of finds the other: nothing depends on their order.
 */
public final class FindingCollector implements Reporter {
  private record Place(int slot, Check check) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return slot != other.slot ? Integer.compare(slot, other.slot) : check.compareTo(other.check);
    }
  }

  private final Setting setting;
  private final SortedMap<Place, Finding> findings = new TreeMap<>();
  private final SortedSet<String> assumptions = new TreeSet<>();
  private final Map<Integer, AccessClass> accessClasses = new HashMap<>();

  /** A collector without findings. */
  public FindingCollector(Setting setting) {
    this.setting = setting;
  }

  @Override
  public void report(
      int slot, State state, Check check, String message, String required, int registers) {
    findings.computeIfAbsent(
        new Place(slot, check),
        place ->
            finding(slot, check, message, required, Describe.registers(setting, state, registers)));
  }

  @Override
  public void accessed(int slot, State state, AccessClass accessClass, int registers) {
    AccessClass first = accessClasses.putIfAbsent(slot, accessClass);
    if (first != null && !first.equals(accessClass)) {
      report(
          slot,
          state,
          Check.POINTER_CLASS,
          "this instruction accesses " + accessClass.text() + " here, and " + first.text()
              + " on another path, which the host does not do in the same way",
          "each of them is accessed by an instruction of its own",
          registers);
    }
  }

  /** A finding that does not depend on a state. */
  public void report(int slot, Check check, String message, String required) {
    findings.computeIfAbsent(
        new Place(slot, check), place -> finding(slot, check, message, required, List.of()));
  }

  private Finding finding(
      int slot, Check check, String message, String required, List<String> known) {
    Instruction instruction = setting.program().code().at(slot);
    return new Finding(
        slot,
        setting.program().sourceAt(slot),
        check.id(),
        message,
        Disassembler.text(instruction, slot),
        known,
        required);
  }

  @Override
  public void assume(String fact) {
    assumptions.add(fact);
  }

  /** The findings, by slot. */
  public List<Finding> findings() {
    return new ArrayList<>(findings.values());
  }

  /** The assumptions, sorted. */
  public SortedSet<String> assumptions() {
    return assumptions;
  }
}
