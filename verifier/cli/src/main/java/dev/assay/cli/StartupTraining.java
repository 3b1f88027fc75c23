package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs what users run, once and in silence, so that the JVM can note which classes a start needs. The launcher starts it with {@code -XX:AOTCacheOutput} and later runs take up what
 * it left.
 */
final class StartupTraining {
  private StartupTraining() {}

  /**
   * Shows version and help, then reads and verifies every object under a folder.
   *
   * @param arguments the folder, which may be missing
   */
  public static void main(String[] arguments) throws IOException {
    run("--version");
    run("--help");
    run("verify", "--help");
    Path folder = Path.of(arguments[0]);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> objects =
          files.map(Path::toString).filter(file -> file.endsWith(".o")).sorted().toList();
      for (String object : objects) {
        run("list", object);
        run("disasm", object);
        run("cfg", object);
        run("verify", object);
        run("verify", "--format", "json", object);
      }
    }
  }

  private static void run(String... arguments) {
    TablePreload.begin(arguments);
    Streams streams = Main.ofProcess(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream());
    Main.run(arguments, streams);
    streams.out().flush();
    streams.err().flush();
  }
}
