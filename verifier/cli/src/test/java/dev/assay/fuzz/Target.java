package dev.assay.fuzz;

import java.util.Locale;
import java.util.stream.Stream;

/** What can be fuzzed. A target's name is its constant's in small letters. */
enum Target {
  ELF(ElfTarget.class, ElfTarget::fuzzerTestOneInput, Seeds::objects, 1 << 16),
  BTF(BtfTarget.class, BtfTarget::fuzzerTestOneInput, Seeds::types, 1 << 16),
  CODE(CodeTarget.class, CodeTarget::fuzzerTestOneInput, Seeds::code, 1 << 10),
  ASSEMBLY(AssemblyTarget.class, AssemblyTarget::fuzzerTestOneInput, Seeds::assembly, 1 << 14),
  VERIFIER(
      VerifierTarget.class, VerifierTarget::fuzzerTestOneInput, Seeds::programsAndObjects, 1 << 15);

  private static final int WARM_UP = 20;

  private final Class<?> type;
  private final Reader reader;
  private final Seeding seeding;
  private final int longest;

  /** What a fuzzer calls: returns, or throws if there is a bug. */
  @FunctionalInterface
  interface Reader {
    void read(byte[] bytes);
  }

  /** Where a target's first inputs come from. */
  @FunctionalInterface
  interface Seeding {
    Stream<byte[]> from(Seeds seeds);
  }

  Target(Class<?> type, Reader reader, Seeding seeding, int longest) {
    this.type = type;
    this.reader = reader;
    this.seeding = seeding;
    this.longest = longest;
  }

  /** The class whose {@code fuzzerTestOneInput} a fuzzer calls. */
  Class<?> type() {
    return type;
  }

  /** The name in commands and folders. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Classes that a fuzzer is to learn nothing from, by Jazzer's patterns: the assembler, where it only reads back what
   * was printed, for it compares many strings.
   */
  String withoutCoverage() {
    return this == CODE ? "dev.assay.isa.Assembl*:dev.assay.isa.InstructionParser*" : "";
  }

  /** How many bytes an input of a fuzzer has at most: more would be slow and find no more. */
  int longest() {
    return longest;
  }

  /** Runs the target once; throws if there is a bug. */
  void run(byte[] bytes) {
    reader.read(bytes);
  }

  /** Loads tables and most classes, so that no input is blamed for the time that this takes. */
  void warmUp() {
    seeds(Seeds.ofRepository()).limit(WARM_UP).forEach(this::run);
  }

  /** Inputs that get deep. */
  Stream<byte[]> seeds(Seeds seeds) {
    return seeding.from(seeds);
  }
}
