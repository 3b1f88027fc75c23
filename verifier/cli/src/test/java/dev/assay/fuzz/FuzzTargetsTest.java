package dev.assay.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The targets of the fuzzer without the fuzzer: on their seeds, on what was once found, and on seeds that are damaged
 * at random. {@code -Dassay.fuzz.seed=SEED -Dassay.fuzz.mutations=NUMBER} damages in other ways, and more of them.
 */
class FuzzTargetsTest {
  private static final long SEED = Long.getLong("assay.fuzz.seed", 1);
  private static final int MUTATIONS = Integer.getInteger("assay.fuzz.mutations", 0);
  private static final int MOST_SEEDS = 30;

  /** Of the thread's own time: other work on the machine does not count. */
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  /** By the clock. */
  private static final Duration HANG = Duration.ofSeconds(100);

  /** No input is to be blamed for the time that loading tables and classes takes. */
  @BeforeAll
  static void load() {
    for (Target target : Target.values()) {
      target.seeds(Seeds.ofRepository()).limit(1).forEach(target::run);
    }
  }

  private static List<byte[]> some(Target target, Seeds seeds) {
    List<byte[]> all = target.seeds(seeds).toList();
    int step = Math.max(1, all.size() / MOST_SEEDS);
    return IntStream.range(0, all.size())
        .filter(i -> i % step == 0)
        .mapToObj(all::get)
        .toList();
  }

  /** So many as take a second or two. */
  private static int mutations(Target target) {
    return switch (target) {
      case ELF, ASSEMBLY -> 2000;
      case BTF, CODE -> 800;
      case VERIFIER -> 300;
    };
  }

  private static void run(Target target, byte[] input, String what) {
    try {
      assertTimeoutPreemptively(HANG, () -> {
        target.run(input);
        long nanoseconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertTrue(nanoseconds < MOST_TIME.toNanos(), () -> "it took " + nanoseconds / 1e9 + " s");
      });
    } catch (Throwable e) {
      throw new AssertionError(what + ", kept as " + keep(target, input) + ": " + e, e);
    }
  }

  private static Path keep(Target target, byte[] input) {
    try {
      Path folder =
          Files.createDirectories(Path.of("target", "fuzz", target.lowerCase(), "findings"));
      return Files.write(
              folder.resolve("test-" + Integer.toHexString(Arrays.hashCode(input))), input)
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void seedsAreReadWithoutABug(Target target) {
    List<byte[]> seeds = new ArrayList<>(some(target, Seeds.ofRepository()));
    assertFalse(seeds.isEmpty());
    seeds.addAll(some(target, Seeds.ofCorpus()));
    for (int i = 0; i < seeds.size(); i++) {
      run(target, seeds.get(i), target + " seed " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasFoundIsMended(Target target) {
    Findings.of(target).forEach((name, input) -> run(target, input, target + " finding " + name));
  }

  @ParameterizedTest
  @EnumSource
  void damagedSeedsAreReadWithoutABug(Target target) {
    List<byte[]> seeds = some(target, Seeds.ofRepository());
    int mutations = MUTATIONS > 0 ? MUTATIONS : mutations(target);
    for (long seed = SEED; seed < SEED + mutations; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      byte[] input = Mutation.of(seeds.get(random.nextInt(seeds.size())), random);
      run(target, input, target + " with -Dassay.fuzz.seed=" + seed);
    }
  }
}
