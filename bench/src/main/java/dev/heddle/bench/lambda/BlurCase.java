package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** A blur of 5 x 5 pixels over each byte of their colours. */
final class BlurCase implements LambdaCase {
  private static final String SOURCE =
      """
      __kernel void blur(__global const int *in, __global int *out, int width, int height) {
        int at = get_global_id(0);
        int x = at % width, y = at / width;
        int colour = 0;
        for (int shift = 0; shift < 24; shift += 8) {
          int sum = 0;
          for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
              int pixel = in[clamp(y + dy, 0, height - 1) * width + clamp(x + dx, 0, width - 1)];
              int weight = (3 - abs(dx)) * (3 - abs(dy));
              sum += weight * (pixel >> shift & 255);
            }
          }
          colour |= (sum / 81) << shift;
        }
        out[at] = colour;
      }
      """;

  private final int width;
  private final int height;
  private final int[] in;
  private final int[] out;

  BlurCase(int width, int height) {
    this.width = width;
    this.height = height;
    in = new java.util.Random(5).ints(width * height, 0, 1 << 24).toArray();
    out = new int[in.length];
  }

  private static int blur(int[] in, int width, int height, int at) {
    int x = at % width;
    int y = at / width;
    int colour = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int sum = 0;
      for (int dy = -2; dy <= 2; dy++) {
        int row = Math.min(Math.max(y + dy, 0), height - 1) * width;
        for (int dx = -2; dx <= 2; dx++) {
          int pixel = in[row + Math.min(Math.max(x + dx, 0), width - 1)];
          int weight = (3 - Math.abs(dx)) * (3 - Math.abs(dy));
          sum += weight * (pixel >> shift & 255);
        }
      }
      colour |= sum / 81 << shift;
    }
    return colour;
  }

  @Override
  public String name() {
    return "image blur";
  }

  @Override
  public int size() {
    return in.length;
  }

  @Override
  public IntConsumer body() {
    return i -> out[i] = blur(in, width, height, i);
  }

  @Override
  public Runnable lambda(Session session) {
    return () -> session.parallelFor(in.length, i -> out[i] = blur(in, width, height, i));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        in.length,
        arguments ->
            arguments
                .set("in", session.ints(in).buffer())
                .set("out", session.ints(in.length).buffer())
                .set("width", width)
                .set("height", height));
  }

  /** For Aparapi. */
  private static final class InAparapi extends Kernel {
    private final int[] in;
    private final int[] out;
    private final int width;
    private final int height;

    InAparapi(int[] in, int[] out, int width, int height) {
      this.in = in;
      this.out = out;
      this.width = width;
      this.height = height;
    }

    @Override
    public void run() {
      int at = getGlobalId();
      int x = at % width;
      int y = at / width;
      int colour = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        int sum = 0;
        for (int dy = -2; dy <= 2; dy++) {
          int row = min(max(y + dy, 0), height - 1) * width;
          for (int dx = -2; dx <= 2; dx++) {
            int pixel = in[row + min(max(x + dx, 0), width - 1)];
            int weight = (3 - abs(dx)) * (3 - abs(dy));
            sum += weight * (pixel >> shift & 255);
          }
        }
        colour |= sum / 81 << shift;
      }
      out[at] = colour;
    }
  }

  @Override
  public Kernel aparapi() {
    return new InAparapi(in, out, width, height);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(out);
  }

  @Override
  public double tolerance() {
    return 0;
  }
}
