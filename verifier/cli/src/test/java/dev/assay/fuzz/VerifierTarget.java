package dev.assay.fuzz;

import dev.assay.isa.Code;
import dev.assay.isa.Decoder;
import dev.assay.isa.MalformedCodeException;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.MapDefinition;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.referee.Inputs;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import dev.assay.referee.Violation;
import dev.assay.referee.generator.ProgramGenerator;
import dev.assay.report.JsonReport;
import dev.assay.report.Palette;
import dev.assay.report.Report;
import dev.assay.report.TextReport;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The whole way from bytes to a verdict and from there to a run: every program gets a verdict, which can be reported, and
 * an accepted one runs without a fault and no longer than was proved.
 *
 * <p>Bytes that start as an ELF file does are one, each of whose programs is loaded as its section says. Of other bytes
 * the first one chooses the kind of program; code in little-endian order follows, which may use two maps.
 */
public final class VerifierTarget {
  private static final VerifierOptions OPTIONS = VerifierOptions.DEFAULT.withSteps(20_000);
  private static final int MOST_PROGRAMS = 4;
  private static final int INPUTS = 6;

  /** What code may be loaded as, by its first byte. */
  static final List<String> KINDS = List.of(
      "xdp", "sched_cls", "cgroup_skb/ingress", "socket_filter", "cgroup_sock_addr/connect4");

  private static final List<MapDefinition> MAPS = ProgramGenerator.MAPS;

  private VerifierTarget() {}

  /** What a fuzzer calls first. */
  public static void fuzzerInitialize() {
    Target.VERIFIER.warmUp();
  }

  /** Verifies, reports and runs what the bytes hold. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (isElf(bytes)) {
      object(bytes);
    } else if (bytes.length > 0) {
      code(KINDS.get((bytes[0] & 0xff) % KINDS.size()), Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  private static boolean isElf(byte[] bytes) {
    return bytes.length > 4
        && bytes[0] == 0x7f
        && bytes[1] == 'E'
        && bytes[2] == 'L'
        && bytes[3] == 'F';
  }

  private static void object(byte[] file) {
    BpfObject object;
    try {
      object = ObjectReader.read(file, ReadOptions.DEFAULT);
    } catch (MalformedObjectException e) {
      Expect.reason(e.getMessage());
      return;
    }
    Platform platform = LinuxPlatform.load();
    ProgramKind other = kind(KINDS.getFirst());
    for (BpfProgram program : object.programs().stream().limit(MOST_PROGRAMS).toList()) {
      ProgramKind kind = platform.programKindOfSection(program.section()).orElse(other);
      Verdict verdict = Verifier.verify(object, "fuzzed.o", program, kind, OPTIONS);
      report(verdict);
      if (verdict.decision() == Decision.ACCEPTED) {
        AcceptedRun.check(object, program, kind, verdict);
      }
    }
  }

  private static void code(String kind, byte[] bytes) {
    Code code;
    try {
      code = Decoder.decode(bytes, ByteOrder.LITTLE_ENDIAN);
    } catch (MalformedCodeException e) {
      Expect.reason(e.getMessage());
      return;
    }
    if (code.size() == 0) {
      return;
    }
    Subject subject = new Subject(code, MAPS, kind(kind));
    BpfProgram program = BpfProgram.of(kind, "main", code);
    Verdict verdict =
        Verifier.verify(BpfObject.of(program, MAPS), "fuzzed.o", program, subject.kind(), OPTIONS);
    report(verdict);
    if (verdict.decision() != Decision.ACCEPTED) {
      return;
    }
    Optional<Violation> violation =
        Referee.rule(subject, Inputs.of(code, Arrays.hashCode(bytes), INPUTS)).violation();
    if (violation.isPresent()
        && !AcceptedRun.isBeyondTheInterpreter(violation.get().message())) {
      throw new AssertionError(violation.get().toString());
    }
  }

  private static void report(Verdict verdict) {
    StringWriter out = new StringWriter();
    for (Report report :
        List.of(new JsonReport(out, "0"), new TextReport(new PrintWriter(out), Palette.PLAIN, 3))) {
      report.add(verdict);
      report.finish();
    }
    Expect.that(
        out.toString().chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'),
        "control characters in a report");
  }

  private static ProgramKind kind(String name) {
    return LinuxPlatform.load().programKind(name).orElseThrow();
  }
}
