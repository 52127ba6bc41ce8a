// Comparisons of vectors give -1 and 0.
// heddle: -g n n=1000 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 1bb3a5a3

__kernel void vector_compare(__global const float4 *a, __global const float4 *b, __global int4 *out) {
  size_t i = get_global_id(0);
  int4 r = (a[i] < b[i]) + 2 * (a[i] >= b[i]) + 4 * (a[i] == a[i].wzyx) + 8 * (a[i] != b[i]);
  out[i] = r + 16 * !(a[i] > 0.0f) + 32 * ((a[i] > 0.0f) && (b[i] > 0.0f)) + 64 * ((a[i] > 1.0f) || (b[i] > 1.0f));
}
