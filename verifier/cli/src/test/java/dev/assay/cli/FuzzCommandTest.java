package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay fuzz} as its users meet it. */
class FuzzCommandTest {
  private static final String SAFE = """
      ; found nothing: a program that is safe
      ; kind xdp
      ; map array 2 4 8 1
      ; input seed=1 size=20 placement=SPREAD
      0: r0 = 0
      1: exit
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int fuzz(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "fuzz";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.run(all, new PrintWriter(out), new PrintWriter(err));
  }

  @Test
  void theSameSeedsGiveTheSameSummary() {
    assertEquals(0, fuzz("--programs", "30", "--seed", "5", "--jobs", "2"));
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, fuzz("--programs", "30", "--seed", "5", "--jobs", "1"));
    assertEquals(first, out.toString());
    assertTrue(first.startsWith("seeds from 5: 30 programs, "), first);
    assertTrue(first.endsWith("no violation" + System.lineSeparator()), first);
  }

  @Test
  void numbersBelowOneAreRefused() {
    for (String option : new String[] {"--minutes", "--programs", "--jobs"}) {
      err.getBuffer().setLength(0);
      assertEquals(2, fuzz(option, "0"));
      assertEquals("assay: " + option + ": is at least 1, not 0", err.toString().strip());
    }
  }

  @Test
  void programsMayBeProvedWithAnotherDomain() {
    assertEquals(0, fuzz("--programs", "30", "--seed", "77", "--domain", "zone"));
    String zones = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, fuzz("--programs", "30", "--seed", "77", "--domain", "interval"));
    assertNotEquals(zones, out.toString());
    assertEquals(2, fuzz("--domain", "intervals"));
    assertTrue(err.toString().contains("interval"), err.toString());
  }

  @Test
  void whatWasSavedIsExaminedAgain(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.asm"), SAFE);
    assertEquals(0, fuzz(file.toString()));
    assertEquals(file + ": no violation", out.toString().strip());
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    assertEquals(2, fuzz(folder.resolve("none.asm").toString()));
    assertTrue(err.toString().contains("none.asm cannot be read"), err.toString());
    err.getBuffer().setLength(0);
    Path file = Files.writeString(folder.resolve("b.asm"), SAFE.replace("; kind xdp\n", ""));
    assertEquals(2, fuzz(file.toString()));
    assertTrue(err.toString().contains("b.asm: there is no line \"; kind "), err.toString());
  }
}
