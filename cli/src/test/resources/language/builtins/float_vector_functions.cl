// Functions of vectors with scalars beside them.
// heddle: -g n n=400 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 999ff0ea

__kernel void float_vector_functions(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i], y = b[i];
  out[i] = fmax(x, 0.5f) + clamp(y, -1.0f, 1.0f) * mix(x, y, 0.25f) + fmin(x, y.x) + step(0.0f, y) + fma(x, y, x.wzyx);
}
