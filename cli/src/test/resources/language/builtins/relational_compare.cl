// isequal and its kin, ordered and unordered.
// heddle: -g n n=400 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == e254f970

__kernel void relational_compare(__global const float4 *a, __global const float4 *b, __global int4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i], y = b[i];
  x.x = i % 3 == 0 ? NAN : x.x;
  x.y = y.y;
  out[i] = isequal(x, y) + 2 * isnotequal(x, y) + 4 * isless(x, y) + 8 * islessequal(x, y) + 16 * isgreater(x, y) + 32 * isgreaterequal(x, y) + 64 * islessgreater(x, y) + 128 * isordered(x, y) + 256 * isunordered(x, y);
}
