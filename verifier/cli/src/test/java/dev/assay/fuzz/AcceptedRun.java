package dev.assay.fuzz;

import dev.assay.interpreter.Fault;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.interpreter.memory.Placement;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.referee.Referee;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Runs of an accepted program that show its verdict to be wrong, if it is. */
final class AcceptedRun {
  private static final long INSTRUCTION_LIMIT = 200_000;
  private static final List<Integer> PACKET_SIZES = List.of(0, 14, 34, 60, 200, 1500);

  /** Faults that say nothing of the program. */
  private static final Set<Fault.Cause> BEYOND =
      Set.of(Fault.Cause.UNSUPPORTED, Fault.Cause.INTERRUPTED);

  private AcceptedRun() {}

  /** Fails if a run faults or is longer than was proved. */
  static void check(BpfObject object, BpfProgram program, ProgramKind kind, Verdict verdict) {
    // The interpreter has no kernel objects but zeros, and knows nothing of what is assumed of
    // arguments.
    if (kind.hasTypedArguments()
        || verdict.assumptions().stream().anyMatch(assumption -> assumption.contains("argument"))) {
      return;
    }
    for (int size : PACKET_SIZES) {
      Machine machine;
      try {
        machine = machine(object, program, kind, size);
      } catch (IllegalArgumentException e) {
        // Maps that are too large for the machine.
        Expect.reason(String.valueOf(e.getMessage()));
        return;
      }
      judge(machine.run(), kind, verdict);
    }
  }

  /** Whether the message of a fault tells that the interpreter, not the program, is at its end. */
  static boolean isBeyondTheInterpreter(String message) {
    return message.contains("is not modelled by the interpreter");
  }

  private static Machine machine(
      BpfObject object, BpfProgram program, ProgramKind kind, int packetSize) {
    byte[] packet = new byte[packetSize];
    new Random(packetSize).nextBytes(packet);
    return Machine.builder(LinuxPlatform.load(), object, program)
        .kind(kind)
        .packet(packet)
        .seed(packetSize)
        .garbage(true)
        .placement(packetSize % 4 == 0 ? Placement.HOSTILE : Placement.SPREAD)
        .memoryLimit(64 << 20)
        .instructionLimit(INSTRUCTION_LIMIT)
        .build();
  }

  private static void judge(Outcome outcome, ProgramKind kind, Verdict verdict) {
    switch (outcome) {
      case Outcome.Faulted faulted -> {
        Fault fault = faulted.fault();
        boolean excused = BEYOND.contains(fault.cause())
            || isBeyondTheInterpreter(fault.message())
            || (fault.cause() == Fault.Cause.INSTRUCTION_LIMIT
                && verdict.worstCase().orElse(Long.MAX_VALUE) >= INSTRUCTION_LIMIT);
        Expect.that(excused, "an accepted program faults: " + fault);
      }
      case Outcome.Returned returned -> {
        long most = verdict.worstCase().orElse(Long.MAX_VALUE);
        Expect.that(
            returned.instructions() <= most,
            returned.instructions() + " instructions were executed, at most " + most
                + " were proved");
        Expect.that(
            Referee.isLegalResult(kind, returned.value()),
            "an accepted program returns " + returned.value());
      }
    }
  }
}
