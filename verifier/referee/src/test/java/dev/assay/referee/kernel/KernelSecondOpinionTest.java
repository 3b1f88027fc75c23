package dev.assay.referee.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.isa.Assembler;
import dev.assay.platform.LinuxPlatform;
import dev.assay.referee.Subject;
import dev.assay.referee.generator.ProgramGenerator;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where Linux rejects a program that Assay accepts, it does so for a reason that was looked at before. {@code -Dassay.kernel.programs=20000}
 * asks about more programs and prints how often the two differ; {@code -Dassay.kernel.seed} is the first one's seed, and
 * {@code -Dassay.kernel.examples=FOLDER} keeps some programs of each class there, made small.
 */
class KernelSecondOpinionTest {
  private static final long SEED = Long.getLong("assay.kernel.seed", 1);
  private static final int PROGRAMS = Integer.getInteger("assay.kernel.programs", 300);

  /** The tables, and the words of the log, are this release's. */
  private static final String RELEASE = "6.18";

  private static KernelVerifier kernel;

  @BeforeAll
  static void open() {
    assumeTrue(SystemCall.number().isPresent(), "this is no Linux on a machine that is known");
    assumeTrue(
        System.getProperty("os.version").startsWith(RELEASE + "."),
        "this is not Linux " + RELEASE + ", but " + System.getProperty("os.version"));
    try {
      kernel = KernelVerifier.of(ProgramGenerator.MAPS);
    } catch (KernelMaps.RefusedException e) {
      abort(e.getMessage());
    }
  }

  @AfterAll
  static void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Test
  void onlyForKnownReasonsLinuxRejectsWhatAssayAccepts() throws Exception {
    Examples examples = new Examples(
        kernel, Optional.ofNullable(System.getProperty("assay.kernel.examples")).map(Path::of));
    Opinions opinions = new Opinions();
    for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
      Opinion opinion = Opinion.of(ProgramGenerator.generate(seed), kernel);
      opinions.add(opinion);
      examples.add(seed, opinion);
      if (opinion.onlyLinuxRejects() && Difference.of(opinion.linux().reason()).isEmpty()) {
        fail("seed " + seed + ": only Linux rejects, for a reason that is not in the table\n"
            + opinion.minimised(kernel).text(kernel));
      }
    }
    assertEquals(PROGRAMS, opinions.programs());
    assertTrue(20 * opinions.bothAccept() >= PROGRAMS, opinions.toString());
    assertTrue(5 * opinions.bothReject() >= PROGRAMS, opinions.toString());
    if (System.getProperty("assay.kernel.programs") != null) {
      System.out.println(opinions);
    }
  }

  @Test
  void theKernelIsToldOfMapsLocksAndCallbacks() {
    accepts("""
        0: *(u32 *)(r10 - 4) = 0
        1: r2 = r10
        2: r2 += -4
        3: r1 = map_by_idx(8) ll
        5: call 1
        6: if r0 == 0 goto 13
        7: r6 = r0
        8: r1 = r6
        9: r1 += 4
        10: call 93
        11: r1 = r6
        12: goto 15
        13: r0 = 0
        14: exit
        15: r1 += 4
        16: call 94
        17: r1 = 3
        18: r2 = code_addr(24) ll
        20: r3 = 0
        21: r4 = 0
        22: call 181
        23: goto 13
        24: r0 = 0
        25: exit
        """);
  }

  private static void accepts(String assembly) {
    KernelVerdict verdict = kernel.verify(subject(assembly));
    assertTrue(verdict.accepted(), verdict.log());
  }

  @Test
  void aRejectionSaysWhyWithoutNumbers() {
    KernelVerdict verdict = kernel.verify(subject("0: r0 = *(u8 *)(r1 + 400)\n1: exit\n"));
    assertEquals("invalid bpf_context access off=# size=#", verdict.reason());
  }

  private static Subject subject(String assembly) {
    return new Subject(
        Assembler.assemble(assembly),
        ProgramGenerator.MAPS,
        LinuxPlatform.load().programKind("sched_cls").orElseThrow());
  }
}
