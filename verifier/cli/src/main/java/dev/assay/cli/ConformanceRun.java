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
 * A program of bpf_conformance: it finds plain memory in r1 and the memory's size in r2, and what counts is r0. On Linux
 * that is what programs of type {@code syscall} find, so it is verified as one that may turn pointers into numbers.
 */
record ConformanceRun(BpfObject object, BpfProgram program, byte[] memory) {
  private static final String KIND = "syscall";
  private static final Platform LINUX = LinuxPlatform.load();

  /** Proves it, for any contents of the memory. */
  VerifiedProgram verify(List<String> groups) throws UsageException {
    ProgramKind kind = LINUX.programKind(KIND).orElseThrow();
    VerifierOptions options = VerifierOptions.DEFAULT.withPolicy(Policy.PRIVILEGED);
    options = GroupChoice.of(groups, List.of(), List.of())
        .groups(kind)
        .map(options::withGroups)
        .orElse(options);
    Entry entry = new Entry.Memory(memory.length);
    return Verifier.verify(object, "program", program, kind, entry, options);
  }

  /** Runs it. */
  Outcome run() {
    return Machine.builder(LINUX, object, program).context(memory).build().run();
  }
}
