package dev.assay.cli.bench;

import dev.assay.isa.Assembler;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Programs for {@code xdp} that compare strings of at most n bytes twice, each up to the first byte that differs or is 0, and then look at the packet where both
 * comparisons ended: after each byte a path may leave, so a verifier that follows paths one by one has n² of them. The three strings lie one behind
 * the other at the packet's start.
 */
public enum DoubleComparison {
  /** Each comparison is a loop of at most n rounds: the program is equally long for all n. */
  LOOP("double strncmp, loops"),
  /** The rounds one after the other, as a compiler unrolls them: the program grows with n. */
  UNROLLED("double strncmp, unrolled");

  /** The most bytes: jumps over the unrolled rounds have to fit into 16 bits. */
  public static final int MOST_ITERATIONS = 6_000;

  /** The section that the programs are in, which tells their type. */
  public static final String SECTION = "xdp";

  private static final String FUNCTION = "compare_twice";

  private final String title;

  DoubleComparison(String title) {
    this.title = title;
  }

  /** What the family is called in tables and plots. */
  public String title() {
    return title;
  }

  /** The subject that measurements of {@link #program} are about. */
  public Subject subject(int n) {
    return new Subject(title, SECTION, FUNCTION, OptionalInt.of(n));
  }

  /**
   * The program for strings of n bytes.
   *
   * @param n from 1 to {@link #MOST_ITERATIONS}
   * @throws IllegalArgumentException if n is out of that range
   */
  public BpfObject program(int n) {
    if (n < 1 || n > MOST_ITERATIONS) {
      throw new IllegalArgumentException("from 1 to " + MOST_ITERATIONS + " bytes are compared");
    }
    return BpfObject.of(
        BpfProgram.of(SECTION, FUNCTION, Assembler.assemble(assembly(n))), List.of());
  }

  private String assembly(int n) {
    return """
        r0 = 2
        r7 = *(u32 *)(r1 + 0)
        r8 = *(u32 *)(r1 + 4)
        r2 = r7
        r2 += %1$d
        if r2 <= r8 goto long_enough
        exit
        long_enough:
        r1 = 0
        %2$s
        first_ended:
        r5 = 0
        %3$s
        second_ended:
        r2 = r7
        r2 += r1
        r2 += r5
        r0 = *(u8 *)(r2 + 0)
        r0 &= 1
        exit
        """.formatted(
            3 * n, comparison("first", 1, 0, n, n), comparison("second", 5, n, 2 * n, n));
  }

  /** Compares the bytes at two offsets of the packet, counting in a register. */
  private String comparison(String name, int counter, int one, int other, int n) {
    return switch (this) {
      case LOOP -> """
          %1$s:
          r2 = r7
          r2 += r%2$d
          r3 = *(u8 *)(r2 + %3$d)
          r4 = *(u8 *)(r2 + %4$d)
          if r3 != r4 goto %1$s_ended
          if r3 == 0 goto %1$s_ended
          r%2$d += 1
          if r%2$d < %5$d goto %1$s
          """.formatted(name, counter, one, other, n);
      case UNROLLED ->
        IntStream.range(0, n)
            .mapToObj(i -> """
                r3 = *(u8 *)(r7 + %3$d)
                r4 = *(u8 *)(r7 + %4$d)
                if r3 != r4 goto %1$s_ended
                if r3 == 0 goto %1$s_ended
                r%2$d += 1
                """.formatted(name, counter, one + i, other + i))
            .collect(Collectors.joining());
    };
  }
}
