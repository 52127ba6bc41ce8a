package dev.heddle.cli.bench;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import java.util.List;

/** The kernels that measure devices. */
final class Sources {
  /** Fused multiply-adds of a work-item in a round of {@code fma_f32} and {@code fma_f64}. */
  static final int CHAINS = 8;

  /** Rounds of the peak measurements. */
  static final int PEAK_ROUNDS = 128;

  /** Different counters of {@code atomic_spread}. */
  static final int COUNTERS = 4096;

  private static final String TEXT =
      """
      __kernel void nothing(__global float *a) { a[get_global_id(0)] = 0.0f; }

      __kernel void copy(__global float *a, __global const float *b, __global const float *c) {
        size_t i = get_global_id(0);
        a[i] = b[i];
      }
      __kernel void scale(__global float *a, __global const float *b, __global const float *c) {
        size_t i = get_global_id(0);
        a[i] = 3.0f * b[i];
      }
      __kernel void add(__global float *a, __global const float *b, __global const float *c) {
        size_t i = get_global_id(0);
        a[i] = b[i] + c[i];
      }
      __kernel void triad(__global float *a, __global const float *b, __global const float *c) {
        size_t i = get_global_id(0);
        a[i] = b[i] + 3.0f * c[i];
      }
      __kernel void saxpy(__global float *a, __global const float *b, __global const float *c) {
        size_t i = get_global_id(0);
        a[i] = 3.0f * b[i] + a[i];
      }

      __kernel void fma_chain(__global float *out, __global const float *in, int rounds) {
        size_t i = get_global_id(0);
        float x = in[i];
        for (int r = 0; r < rounds; r++) x = fma(x, 0.999f, 0.5f);
        out[i] = x;
      }
      #define FMA_KERNEL(name, type) \\
        __kernel void name(__global type *out, __global const type *in, int rounds) { \\
          size_t i = get_global_id(0); \\
          type s = in[i], f = (type)0.999; \\
          type a = s, b = s + 1, c = s + 2, d = s + 3, e = s + 4, g = s + 5, h = s + 6, k = s + 7; \\
          for (int r = 0; r < rounds; r++) { \\
            a = fma(a, f, s); b = fma(b, f, s); c = fma(c, f, s); d = fma(d, f, s); \\
            e = fma(e, f, s); g = fma(g, f, s); h = fma(h, f, s); k = fma(k, f, s); \\
          } \\
          out[i] = ((a + b) + (c + d)) + ((e + g) + (h + k)); \\
        }
      FMA_KERNEL(fma_f32, float)
      #ifdef DOUBLE
      FMA_KERNEL(fma_f64, double)
      #endif
      __kernel void mad_i32(__global int *out, __global const int *in, int rounds) {
        size_t i = get_global_id(0);
        int s = in[i], a = s, b = s + 1, c = s + 2, d = s + 3;
        int e = s + 4, g = s + 5, h = s + 6, k = s + 7;
        for (int r = 0; r < rounds; r++) {
          a = a * 1664525 + s; b = b * 1664525 + s; c = c * 1664525 + s; d = d * 1664525 + s;
          e = e * 1664525 + s; g = g * 1664525 + s; h = h * 1664525 + s; k = k * 1664525 + s;
        }
        out[i] = ((a ^ b) ^ (c ^ d)) ^ ((e ^ g) ^ (h ^ k));
      }
      __kernel void exp_f32(__global float *out, __global const float *in, int rounds) {
        size_t i = get_global_id(0);
        float x = in[i];
        for (int r = 0; r < rounds; r++) x = exp(-x);
        out[i] = x;
      }
      __kernel void sin_f32(__global float *out, __global const float *in, int rounds) {
        size_t i = get_global_id(0);
        float x = in[i];
        for (int r = 0; r < rounds; r++) x = sin(x + 1.0f);
        out[i] = x;
      }
      __kernel void atomic_one(__global int *counter) { atomic_add(&counter[0], 1); }
      __kernel void atomic_spread(__global int *counter) {
        atomic_add(&counter[(get_global_id(0) * 17) & 4095], 1);
      }
      """;

  private Sources() {}

  /** All kernels; those on doubles only if asked for. */
  static Program compile(Session session, boolean doubles) {
    FrontendOptions options =
        FrontendOptions.DEFAULT.withMacros(doubles ? List.of("DOUBLE") : List.of());
    return session.compile(List.of(new SourceFile("bench.cl", TEXT)), options);
  }

  /** A kernel that no cache has: its text holds the number. */
  static Program fresh(Session session, long number) {
    String text =
        """
        __kernel void fresh(__global float *out, __global const float *in) {
          size_t i = get_global_id(0);
          float x = in[i];
          for (int r = 0; r < 16; r++) x = exp(-x) + (float)%d;
          out[i] = x;
        }
        """
            .formatted(number);
    return session.compile(List.of(new SourceFile("fresh.cl", text)), FrontendOptions.DEFAULT);
  }
}
