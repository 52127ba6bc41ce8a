// isnan, isinf, isfinite, isnormal, signbit and their vectors.
// heddle: -g n n=400 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 030b44a4

__kernel void relational_tests(__global const float4 *a, __global const float4 *b, __global int4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i], y = b[i];
  x.x = i % 7 == 0 ? NAN : x.x;
  x.y = i % 5 == 0 ? INFINITY : i % 5 == 1 ? 1e-40f : -0.0f;
  out[i] = isnan(x) + 2 * isinf(x) + 4 * isfinite(x) + 8 * isnormal(x) + 16 * signbit(x) + 100 * isnan(x.x) + 200 * isinf(x.y);
}
