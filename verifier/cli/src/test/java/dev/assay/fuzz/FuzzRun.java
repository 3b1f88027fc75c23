package dev.assay.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fuzzes one target with Jazzer for a time, in a Java of its own with 1 GiB of heap; see {@code docs/fuzzing.md}. */
public final class FuzzRun {
  private static final String HEAP = "-Xmx1g";
  private static final int HANG_SECONDS = 10;

  /** Used before a collection, and after it, in MiB: {@code 512M->40M(989M)}. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

  private final Target target;
  private final Path folder;

  private FuzzRun(Target target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * Arguments: a target; for how many minutes; a folder for seeds, corpus and findings; a finding to be made smaller, or
   * an empty word; folders with objects that seeds are made from. The exit status is Jazzer's: not 0 if it found
   * something.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Target target = Target.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    Path folder = Path.of(arguments[2]).resolve(target.lowerCase());
    FuzzRun run = new FuzzRun(target, Files.createDirectories(folder));
    if (!arguments[3].isEmpty()) {
      run.minimise(Path.of(arguments[3]));
      return;
    }
    int status = run.execute(run.search(Double.parseDouble(arguments[1]), run.seeds(arguments)));
    run.printHeap();
    System.exit(status);
  }

  private Path seeds(String[] arguments) throws IOException {
    List<Path> sources = Arrays.stream(arguments).skip(4).map(Path::of).toList();
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    int number = 0;
    for (byte[] seed : target.seeds(Seeds.in(sources)).toList()) {
      Files.write(seeds.resolve("%05d".formatted(number++)), seed);
    }
    return seeds;
  }

  private List<String> search(double minutes, Path seeds) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path findings = Files.createDirectories(folder.resolve("findings"));
    return List.of(
        "-max_total_time=" + Math.round(60 * minutes),
        "-max_len=" + target.longest(),
        "-artifact_prefix=" + findings + "/",
        "--reproducer_path=" + findings,
        "-print_final_stats=1",
        corpus.toString(),
        seeds.toString());
  }

  private void minimise(Path finding) throws IOException {
    Optional<byte[]> smaller = Minimisation.of(target, Files.readAllBytes(finding));
    if (smaller.isEmpty()) {
      System.out.println(finding + " shows no bug");
      return;
    }
    Path file = Path.of(finding + ".smaller");
    Files.write(file, smaller.get());
    System.out.println(file + " has " + smaller.get().length + " bytes");
  }

  private int execute(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-XX:+UseSerialGC",
        "-Xlog:gc:file=" + collections() + ":uptime:filecount=0",
        "--enable-native-access=ALL-UNNAMED",
        "-classpath",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.type().getName(),
        "--instrumentation_includes=dev.assay.**",
        "--instrumentation_excludes=" + target.withoutCoverage(),
        // Costs half of the time where text is read, and leads to nothing new.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexRoadblocks",
        "-timeout=" + HANG_SECONDS,
        "-rss_limit_mb=0"));
    command.addAll(options);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private Path collections() {
    return folder.resolve("collections.log");
  }

  private void printHeap() throws IOException {
    int before = 0;
    int after = 0;
    try (Stream<String> lines = Files.lines(collections())) {
      for (String line : (Iterable<String>) lines::iterator) {
        Matcher collection = COLLECTION.matcher(line);
        if (collection.find()) {
          before = Math.max(before, Integer.parseInt(collection.group(1)));
          after = Math.max(after, Integer.parseInt(collection.group(2)));
        }
      }
    }
    System.out.println("Largest heap: " + before + " MiB, " + after + " MiB after a collection");
  }
}
