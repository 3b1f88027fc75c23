package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says to its user, whatever the verifier finds. */
class CommandTest {
  private static final String FIREWALL = Invocation.example("xdp-firewall/firewall.o");
  private static final String COUNTER = Invocation.example("flow-counter/flow-counter.o");

  @TempDir
  private Path folder;

  @Test
  void versionIsThatOfTheBuild() {
    Invocation version = Invocation.of("--version");
    assertEquals(0, version.status());
    assertTrue(version.out().matches("assay \\d+\\.\\d+\\.\\d+\\R"), version.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "verify", "list", "disasm", "cfg", "run", "bench", "completion"})
  void everyCommandHasHelp(String command) {
    Invocation help =
        command.isEmpty() ? Invocation.of("--help") : Invocation.of(command, "--help");
    assertEquals(0, help.status());
    assertTrue(help.out().startsWith("Usage: assay " + command), help.out());
    assertEquals("", help.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ''                                | Missing required subcommand
      frobnicate                        | there is no command "frobnicate"
      run x.o y.o                       | "y.o" is one argument too many
      verify                            | Missing required parameter: 'FILE'
      verify --nonsense x.o             | --nonsense
      verify --stack-size x x.o         | --stack-size
      verify --stack-size 0 x.o         | --stack-size: has to be from 1 to 4096, not 0
      verify --stack-size 4097 x.o      | --stack-size: has to be from 1 to 4096, not 4097
      verify --steps 0 x.o              | --steps: has to be at least 1
      verify --time-limit 0 x.o         | --time-limit: has to be more than 0 seconds
      verify --time-limit NaN x.o       | --time-limit: has to be more than 0 seconds
      verify --time-limit soon x.o      | --time-limit
      verify --call-depth 129 x.o       | --call-depth: has to be from 1 to 128, not 129
      verify --packet-size -1 x.o       | --packet-size: has to be from 1 to 536870912, not -1
      verify --policy strit x.o         | did you mean "strict"?
      verify --format jsno x.o          | did you mean "json"?
      verify --color sometimes x.o      | "sometimes" is not one of auto, always, never
      verify -s --policy privileged x.o | --strict and --policy privileged contradict each other
      verify --jobs 0 x.o               | --jobs: has to be at least 1
      verify --include-groups callz x.o | did you mean "callx"?
      verify --max-instructions 0 x.o   | --max-instructions
      verify --set limit=five x.o       | --set: the value of limit has to be a 64-bit number
      verify --type xpd x.o             | did you mean "xdp"?
      verify --config none.toml x.o     | none.toml: no such file
      verify --btf none.btf x.o         | --btf: none.btf cannot be read
      verify --asm none/a.txt x.o       | --asm
      run --repeat 0 x.o                | --repeat
      bench --domain zones x.o          | did you mean "zone"?
      bench --time-limit -1 x.o         | --time-limit: has to be more than 0 seconds
      bench --warm-up -1 x.o            | --warm-up: has to be at least 0 seconds
      bench --iterations 0 x.o          | --iterations: has to be from 1 to 6000, not 0
      bench --from none.csv             | --from: none.csv cannot be read
      bench none                        | there is no program to measure
      completion fish                   | "fish" is not one of bash, zsh
      """)
  void badUsageIsOneLineAndStatusTwo(String arguments, String message) {
    Invocation bad = Invocation.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertAll(
        () -> assertEquals(2, bad.status()),
        () -> assertTrue(bad.err().startsWith("assay: "), bad.err()),
        () -> assertTrue(bad.err().contains(message), bad.err()),
        () -> assertTrue(bad.isTidy(), bad.err()));
  }

  @Test
  void aMissingFileIsAnErrorThatNamesIt() {
    assertUnreadable(folder.resolve("missing.o"), "there is no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "list", "disasm", "cfg", "run"})
  void aNameThatNoFileCanHaveIsAnErrorThatNamesIt(String command) {
    Invocation invocation = Invocation.of(command, "no\0file.o");
    assertEquals(2, invocation.status());
    assertTrue(invocation.err().contains("no file can be named \"no\0file.o\""), invocation.err());
    assertTrue(invocation.isTidy(), invocation.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--btf", "--config"})
  void anEndlessFileIsAnError(String option) {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "there is no /dev/zero here");
    Invocation invocation = Invocation.of("verify", option, endless.toString(), FIREWALL);
    assertEquals(2, invocation.status());
    assertTrue(invocation.err().contains("/dev/zero"), invocation.err());
    assertTrue(invocation.err().contains("larger than"), invocation.err());
  }

  @Test
  void aFolderIsAnErrorThatSaysWhatToDo() {
    assertUnreadable(folder, "is a directory; name the object files in it");
  }

  @Test
  void anEmptyFileIsAnError() throws IOException {
    assertUnreadable(Files.createFile(folder.resolve("empty.o")), "is empty");
  }

  @Test
  void whatIsNotElfIsAnError() throws IOException {
    assertUnreadable(
        Files.writeString(folder.resolve("text.o"), "#include <linux/bpf.h>\n"), "ELF");
  }

  @Test
  void aTruncatedObjectIsAnError() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(FIREWALL));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    Invocation verify =
        Invocation.of("verify", Files.write(folder.resolve("half.o"), half).toString());
    assertEquals(2, verify.status());
    assertTrue(verify.isTidy(), verify.out());
  }

  @Test
  void oneUnreadableFileDoesNotStopTheOthers() {
    Invocation verify = Invocation.of("verify", "missing.o", FIREWALL);
    assertEquals(2, verify.status());
    assertTrue(verify.out().contains("firewall in xdp"), verify.out());
    assertTrue(verify.out().contains("2 programs: "), verify.out());
  }

  @Test
  void jsonHoldsUnreadableFilesAsErrors() {
    Invocation verify = Invocation.of("verify", "--format", "json", "missing.o");
    assertEquals(2, verify.status());
    String flat = verify.out().replaceAll("\\s+", " ");
    assertTrue(
        flat.contains(
            "\"object\": \"missing.o\", \"section\": null, \"function\": null, \"type\": null,"
                + " \"verdict\": \"error\", \"findings\": [{ \"slot\": null, \"source\": null,"
                + " \"check\": \"object\", \"message\": \"there is no such file\","
                + " \"instruction\": null, \"known\": [], \"required\": null }]"),
        flat);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "7", "513", "4096"})
  void anyStackSizeInItsRangeWillDo(String bytes) {
    assertEquals(0, Invocation.of("verify", "--stack-size", bytes, FIREWALL).status());
  }

  @Test
  void aSearchThatEndsBeforeItsProofIsUndecidedAndSaysHowToGoOn() {
    Invocation verify = Invocation.of("verify", "--steps", "1", FIREWALL);
    assertEquals(1, verify.status());
    assertTrue(verify.out().contains("undecided"), verify.out());
    assertTrue(verify.out().contains("--steps"), verify.out());
  }

  @Test
  void reportsFollowTheOrderOfTheFiles() {
    Invocation verify = Invocation.of("verify", FIREWALL, "missing.o", COUNTER);
    int firewall = verify.out().indexOf("firewall.o");
    int missing = verify.out().indexOf("missing.o");
    int counter = verify.out().indexOf("flow-counter.o");
    assertTrue(0 <= firewall && firewall < missing && missing < counter, verify.out());
  }

  @Test
  void theReportDoesNotDependOnTheNumberOfThreads() {
    String[] names = {
      "missing.o", FIREWALL, COUNTER, Invocation.example("packet-parser/off-by-one.o"), FIREWALL
    };
    assertEquals(verifiedBy("1", names), verifiedBy("4", names));
  }

  private static String verifiedBy(String threads, String... names) {
    List<String> arguments = new ArrayList<>(List.of("verify", "--format=json", "--jobs", threads));
    arguments.addAll(List.of(names));
    return Invocation.of(arguments.toArray(String[]::new))
        .out()
        .replaceAll("\"milliseconds\": [0-9.E-]+", "");
  }

  @Test
  void quietSaysNothing() {
    Invocation verify = Invocation.of("verify", "-q", "missing.o");
    assertEquals(new Invocation(2, "", ""), verify);
  }

  @Test
  void theReportCanGoToAFile() throws IOException {
    Path report = folder.resolve("report.json");
    Invocation verify = Invocation.of("verify", "--format=json", "-o", report.toString(), FIREWALL);
    assertEquals("", verify.out());
    assertTrue(Files.readString(report).contains("\"function\": \"firewall\""));
  }

  @Test
  void aReportThatDoesNotFitIsAnError() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    for (String option : new String[] {"--output", "--asm", "--dot"}) {
      Invocation verify = Invocation.of("verify", option, full.toString(), FIREWALL);
      assertEquals(2, verify.status(), option);
      assertTrue(
          verify.err().contains(option + ": /dev/full could not be written to its end"),
          verify.err());
    }
  }

  @Test
  void colourOnlyWhenAskedForWithoutATerminal() {
    assertTrue(!Invocation.of("verify", FIREWALL).out().contains("\u001b["));
    assertTrue(Invocation.of("verify", "--color=always", FIREWALL).out().contains("\u001b["));
  }

  @Test
  void aSectionThatTellsNoTypeIsAnErrorWithThreeRemedies() throws IOException {
    Path object = renamed("xdp", "abc");
    Invocation verify = Invocation.of("verify", object.toString());
    assertEquals(2, verify.status());
    for (String remedy : new String[] {"--type", "assay.toml", "name the section as libbpf does"}) {
      assertTrue(verify.out().contains(remedy), verify.out());
    }
  }

  @Test
  void typeSaysItForOneRun() throws IOException {
    Path object = renamed("xdp", "abc");
    assertTrue(Invocation.of("list", "--type", "XDP", object.toString()).out().contains(" xdp "));
    assertTrue(Invocation.of("list", "--type", "BPF_PROG_TYPE_XDP", object.toString())
        .out()
        .contains(" xdp "));
  }

  @Test
  void configurationBesideTheObjectSaysIt() throws IOException {
    Path object = renamed("xdp", "abc");
    Files.writeString(folder.resolve("assay.toml"), """
        [[program]]
        object = "*.o"
        section = "a{b,x}c"
        type = "xdp"
        """);
    assertTrue(Invocation.of("list", object.toString()).out().contains(" xdp "));
  }

  @Test
  void theSectionsNameGoesBeforeTheConfiguration() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), """
        [[program]]
        object = "*"
        section = "*"
        type = "sched_cls"
        """);
    assertTrue(Invocation.of("list", object.toString()).out().contains(" xdp "));
    assertTrue(Invocation.of("list", "--type", "sched_cls", object.toString())
        .out()
        .contains(" sched_cls "));
  }

  @Test
  void theConfigurationGoesBeforeTheBeginningOfTheSectionsName() throws IOException {
    Path object = renamed("xdp", "tc/");
    assertTrue(Invocation.of("list", object.toString()).out().contains(" sched_cls "));
    Files.writeString(folder.resolve("assay.toml"), """
        [[program]]
        object = "*"
        section = "tc/*"
        type = "xdp"
        """);
    assertTrue(Invocation.of("list", object.toString()).out().contains(" xdp "));
  }

  @Test
  void aWrongTypeInTheConfigurationIsAnErrorWithItsPlaceAndTheNearest() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), """
        [[program]]
        object = "other.o"
        section = "xdp"
        type = "sched_clz"
        """);
    Invocation verify = Invocation.of("verify", object.toString());
    assertEquals(2, verify.status());
    assertTrue(verify.err().contains("assay.toml:1:"), verify.err());
    assertTrue(verify.err().contains("did you mean \"sched_cls\"?"), verify.err());
  }

  @Test
  void optionsMayStandInTheConfiguration() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), """
        [verify]
        format = "json"
        termination = false
        policy = "strict"
        """);
    assertTrue(Invocation.of("verify", object.toString()).out().startsWith("{"));
    assertTrue(Invocation.of("verify", object.toString()).out().contains("\"policy\": \"strict\""));
    assertTrue(Invocation.of("verify", "--format", "text", object.toString())
        .out()
        .contains("firewall in xdp"));
  }

  @Test
  void aWrongValueInTheConfigurationIsAnErrorWithItsPlace() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), "[verify]\nstack-size = \"big\"\n");
    Invocation verify = Invocation.of("verify", object.toString());
    assertEquals(2, verify.status());
    assertTrue(verify.err().contains("assay.toml:2:1: "), verify.err());
    assertTrue(verify.err().contains("--stack-size"), verify.err());
    assertTrue(verify.isTidy(), verify.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      groups = "bas64"             | groups: "bas64" is no conformance group; did you mean "base64"?
      include-groups = ["callz"]   | include-groups: "callz" is no conformance group
      exclude_groups = ["callz"]   | exclude-groups: "callz" is no conformance group
      stack-size = 0               | stack-size: has to be from 1 to 4096, not 0
      steps = 0                    | steps: has to be at least 1
      set = ["limit=five"]         | set: the value of limit has to be a 64-bit number
      btf = "none.btf"             | btf: none.btf cannot be read
      """)
  void aValueOutOfItsRangeInTheConfigurationIsAnErrorWithItsPlace(String line, String message)
      throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), "[verify]\n" + line + "\n");
    for (String command : new String[] {"verify", "run"}) {
      Invocation invocation = Invocation.of(command, object.toString());
      assertEquals(2, invocation.status());
      assertTrue(invocation.err().contains("assay.toml:2:1: " + message), invocation.err());
    }
  }

  @Test
  void aValueOnTheCommandLineIsNotBlamedOnTheConfiguration() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), "[verify]\ngroups = \"base64\"\n");
    Invocation verify = Invocation.of("verify", "--groups", "bas64", object.toString());
    assertTrue(verify.err().startsWith("assay: --groups: \"bas64\""), verify.err());
  }

  @Test
  void whatRunsIsWhatTheConfiguredDemandsAccept() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    assertEquals(0, Invocation.of("run", object.toString()).status());
    Files.writeString(folder.resolve("assay.toml"), "[verify]\nexclude-groups = [\"atomic64\"]\n");
    for (String command : new String[] {"verify", "run"}) {
      Invocation refused = Invocation.of(command, object.toString());
      assertEquals(1, refused.status());
      assertTrue(refused.out().contains("conformance-group: "), refused.out());
    }
  }

  @Test
  void optionsThatSayWhatARunIsAboutMayNotStandInTheConfiguration() throws IOException {
    Path object = Files.copy(Path.of(FIREWALL), folder.resolve("firewall.o"));
    Files.writeString(folder.resolve("assay.toml"), "[verify]\nfunction = \"firewall\"\n");
    assertEquals(2, Invocation.of("verify", object.toString()).status());
  }

  @Test
  void twoConfigurationsThatSetOptionsAreNotMixed() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Files.writeString(one.resolve("assay.toml"), "[verify]\nformat = \"json\"\n");
    Files.writeString(two.resolve("assay.toml"), "[verify]\nformat = \"text\"\n");
    Invocation verify = Invocation.of(
        "verify", one.resolve("a.o").toString(), two.resolve("b.o").toString());
    assertEquals(2, verify.status());
    assertTrue(verify.err().contains("both set options"), verify.err());
  }

  @Test
  void aSelectionThatFitsNothingIsAnError() {
    for (String command : new String[] {"verify", "disasm", "cfg", "run"}) {
      Invocation none = Invocation.of(command, "--section", "tc", FIREWALL);
      assertEquals(2, none.status());
      assertTrue(none.err().contains("there is no program in section \"tc\""), none.err());
    }
  }

  @Test
  void listShowsProgramsAndMaps() {
    Invocation list = Invocation.of("list", FIREWALL);
    assertEquals(0, list.status());
    assertTrue(list.out()
        .matches("(?s).*xdp +firewall +xdp +\\d+ instructions.*blocked +hash +4 bytes +8 bytes"
            + " +1024.*"));
    assertEquals(list, Invocation.of("verify", "-l", FIREWALL));
  }

  @Test
  void disassemblyNamesLinesMapsHelpersAndFunctions() {
    String listing = Invocation.of("disasm", COUNTER).out();
    for (String part : new String[] {
      "; flow_counter in tc of ",
      "flow_counter:",
      "parse:",
      "payload:",
      "flow-counter.c:",
      "; map_lookup_elem",
      "; flows"
    }) {
      assertTrue(listing.contains(part), part + " in " + listing);
    }
  }

  @Test
  void controlFlowIsTextOrDot() {
    assertTrue(Invocation.of("cfg", FIREWALL).out().contains("block 0"));
    assertTrue(Invocation.of("cfg", "--format", "dot", FIREWALL).out().contains("digraph"));
  }

  @Test
  void verifyWritesDisassemblyAndGraphToo() throws IOException {
    Path asm = folder.resolve("a.txt");
    Path dot = folder.resolve("a.dot");
    Invocation.of("verify", "--asm", asm.toString(), "--dot", dot.toString(), FIREWALL);
    assertEquals(Invocation.of("disasm", FIREWALL).out(), Files.readString(asm));
    assertEquals(Invocation.of("cfg", "--format=dot", FIREWALL).out(), Files.readString(dot));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionKnowsTheCommands(String shell) {
    String script = Invocation.of("completion", shell).out();
    assertTrue(script.contains("complete -F") && script.contains("disasm"), script);
  }

  private static void assertUnreadable(Path file, String reason) {
    Invocation verify = Invocation.of("verify", file.toString());
    assertEquals(2, verify.status());
    assertTrue(verify.out().contains(file.toString()), verify.out());
    assertTrue(verify.out().contains(reason), verify.out());
    assertTrue(verify.isTidy(), verify.out());
    for (String command : new String[] {"list", "disasm", "cfg", "run"}) {
      Invocation other = Invocation.of(command, file.toString());
      assertEquals(2, other.status(), command);
      assertTrue(other.err().contains(reason), command + ": " + other.err());
      assertEquals("", other.out(), command);
    }
  }

  /** A copy of the firewall's object, with another name of as many letters for its section. */
  private Path renamed(String section, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(FIREWALL));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String changed = text.replace("\0" + section + "\0", "\0" + name + "\0")
        .replace(".rel" + section, ".rel" + name);
    return Files.write(folder.resolve("renamed.o"), changed.getBytes(StandardCharsets.ISO_8859_1));
  }
}
