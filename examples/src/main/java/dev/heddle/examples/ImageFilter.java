package dev.heddle.examples;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Blurs a picture and finds its edges. */
final class ImageFilter implements Example {
  private static final int[] WEIGHTS = {1, 4, 6, 4, 1};

  @Override
  public String name() {
    return "image-filter";
  }

  @Override
  public String about() {
    return "blurs a PNG and draws its edges [FILE.png]";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments)
      throws IOException {
    BufferedImage picture = arguments.isEmpty() ? circles() : read(arguments.getFirst());
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] colours = picture.getRGB(0, 0, width, height, null, 0, width);
    int[] blurred = new int[colours.length];
    int[] edges = new int[colours.length];
    Execution execution =
        session.parallelFor(
            width, height, (x, y) -> blurred[y * width + x] = blur(colours, width, height, x, y));
    session.parallelFor(
        width, height, (x, y) -> edges[y * width + x] = edge(blurred, width, height, x, y));
    write(blurred, width, height, folder.resolve("blurred.png"));
    write(edges, width, height, folder.resolve("edges.png"));
    out.printf(
        Locale.ROOT,
        "%d x %d pixels, the blur took %.1f ms on %s%n",
        width,
        height,
        execution.totalNanos() / 1e6,
        Devices.of(execution));
    out.println("wrote " + folder.resolve("blurred.png") + " and " + folder.resolve("edges.png"));
  }

  private static int blur(int[] colours, int width, int height, int x, int y) {
    int colour = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int sum = 0;
      for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
          int at = pixel(colours, width, height, x + dx, y + dy);
          sum += WEIGHTS[dx + 2] * WEIGHTS[dy + 2] * (at >> shift & 255);
        }
      }
      colour |= (sum + 128) / 256 << shift;
    }
    return colour;
  }

  /** The operator of Sobel, over the brightness. */
  private static int edge(int[] colours, int width, int height, int x, int y) {
    int across = 0;
    int down = 0;
    for (int d = -1; d <= 1; d++) {
      int weight = 2 - Math.abs(d);
      across += weight * brightness(pixel(colours, width, height, x + 1, y + d));
      across -= weight * brightness(pixel(colours, width, height, x - 1, y + d));
      down += weight * brightness(pixel(colours, width, height, x + d, y + 1));
      down -= weight * brightness(pixel(colours, width, height, x + d, y - 1));
    }
    int strength = Math.min(255, (int) Math.sqrt(across * across + down * down));
    return 0x010101 * (255 - strength);
  }

  private static int brightness(int colour) {
    return ((colour >> 16 & 255) * 77 + (colour >> 8 & 255) * 150 + (colour & 255) * 29) >> 8;
  }

  private static int pixel(int[] colours, int width, int height, int x, int y) {
    return colours[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
  }

  private static BufferedImage circles() {
    int size = 512;
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        boolean ring = (Math.hypot(x - 256, y - 256) + (x ^ y) % 7) % 64 < 32;
        picture.setRGB(x, y, ring ? 0xE0A030 : 0x203060);
      }
    }
    return picture;
  }

  private static BufferedImage read(String file) throws IOException {
    if (!Files.isReadable(Path.of(file))) {
      throw new IOException(file + " can't be read");
    }
    BufferedImage picture = ImageIO.read(new File(file));
    if (picture == null) {
      throw new IOException(file + " is no picture that Java can read; use a PNG or JPEG");
    }
    return picture;
  }

  static void write(int[] colours, int width, int height, Path file) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, colours, 0, width);
    ImageIO.write(picture, "png", file.toFile());
  }
}
