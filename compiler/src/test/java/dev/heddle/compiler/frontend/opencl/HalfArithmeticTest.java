package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Arithmetic of cl_khr_fp16: each operation rounds once, to half. */
class HalfArithmeticTest {
  private static final int COUNT = 4000;

  private static short half(double value) {
    return Float.floatToFloat16((float) value);
  }

  private static short[] random(long seed) {
    Random random = new Random(seed);
    short[] values = new short[COUNT];
    for (int i = 0; i < COUNT; i++) {
      do {
        values[i] = (short) random.nextInt();
      } while (Float.isNaN(Float.float16ToFloat(values[i])));
    }
    return values;
  }

  private static void check(String expression, DoubleBinaryOperator wanted) {
    short[] a = random(1);
    short[] b = random(2);
    short[] out = new short[COUNT];
    KernelRunner.of(
            """
            #pragma OPENCL EXTENSION cl_khr_fp16 : enable
            __kernel void k(__global const half* p, __global const half* q, __global half* out) {
              int i = get_global_id(0);
              half a = p[i], b = q[i];
              out[i] = %s;
            }
            """
                .formatted(expression))
        .run(COUNT, 1, a, b, out);
    for (int i = 0; i < COUNT; i++) {
      double x = Float.float16ToFloat(a[i]);
      double y = Float.float16ToFloat(b[i]);
      float exact = Float.float16ToFloat(half(wanted.applyAsDouble(x, y)));
      assertEquals(exact, Float.float16ToFloat(out[i]), expression + " of " + x + ", " + y);
    }
  }

  @Test
  void operators() {
    // sums and products of halves are exact in double, and a float rounds them innocuously
    check("a + b", (x, y) -> x + y);
    check("a - b", (x, y) -> x - y);
    check("a * b", (x, y) -> x * y);
    check("-a", (x, y) -> -x);
    check("a < b ? a : b", (x, y) -> x < y ? x : y);
    check("a / 4", (x, y) -> x / 4);
    check("fmax(a, b)", Math::max);
    check("sqrt(fabs(a))", (x, y) -> Math.sqrt(Math.abs(x)));
  }

  @Test
  void vectorsLiteralsAndConversions() {
    short[] out = new short[8];
    float[] wide = new float[4];
    KernelRunner.of(
            """
            typedef struct { half d; char q[2]; } block;
            __kernel void k(__global half* out, __global float* wide) {
              half4 v = (half4)(1.5h, 2.0h, -0.25h, 65504.0h);
              half4 w = v + v * (half) 0.5f;
              vstore4(w, 0, out);
              half s = 1;
              s += 0.5f;
              s++;
              block b;
              b.d = s;
              out[4] = b.d;
              out[5] = convert_half_rtz(0.1f);
              out[6] = as_half((ushort) 0x3c00) + true;
              out[7] = dot(v.xy, v.xy);
              vstore4(convert_float4(v), 0, wide);
              if (v.x && !(half) 0 && v.x > 1.0f) wide[3] = (int) sizeof(half) + convert_int_rte(v.z - 2.5h);
            }
            """)
        .run(1, 1, out, wide);
    short[] wanted = {
      half(2.25),
      half(3),
      half(-0.375),
      half(Double.POSITIVE_INFINITY),
      half(2.5),
      0x2e66,
      half(2),
      half(6.25)
    };
    assertArrayEquals(wanted, out);
    assertArrayEquals(new float[] {1.5f, 2, -0.25f, -1}, wide);
  }
}
