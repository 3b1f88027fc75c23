package dev.assay.cli;

import dev.assay.interpreter.Outcome;
import dev.assay.isa.Decoder;
import dev.assay.isa.MalformedCodeException;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import dev.assay.report.Palette;
import dev.assay.report.TextReport;
import dev.assay.verifier.VerifiedProgram;
import dev.assay.verifier.verdict.Decision;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code assay conformance}: a plugin of <a href="https://github.com/Alan-Jowett/bpf_conformance">bpf_conformance</a>, which
 * gives memory as its first argument, {@code "01  02"}, the program likewise on standard input, and perhaps an empty second
 * argument, and reads r0 as a hexadecimal number.
 */
@Command(
    name = "conformance",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Verifies and runs a program for bpf_conformance: r0 goes to standard output, in hexadecimal"
          + " digits.",
      "The program finds the memory in r1, and the number of its bytes in r2."
    })
final class ConformanceCommand implements Callable<Integer> {
  private static final String PROGRAM = "the program";
  private static final String ELF = "\u007fELF";
  private static final int MAXIMUM_INPUT = 64 << 20;
  private static final int MAXIMUM_MEMORY = 1 << 20;
  private static final int FINDINGS_SHOWN = 3;

  private final Streams streams;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MEMORY",
      description = "The memory in hexadecimal digits; default: none.")
  private String memory = "";

  @Parameters(index = "1..*", hidden = true)
  private List<String> more = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Option(
      names = "--program",
      paramLabel = "BYTES",
      description = "The program in hexadecimal digits; default: from standard input.")
  private Optional<String> program = Optional.empty();

  @Option(
      names = "--elf",
      description = "The program is an object file, of which the first program counts.")
  private boolean elf;

  @Option(
      names = "--xdp",
      description =
          "The memory is a packet, and the program finds an XDP context; default: so for an object"
              + " whose program is in section xdp.")
  private boolean xdp;

  @Option(
      names = "--groups",
      paramLabel = "GROUP",
      split = ",",
      description = "Conformance groups, as for 'assay verify'; default: default.")
  private List<String> groups = List.of();

  @Option(
      names = "--unverified",
      description = "Runs also what the verifier rejects: the interpreter checks every access.")
  private boolean unverified;

  @Option(names = "--debug", description = "Shows verdict and proved result on standard error.")
  private boolean debug;

  ConformanceCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    for (String argument : more) {
      if (!argument.isBlank()) {
        throw new UsageException("unexpected argument \"" + argument + "\" after the memory");
      }
    }
    byte[] bytes = InputBytes.ofDigits("MEMORY", memory);
    if (bytes.length > MAXIMUM_MEMORY) {
      throw new UsageException("MEMORY: has more than " + MAXIMUM_MEMORY + " bytes");
    }
    BpfObject object = object(InputBytes.ofDigits(PROGRAM, digits(programText())));
    BpfProgram meant = object.programs().getFirst();
    ConformanceRun run =
        new ConformanceRun(object, meant, bytes, xdp || meant.section().equals("xdp"));
    VerifiedProgram verified = run.verify(groups);
    boolean accepted = verified.verdict().decision() == Decision.ACCEPTED;
    if (debug || (!accepted && !unverified)) {
      TextReport report = new TextReport(streams.err(), Palette.PLAIN, FINDINGS_SHOWN);
      report.add(verified.verdict());
      report.flush();
    }
    if (debug) {
      streams.err().println("r0 is proved to lie in " + verified.result());
    }
    if (!accepted && !unverified) {
      streams.err().println("assay: not run, because it is not accepted; --unverified runs it");
      return verified.verdict().decision() == Decision.ERROR
          ? ExitStatus.BAD_INPUT
          : ExitStatus.NOT_ACCEPTED;
    }
    return result(run.run(), verified);
  }

  private int result(Outcome outcome, VerifiedProgram verified) {
    return switch (outcome) {
      case Outcome.Faulted(var fault, long _) -> {
        streams.err().println("assay: " + fault);
        yield ExitStatus.NOT_ACCEPTED;
      }
      case Outcome.Returned(long r0, long _) -> {
        if (!verified.result().contains(r0)) {
          streams
              .err()
              .println(
                  "assay: r0 is 0x%x, which was proved to be impossible (%s); please report this"
                      .formatted(r0, verified.result()));
          yield ExitStatus.NOT_ACCEPTED;
        }
        streams.out().println(Long.toHexString(r0));
        yield ExitStatus.DONE;
      }
    };
  }

  private String programText() throws IOException, UsageException {
    if (program.isPresent()) {
      return program.get();
    }
    byte[] input = streams.in().readNBytes(MAXIMUM_INPUT + 1);
    if (input.length > MAXIMUM_INPUT) {
      throw new UsageException("the program on standard input has more than 64 MiB");
    }
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  private static String digits(String text) throws UsageException {
    if (text.startsWith(ELF)) {
      throw new UsageException(
          PROGRAM + ": is an ELF file; give it as hexadecimal digits, for example with xxd -p, and"
              + " --elf");
    }
    return text;
  }

  private BpfObject object(byte[] bytes) throws UsageException {
    if (bytes.length == 0) {
      throw new UsageException(
          "there is no program; give it in hexadecimal digits on standard input, or with"
              + " --program");
    }
    try {
      if (!elf) {
        return BpfObject.of(
            BpfProgram.of(".text", "main", Decoder.decode(bytes, ByteOrder.LITTLE_ENDIAN)),
            List.of());
      }
      BpfObject object = ObjectReader.read(bytes, ReadOptions.DEFAULT);
      if (object.programs().isEmpty()) {
        throw new UsageException("the object has no program"
            + (object.failures().isEmpty()
                ? ""
                : " that can be read: " + object.failures().getFirst().message()));
      }
      return object;
    } catch (MalformedCodeException e) {
      throw new UsageException("the program cannot be decoded: " + e.getMessage());
    } catch (MalformedObjectException e) {
      throw new UsageException("the object cannot be read: " + e.getMessage());
    }
  }
}
