package dev.assay.verifier.invariants;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One test: what holds before, the code, what PREVAIL finds to hold after it, and whether it finds fault.
 *
 * @param place the file's name and the test's position in it (from 1): names are not unique
 * @param pre constraints; see {@link Constraint}
 * @param blocks the code's lines by label, in order
 * @param post constraints, or the line {@code _|_} where no path gets to the end
 * @param messages what PREVAIL finds fault with
 */
record InvariantCase(
    String place,
    String name,
    Set<String> options,
    List<String> pre,
    Map<String, List<String>> blocks,
    List<String> post,
    List<String> messages) {
  /** The line that says that there is no state. */
  static final String BOTTOM = "_|_";

  @Override
  public String toString() {
    return place + ": " + name;
  }

  /** All cases in a folder, by file and position. */
  static List<InvariantCase> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<InvariantCase> read(Path file) {
    String suite = file.getFileName().toString().replace(".yaml", "");
    List<InvariantCase> cases = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
        if (document instanceof Map<?, ?> map) {
          cases.add(of(suite + " " + (cases.size() + 1), map));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static InvariantCase of(String place, Map<?, ?> document) {
    Map<String, List<String>> blocks = new LinkedHashMap<>();
    if (document.get("code") instanceof Map<?, ?> code) {
      code.forEach((label, lines) -> blocks.put(
          label.toString(),
          lines
              .toString()
              .lines()
              .map(line -> line.replaceFirst("[;#].*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList()));
    }
    return new InvariantCase(
        place,
        String.valueOf(document.get("test-case")).strip(),
        new TreeSet<>(strings(document.get("options"))),
        strings(document.get("pre")),
        blocks,
        strings(document.get("post")),
        strings(document.get("messages")));
  }

  private static List<String> strings(Object list) {
    return list instanceof List<?> items
        ? items.stream().map(Object::toString).toList()
        : List.of();
  }
}
