package dev.heddle.testkit;

import dev.heddle.runtime.run.NDRange;
import java.util.List;

/** Kernels that may be split and kernels that look as if they might. */
final class SplitCases {
  static final List<SplitCase> ALL =
      List.of(
          SplitCase.of(
              "saxpy",
              true,
              NDRange.of(10_007),
              """
              __kernel void saxpy(float a, __global const float *x, __global float *y) {
                size_t i = get_global_id(0);
                y[i] = a * x[i] + y[i];
              }
              """,
              "a",
              3,
              "x",
              10_007,
              "y",
              10_007),
          SplitCase.of(
              "structure_of_arrays",
              true,
              NDRange.of(1_531),
              """
              __kernel void soa(__global float *out, __global const float *in, int n) {
                int i = get_global_id(0);
                for (int k = 0; k < 3; k++) out[k * n + i] = in[k * n + i] * (k + 1);
              }
              """,
              "out",
              3 * 1_531,
              "in",
              3 * 1_531,
              "n",
              1_531),
          SplitCase.of(
              "transposed_rows",
              true,
              NDRange.of(67, 129),
              """
              __kernel void rows(__global int *out, __global const int *in, int w) {
                int x = get_global_id(0);
                int y = get_global_id(1);
                out[y * w + x] = in[y * w + x] * 2 + x;
              }
              """,
              "out",
              67 * 129,
              "in",
              67 * 129,
              "w",
              67),
          SplitCase.of(
              "stencil",
              true,
              NDRange.of(101, 97),
              """
              __kernel void heat(__global const float *in, __global float *out, int w, int h) {
                int x = get_global_id(0);
                int y = get_global_id(1);
                float here = in[y * w + x];
                if (x == 0 || y == 0 || x == w - 1 || y == h - 1) {
                  out[y * w + x] = here;
                } else {
                  float sum = in[y * w + x - 1] + in[y * w + x + 1]
                      + in[(y - 1) * w + x] + in[(y + 1) * w + x];
                  out[y * w + x] = here + 0.1f * (sum - 4.0f * here);
                }
              }
              """,
              "in",
              101 * 97,
              "out",
              101 * 97,
              "w",
              101,
              "h",
              97),
          SplitCase.of(
              "gather",
              true,
              NDRange.of(5_003),
              """
              __kernel void gather(__global const int *idx, __global const float *x,
                                   __global float *out) {
                size_t i = get_global_id(0);
                out[i] = x[idx[i]];
              }
              """,
              "idx",
              5_003,
              "x",
              5_003,
              "out",
              5_003),
          SplitCase.of(
              "conditional_store",
              true,
              NDRange.of(4_001),
              """
              __kernel void clip(__global float *x, float limit) {
                size_t i = get_global_id(0);
                if (x[i] > limit) x[i] = limit;
              }
              """,
              "x",
              4_001,
              "limit",
              5),
          SplitCase.of(
              "group_sums",
              true,
              NDRange.of(64 * 37).withLocal(64),
              """
              __kernel void sums(__global const int *x, __global int *out, __local int *part) {
                int l = get_local_id(0);
                part[l] = x[get_global_id(0)];
                for (int d = get_local_size(0) / 2; d > 0; d /= 2) {
                  barrier(CLK_LOCAL_MEM_FENCE);
                  if (l < d) part[l] += part[l + d];
                }
                if (l == 0) out[get_group_id(0)] = part[0];
              }
              """,
              "x",
              64 * 37,
              "out",
              37,
              "part",
              256),
          SplitCase.of(
              "histogram",
              true,
              NDRange.of(9_999),
              """
              __kernel void histogram(__global const uchar *x, __global int *bins) {
                atomic_add(&bins[x[get_global_id(0)]], 1);
              }
              """,
              "x",
              9_999,
              "bins",
              256),
          SplitCase.of(
              "offset_range",
              true,
              NDRange.of(1_000).withOffset(24),
              """
              __kernel void offset(__global int *out) {
                size_t i = get_global_id(0);
                out[i] = (int) i;
              }
              """,
              "out",
              1_024),
          SplitCase.of(
              "shift_in_place",
              false,
              NDRange.of(1_000),
              """
              __kernel void shift(__global int *x) {
                size_t i = get_global_id(0);
                x[i] = x[i + 1];
              }
              """,
              "x",
              1_001),
          SplitCase.of(
              "gather_in_place",
              false,
              NDRange.of(1_000),
              """
              __kernel void gather(__global int *x, __global const int *idx) {
                size_t i = get_global_id(0);
                x[i] = x[idx[i]];
              }
              """,
              "x",
              1_000,
              "idx",
              1_000),
          SplitCase.of(
              "neighbours_write",
              false,
              NDRange.of(1_000),
              """
              __kernel void both(__global int *x) {
                size_t i = get_global_id(0);
                x[i] = 1;
                x[i + 1] = 2;
              }
              """,
              "x",
              1_001),
          SplitCase.of(
              "no_stride",
              false,
              NDRange.of(1_000),
              """
              __kernel void strided(__global int *x, int stride) {
                int i = get_global_id(0);
                x[i * stride] = i;
              }
              """,
              "x",
              1_000,
              "stride",
              0),
          SplitCase.of(
              "halved_index",
              false,
              NDRange.of(1_000),
              """
              __kernel void halved(__global int *x) {
                size_t i = get_global_id(0);
                x[i / 2] = 7;
              }
              """,
              "x",
              1_000),
          SplitCase.of(
              "counter_result_used",
              false,
              NDRange.of(1_000),
              """
              __kernel void compact(__global const int *x, __global int *count, __global int *out) {
                int at = atomic_add(count, 1);
                out[at & 1023] = 1;
              }
              """,
              "x",
              1_000,
              "count",
              1,
              "out",
              1_024));

  private SplitCases() {}
}
