package dev.assay.cli.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** A plot as PNG with 256 colours, which are enough, and make a file a third as large. */
public final class SmallPng {
  private SmallPng() {}

  /**
   * Draws the plot into a file, in place of what was there.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(XYChart chart, Path file) throws IOException {
    BufferedImage image = BitmapEncoder.getBufferedImage(chart);
    BufferedImage small =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
    Graphics2D graphics = small.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    if (!ImageIO.write(small, "png", file.toFile())) {
      throw new IOException("this JVM cannot write PNG");
    }
  }
}
