package dev.assay.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page and plots of measurements. */
class ResultsTest {
  @TempDir
  private Path folder;

  private static String page(List<Measurement> measurements) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    new ResultsPage(measurements).print(writer);
    writer.flush();
    return out.toString();
  }

  @Test
  void thePageHasDomainsDisagreementsAndIterations() {
    List<String> lines = page(Samples.ALL).lines().toList();
    assertTrue(
        lines.contains("| interval | 2 | 1 | 0 | 1 | 36.50 ms | 0.1 s | 0.0 s | 70 ms | 0.0 MiB |"),
        lines.toString());
    assertTrue(
        lines.contains("| `b, \"odd\".o` | `tc` | `large?` | accepted | undecided |"),
        lines.toString());
    assertTrue(lines.contains("| 4 | 30 | 2.00 ms | 2.00 ms, rejected |"), lines.toString());
    assertTrue(lines.contains("| 8 | 30 | 2.00 ms |  |"), lines.toString());
  }

  @Test
  void agreementIsSaid() {
    assertTrue(page(Samples.ALL.subList(0, 2)).contains("by all of these domains or by none"));
  }

  @Test
  void thePlotsArePicturesThatDiffer() throws IOException {
    new Plots(Samples.ALL).write(folder);
    int[] time = pixels(Plots.TIME);
    int[] memory = pixels(Plots.MEMORY);
    assertTrue(!Arrays.equals(time, memory));
    assertTrue(Arrays.stream(pixels(Plots.ITERATIONS)).distinct().count() > 2);
    new Plots(Samples.ALL).write(folder);
    assertArrayEquals(time, pixels(Plots.TIME));
  }

  @Test
  void aPlotWithoutPointsIsNotMade() throws IOException {
    new Plots(Samples.ALL.subList(0, 2)).write(folder);
    assertEquals(
        List.of(false, true),
        List.of(
            folder.resolve(Plots.ITERATIONS).toFile().exists(),
            folder.resolve(Plots.TIME).toFile().exists()));
  }

  private int[] pixels(String plot) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(plot).toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
