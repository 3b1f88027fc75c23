package dev.assay.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that measures one domain and nothing else. In one that had measured others before, code would be compiled for all of them together and
 * be slower than it is for any user, memory of theirs would still be about, and a library that crashed would take everything with it.
 */
final class DomainProcess {
  /** The hidden option that names the domain which is measured in the process itself. */
  static final String DOMAIN_OPTION = "--measured-here";

  /** The hidden option that names the file for the measurements. */
  static final String ROWS_OPTION = "--measured-into";

  private static final String HEAP = "-Xmx";
  private static final String DEFAULT_HEAP = "1g";

  /** Without it the JVM warns of libraries that are not Java. */
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private DomainProcess() {}

  /**
   * Measures, and waits until that is done. Messages and progress go where this process's go.
   *
   * @param rows the file for the measurements
   * @param arguments those of this process, the command's name first
   * @return the exit status
   */
  static int run(String domain, Path rows, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), Main.class.getName()));
    command.add(arguments.getFirst());
    command.addAll(List.of(DOMAIN_OPTION, domain, ROWS_OPTION, rows.toString()));
    command.addAll(arguments.subList(1, arguments.size()));
    Process process = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    Thread atExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      return process.waitFor();
    } finally {
      process.destroy();
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  /**
   * The options of this JVM, but without agents, and with a heap that has all of its memory from the start: so that collections are as
   * frequent for the last program as for the first, and what the process grows by is not the heap.
   */
  static List<String> options(List<String> own) {
    List<String> options = new ArrayList<>();
    String heap = DEFAULT_HEAP;
    for (String option : own) {
      if (option.startsWith(HEAP)) {
        heap = option.substring(HEAP.length());
      } else if (!option.startsWith("-Xms") && !isAgent(option) && !option.equals(NATIVE_ACCESS)) {
        options.add(option);
      }
    }
    options.addAll(List.of("-Xms" + heap, HEAP + heap, "-XX:+AlwaysPreTouch", NATIVE_ACCESS));
    return options;
  }

  private static boolean isAgent(String option) {
    return option.startsWith("-javaagent:")
        || option.startsWith("-agentlib:")
        || option.startsWith("-agentpath:");
  }
}
