// A list of rows expanded several ways, and variadic arguments.
// heddle: -g n n=64 in=uniform(8*n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 56700269

#define ROWS(X) X(0, 1.0f) X(1, 0.5f) X(2, 0.25f) X(3, 0.125f)
#define WEIGHT(i, w) w,
#define TERM(i, w) + in[8 * id + i] * w
#define SUM3(...) SUM3_(__VA_ARGS__)
#define SUM3_(a, b, c) ((a) + (b) + (c))
__constant float weights[] = { ROWS(WEIGHT) };
__kernel void macro_lists(__global const float *in, __global float *out) {
  int id = get_global_id(0);
  out[id] = 0.0f ROWS(TERM) + SUM3(weights[id & 3], in[8 * id + 7], 1);
}
