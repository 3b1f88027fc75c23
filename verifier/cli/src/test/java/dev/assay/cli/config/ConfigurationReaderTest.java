package dev.assay.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  private static final Set<String> OPTIONS =
      Set.of("stack-size", "termination", "include-groups", "format");

  @TempDir
  private Path folder;

  @Test
  void theFirstMatchingEntryDecides() throws Exception {
    Configuration configuration = read("""
        [[program]]
        object = "sub/*.o"
        section = "prog*"
        type = "xdp"

        [[program]]
        object = "*"
        section = "*"
        type = "sched_cls"
        """);
    assertEquals("xdp", type(configuration, "sub/a.o", "prog1"));
    assertEquals("sched_cls", type(configuration, "sub/a.o", "other"));
    assertEquals("sched_cls", type(configuration, "a.o", "prog1"));
  }

  @Test
  void objectsAreNamedFromTheFolderOfTheFile() throws Exception {
    Configuration configuration = read("""
        [[program]]
        object = "*"
        section = "*"
        type = "xdp"
        """);
    Path elsewhere = folder.resolve("sub").resolve("..").resolve("a.o");
    assertTrue(configuration.entryFor(elsewhere, "x").isPresent());
  }

  @Test
  void valuesOfOptionsAreAsOnTheCommandLine() throws Exception {
    Configuration configuration = read("""
        [verify]
        stack-size = 256
        termination = false
        include-groups = ["callx", "packet"]
        format = "json"
        """);
    assertEquals("256", text(configuration, "stack-size"));
    assertEquals("false", text(configuration, "termination"));
    assertEquals("callx,packet", text(configuration, "include-groups"));
    assertEquals("json", text(configuration, "format"));
  }

  @Test
  void anUnknownTableIsAnErrorWithItsPlaceAndTheNearestOne() {
    assertFails("""

        [verfy]
        format = "json"
        """, ":2:", "\"verfy\" is not a table", "did you mean \"verify\"?");
  }

  @Test
  void anUnknownOptionIsAnErrorWithItsPlaceAndTheNearestOne() {
    assertFails("""
        [verify]
        stack-sise = 5
        """, ":2:1: ", "did you mean \"stack-size\"?");
  }

  @Test
  void anUnknownKeyOfAnEntryIsAnError() {
    assertFails("""
        [[program]]
        object = "*"
        sections = "*"
        type = "xdp"
        """, ":3:1: ", "did you mean \"section\"?");
  }

  @Test
  void aMissingKeyOfAnEntryIsAnError() {
    assertFails("""
        [[program]]
        object = "*"
        section = "*"
        """, ":1:", "needs type");
  }

  @Test
  void aKeyOfTheWrongKindIsAnError() {
    assertFails("""
        [[program]]
        object = 5
        section = "*"
        type = "xdp"
        """, ":2:", "has to be a string");
    assertFails("""
        [verify]
        stack-size = 1.5
        """, ":2:", "stack-size has to be");
    assertFails("verify = 3\n", ":1:", "[verify]");
    assertFails("program = 3\n", ":1:", "[[program]]");
  }

  @Test
  void aBrokenPatternIsAnErrorWithItsPlace() {
    assertFails("""
        [[program]]
        object = "*"
        section = "{a,b"
        type = "xdp"
        """, ":3:", "has no '}'");
  }

  @Test
  void arraysInArraysWithoutEndAreAnError() {
    assertFails("a = " + "[".repeat(100_000), "nested too deeply");
  }

  @Test
  void whatIsNotTomlIsAnErrorWithItsPlace() {
    assertFails("""
        [verify]
        format = json
        """, ":2:");
  }

  @Test
  void theNearestFileAboveAnObjectCounts() throws Exception {
    Path sub = Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve(Configuration.FILE_NAME), "");
    Files.writeString(folder.resolve("a").resolve(Configuration.FILE_NAME), "");
    ConfigurationFinder finder = new ConfigurationFinder(Optional.empty(), () -> OPTIONS);
    assertEquals(
        folder.resolve("a").resolve(Configuration.FILE_NAME), file(finder, sub.resolve("x.o")));
    assertEquals(folder.resolve(Configuration.FILE_NAME), file(finder, folder.resolve("x.o")));
  }

  @Test
  void aNamedFileGoesBeforeTheNearest() throws Exception {
    Path named = Files.writeString(folder.resolve("other.toml"), "");
    Files.writeString(folder.resolve(Configuration.FILE_NAME), "");
    ConfigurationFinder finder = new ConfigurationFinder(Optional.of(named), () -> OPTIONS);
    assertEquals(named, file(finder, folder.resolve("x.o")));
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    ConfigurationFinder finder =
        new ConfigurationFinder(Optional.of(folder.resolve("none.toml")), () -> OPTIONS);
    ConfigurationException error =
        assertThrows(ConfigurationException.class, () -> finder.find(folder.resolve("x.o")));
    assertTrue(
        String.valueOf(error.getMessage()).endsWith("none.toml: no such file"), error.getMessage());
  }

  private static Path file(ConfigurationFinder finder, Path object) throws ConfigurationException {
    return finder.find(object).orElseThrow().file();
  }

  private String type(Configuration configuration, String object, String section) {
    return configuration.entryFor(folder.resolve(object), section).orElseThrow().type();
  }

  private static String text(Configuration configuration, String option) {
    return Optional.ofNullable(configuration.defaults().get(option))
        .orElseThrow()
        .text();
  }

  private Configuration read(String toml) throws IOException, ConfigurationException {
    return ConfigurationReader.read(
        Files.writeString(folder.resolve(Configuration.FILE_NAME), toml), () -> OPTIONS);
  }

  private void assertFails(String toml, String... parts) {
    ConfigurationException error = assertThrows(ConfigurationException.class, () -> read(toml));
    for (String part : parts) {
      assertTrue(String.valueOf(error.getMessage()).contains(part), error.getMessage());
    }
  }
}
