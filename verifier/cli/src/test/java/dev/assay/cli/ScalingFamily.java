package dev.assay.cli;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Safe programs of any length that are made of many small parts of one sort. A part finds the packet in r7 and its end in r8, sums up in r9 (so
 * that parts depend on each other), and numbers in the 64 bytes below r10. At least 64 bytes of the packet are there. Whatever leaves a
 * part early exits, so that no jump is longer than its part.
 */
enum ScalingFamily {
  /** Loads behind a packet check each, and arithmetic on what was loaded. No cut point at all. */
  ARITHMETIC("straight-line arithmetic", ScalingFamily::arithmetic),
  /** Packet checks with an else branch, a branch on what was loaded, stores on all three paths, a load after the merge. */
  DIAMONDS("branches and merges", ScalingFamily::diamond),
  /** Lookups of constant keys, null checks, loads and stores of values. */
  LOOKUPS("map lookups", ScalingFamily::lookup),
  /** A pointer and numbers that are spilled, live across a call and filled again. */
  SPILLS("spills", ScalingFamily::spill),
  /** Loops of 16 rounds that load from the packet, each fourth within a loop of 8 rounds. */
  LOOPS("loops", ScalingFamily::loop),
  /** Calls of subprograms of their own for four calls each, each of which calls another one. */
  CALLS("subprogram calls", ScalingFamily::call),
  /** All of them by turns. */
  MIXED("mixed", ScalingFamily::mixed);

  /** A part in assembly, and the subprograms that it brings along. */
  private record Part(String code, String subprograms) {
    Part(String code) {
      this(code, "");
    }
  }

  private static final MapDefinition MAP = MapDefinition.of("map", 1, 4, 16, 1024);

  private static final String BEGINNING = """
      r6 = r1
      r7 = *(u32 *)(r6 + 0)
      r8 = *(u32 *)(r6 + 4)
      r9 = 0
      *(u64 *)(r10 - 8) = 0
      *(u64 *)(r10 - 16) = 0
      *(u64 *)(r10 - 24) = 0
      *(u64 *)(r10 - 32) = 0
      *(u64 *)(r10 - 40) = 0
      *(u64 *)(r10 - 48) = 0
      *(u64 *)(r10 - 56) = 0
      *(u64 *)(r10 - 64) = 0
      r2 = r7
      r2 += 64
      if r2 <= r8 goto long_enough
      r0 = 1
      exit
      long_enough:
      """;

  private static final String END = """
      w0 = w9
      w0 &= 1
      exit
      """;

  private final String title;
  private final IntFunction<Part> parts;

  ScalingFamily(String title, IntFunction<Part> parts) {
    this.title = title;
    this.parts = parts;
  }

  /** What the family is called in tables and plots. */
  String title() {
    return title;
  }

  /** The smallest program of the family that has at least so many instructions. */
  BpfObject program(int instructions) {
    StringBuilder main = new StringBuilder(BEGINNING);
    StringBuilder subprograms = new StringBuilder();
    int length = instructions(BEGINNING) + instructions(END);
    for (int i = 0; length < instructions; i++) {
      Part part = parts.apply(i);
      main.append(part.code());
      subprograms.append(part.subprograms());
      length += instructions(part.code()) + instructions(part.subprograms());
    }
    Code code = Assembler.assemble(main + END + subprograms);
    return BpfObject.of(BpfProgram.of("xdp", "generated", code), List.of(MAP));
  }

  private static int instructions(String assembly) {
    return (int)
        assembly.lines().filter(line -> !line.isBlank() && !line.endsWith(":")).count();
  }

  private static Part arithmetic(int i) {
    int end = 64 + i * 7 % 1400;
    return new Part("""
        r2 = r7
        r2 += %2$d
        if r2 <= r8 goto checked_%1$d
        r0 = 1
        exit
        checked_%1$d:
        r3 = *(u32 *)(r7 + %3$d)
        r4 = r3
        r4 &= 255
        r9 += r4
        r3 >>= 3
        r3 *= 5
        r9 ^= r3
        w4 += %1$d
        r9 |= r4
        r9 <<= 1
        """.formatted(i, end, end - 4));
  }

  private static Part diamond(int i) {
    return new Part(
        """
        r2 = r7
        r2 += %2$d
        if r2 > r8 goto short_%1$d
        r3 = *(u8 *)(r7 + %3$d)
        if r3 > 100 goto big_%1$d
        *(u64 *)(r10 - %4$d) = r3
        r9 += 1
        goto after_%1$d
        big_%1$d:
        *(u64 *)(r10 - %4$d) = 7
        r9 += 2
        goto after_%1$d
        short_%1$d:
        r4 = 0
        *(u64 *)(r10 - %4$d) = r4
        after_%1$d:
        r5 = *(u64 *)(r10 - %5$d)
        r9 ^= r5
        """.formatted(i, 64 + i * 7 % 1400, 63 + i * 7 % 1400, 8 + i % 8 * 8, 8 + (i + 3) % 8 * 8));
  }

  private static Part lookup(int i) {
    return new Part("""
        *(u32 *)(r10 - 4) = %1$d
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call 1
        if r0 == 0 goto missing_%1$d
        r3 = *(u64 *)(r0 + 0)
        r9 += r3
        r3 += 1
        *(u64 *)(r0 + 8) = r3
        missing_%1$d:
        """.formatted(i));
  }

  private static Part spill(int i) {
    return new Part("""
        r1 = *(u16 *)(r7 + %2$d)
        r2 = r1
        r2 += 8
        *(u64 *)(r10 - 72) = r7
        *(u64 *)(r10 - 80) = r1
        *(u64 *)(r10 - 88) = r2
        call 7
        r7 = *(u64 *)(r10 - 72)
        r1 = *(u64 *)(r10 - 80)
        if r0 > r1 goto larger_%1$d
        r3 = *(u64 *)(r10 - 88)
        r9 += r3
        larger_%1$d:
        r4 = *(u8 *)(r7 + 0)
        r9 ^= r4
        """.formatted(i, i % 31 * 2));
  }

  private static Part loop(int i) {
    String inner = """
        r1 = 0
        round_%1$d:
        r2 = r7
        r2 += r1
        r3 = *(u8 *)(r2 + 0)
        r9 += r3
        r1 += 1
        if r1 < 16 goto round_%1$d
        """.formatted(i);
    return new Part(i % 4 != 0 ? inner : """
        r5 = 0
        outer_%1$d:
        %2$sr5 += 1
        if r5 < 8 goto outer_%1$d
        """.formatted(i, inner));
  }

  private static Part call(int i) {
    String call = """
        r1 = r9
        r2 = r7
        r3 = %1$d
        call outer_function_%2$d
        r9 += r0
        """.formatted(i, i / 4);
    return new Part(call, i % 4 != 0 ? "" : """
        outer_function_%1$d:
        *(u64 *)(r10 - 8) = r1
        r4 = *(u8 *)(r2 + 3)
        r0 = r4
        if r4 > r3 goto larger_argument_%1$d
        r0 += r3
        larger_argument_%1$d:
        r1 = r0
        call inner_function_%1$d
        r1 = *(u64 *)(r10 - 8)
        r0 ^= r1
        exit
        inner_function_%1$d:
        r0 = r1
        r0 &= 63
        if r0 != 7 goto other_%1$d
        r0 = 8
        other_%1$d:
        exit
        """.formatted(i / 4));
  }

  private static Part mixed(int i) {
    return switch (i % 6) {
      case 0 -> arithmetic(i);
      case 1 -> diamond(i);
      case 2 -> lookup(i);
      case 3 -> spill(i);
      case 4 -> loop(i);
      // A number that its own family would take for the first call of a subprogram.
      default -> call(i / 6 * 4);
    };
  }
}
