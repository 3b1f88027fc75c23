package dev.assay.cli;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.Entry;
import dev.assay.verifier.VerifiedProgram;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import java.util.List;

/**
 * A program of bpf_conformance, of which r0 counts. It may turn pointers into numbers.
 *
 * @param packet whether the memory is a packet, as for the programs that the client's {@code --xdp_prolog} makes for Linux; else the program finds plain
 *     memory in r1 and its size in r2, as programs of type {@code syscall} may on Linux
 */
record ConformanceRun(BpfObject object, BpfProgram program, byte[] memory, boolean packet) {
  private static final Platform LINUX = LinuxPlatform.load();

  private ProgramKind kind() {
    return LINUX.programKind(packet ? "xdp" : "syscall").orElseThrow();
  }

  /** Proves it, for any contents of the memory. */
  VerifiedProgram verify(List<String> groups) throws UsageException {
    VerifierOptions options = VerifierOptions.DEFAULT.withPolicy(Policy.PRIVILEGED);
    options = GroupChoice.of(groups, List.of(), List.of())
        .groups(kind())
        .map(options::withGroups)
        .orElse(options);
    Entry entry = packet ? new Entry.Context() : new Entry.Memory(memory.length);
    return Verifier.verify(object, "program", program, kind(), entry, options);
  }

  /** Runs it. */
  Outcome run() {
    Machine.Builder machine = Machine.builder(LINUX, object, program);
    return packet
        ? machine.kind(kind()).packet(memory).build().run()
        : machine.context(memory).build().run();
  }
}
